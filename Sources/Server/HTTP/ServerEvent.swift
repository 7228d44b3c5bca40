/// An event as browsers take it from a server (`text/event-stream`).
struct ServerEvent: Sendable {
  let name: String
  /// One line.
  let data: String

  var bytes: [UInt8] {
    let line = data.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : String($0) }.joined()
    return Array("event: \(name)\ndata: \(line)\n\n".utf8)
  }
}
