import Files
import Foundation

/// What a request is answered with.
struct HTTPResponse: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// The bytes of a file, sent piece by piece.
    case file(OpenedFile)
    /// A stream that has no end: the first bytes, which events follow.
    case events([UInt8])
  }

  var status: HTTPStatus
  var fields: [(name: String, value: String)]
  var body: Body
  /// Whether the lines before the body are all that is sent, as to a HEAD.
  var omitsBody = false

  init(_ status: HTTPStatus, type: String, _ body: Body, _ fields: [(name: String, value: String)] = []) {
    self.status = status
    self.fields = [("Content-Type", type)] + fields
    self.body = body
  }

  /// A line of text.
  init(_ status: HTTPStatus, text: String, _ fields: [(name: String, value: String)] = []) {
    self.init(
      status, type: "text/plain; charset=utf-8", .bytes(Array((text + "\n").utf8)),
      [("Cache-Control", "no-store")] + fields)
  }

  /// What is answered instead.
  init(_ fault: HTTPFault) {
    self.init(fault.status, text: fault.text, fault.status == .methodNotAllowed ? [("Allow", "GET, HEAD")] : [])
  }

  /// Whether events follow.
  var isStream: Bool {
    if case .events = body { return true }
    return false
  }

  /// The lines before the body.
  ///
  /// - Parameter keepsConnection: whether another request may follow.
  func head(keepsConnection: Bool) -> [UInt8] {
    var lines = ["HTTP/1.1 \(status.rawValue) \(status.reason)"] + fields.map { "\($0.name): \($0.value)" }
    switch body {
    // A page that has not changed has a length, which is not that of nothing.
    case .bytes where status == .notModified: break
    case .bytes(let bytes): lines.append("Content-Length: \(bytes.count)")
    case .file(let file): lines.append("Content-Length: \(file.count)")
    case .events: break
    }
    lines += [
      // No type is guessed, and no page from elsewhere shows or runs what is served here.
      "X-Content-Type-Options: nosniff", "Cross-Origin-Resource-Policy: same-origin",
      "Date: \(Self.date(time(nil)))", "Connection: \(keepsConnection ? "keep-alive" : "close")",
    ]
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// A time as RFC 9110 writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///
  /// - Parameter seconds: since 1970.
  static func date(_ seconds: time_t) -> String {
    var (seconds, parts) = (seconds, tm())
    gmtime_r(&seconds, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
    let day = "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)])"
    return "\(day) \(1900 + Int(parts.tm_year)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}
