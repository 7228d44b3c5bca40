/// A client that says exactly what a test wants said.
public struct WebClient: Sendable {
  /// Where the server listens.
  public let port: UInt16

  /// Creates a client.
  public init(port: UInt16) { self.port = port }

  /// What a server has answered.
  public struct Answer {
    /// The number in the first line.
    public let status: Int
    /// The lines before the body.
    public let head: String
    /// What follows them.
    public let body: [UInt8]

    /// The body.
    public var text: String { String(decoding: body, as: UTF8.self) }

    init(_ bytes: [UInt8]) throws {
      guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
        throw TalkFault("The answer has no head: \(String(decoding: bytes, as: UTF8.self)).")
      }
      head = String(decoding: bytes[..<end.upperBound], as: UTF8.self)
      body = Array(bytes[end.upperBound...])
      guard let number = head.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
        throw TalkFault("The answer has no status: \(head).")
      }
      status = number
    }

    /// The value of a field, by its name in small letters.
    public func field(_ name: String) -> String? {
      for line in head.split(separator: "\r\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2, parts[0].lowercased() == name { return String(parts[1].drop { $0 == " " }) }
      }
      return nil
    }
  }

  /// Sends bytes as they are, and reads until the server closes the connection.
  public func send(_ bytes: some Sequence<UInt8>) throws -> Answer {
    let socket = try LoopbackSocket(port: port)
    // Who has heard enough may close before it has read everything.
    try? socket.send(bytes)
    var answer: [UInt8] = []
    while let more = try? socket.received(), !more.isEmpty { answer += more }
    return try Answer(answer)
  }

  /// Asks as a browser does.
  ///
  /// - Parameter fields: further lines, such as `If-None-Match: *`.
  public func ask(_ path: String, method: String = "GET", fields: [String] = []) throws -> Answer {
    let lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + fields
    return try send((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// Begins to follow the events of a server.
  public func follow(_ path: String) throws -> EventStream { try EventStream(port: port, path: path) }
}

/// Events from a server, as they come.
public final class EventStream {
  private let socket: LoopbackSocket
  private var bytes: [UInt8] = []

  init(port: UInt16, path: String) throws {
    socket = try LoopbackSocket(port: port)
    try socket.send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n".utf8)
  }

  /// The data of the next event of a name; others are passed over.
  ///
  /// - Throws: where the stream ends, or nothing comes.
  public func next(_ name: String) throws -> String {
    while true {
      let line = try nextLine()
      guard line == "event: \(name)" else { continue }
      let data = try nextLine()
      return String(data.dropFirst("data: ".count))
    }
  }

  /// Reads until the server ends the stream.
  public func readToEnd() throws { while try !socket.received().isEmpty {} }

  private func nextLine() throws -> String {
    while true {
      if let end = bytes.firstIndex(of: 0x0A) {
        let line = String(decoding: bytes[..<end], as: UTF8.self)
        bytes.removeFirst(end + 1)
        return line
      }
      let more = try socket.received()
      guard !more.isEmpty else { throw TalkFault("The events have ended.") }
      bytes += more
    }
  }
}
