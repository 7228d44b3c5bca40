import Foundation
import Synchronization

/// A web server on loopback that answers each request as a test says.
final class LocalServer: Sendable {
  /// What a client asks for.
  struct Request: Sendable {
    /// `/m.onnx`.
    let path: String
    /// The first byte asked for, where the request has a range.
    let offset: Int?
  }

  /// What the server sends.
  struct Answer: Sendable {
    var head: String
    var body: [UInt8] = []
    /// Seconds between two bytes; all at once without.
    var pause = 0.0
    /// Whether the connection stays open behind the last byte, with nothing more to come.
    var staysOpen = false

    init(_ status: String = "200 OK", _ fields: [String: String] = [:], _ body: [UInt8] = []) {
      head = "HTTP/1.1 \(status)\r\n"
      for (name, value) in fields { head += "\(name): \(value)\r\n" }
      head += "Connection: close\r\n\r\n"
      self.body = body
    }
  }

  let port: UInt16
  private let listener: Int32
  private let log = Mutex<[Request]>([])

  /// The requests so far.
  var requests: [Request] { log.withLock { $0 } }

  /// - Parameters:
  ///   - status: the status line's number and reason.
  ///   - body: what follows the head of every answer.
  ///   - announced: the length that the head announces; `nil` for the body's.
  convenience init(status: String = "200 OK", body: [UInt8], announced: Int? = nil) throws {
    try self.init { _ in Answer(status, ["Content-Length": "\(announced ?? body.count)"], body) }
  }

  /// - Parameter answer: is asked for every request, from a thread of the server's own.
  init(answer: @escaping @Sendable (Request) -> Answer) throws {
    #if os(Linux)
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutableBytes(of: &address) { bytes -> Bool in
      guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
      return bind(listener, pointer, length) == 0 && listen(listener, 4) == 0
        && getsockname(listener, pointer, &length) == 0
    }
    guard isListening else { throw CocoaError(.featureUnsupported) }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    Thread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        let request = Request(Self.head(on: connection))
        self?.log.withLock { $0.append(request) }
        let answer = answer(request)
        // Each in a thread of its own: one that waits must not keep others waiting.
        Thread { Self.send(answer, on: connection) }.start()
      }
    }.start()
  }

  /// What a client asks: its lines may come in several pieces.
  private static func head(on connection: Int32) -> String {
    var head = ""
    var bytes = [UInt8](repeating: 0, count: 4096)
    while !head.hasSuffix("\r\n\r\n") {
      let count = recv(connection, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      head += String(decoding: bytes.prefix(count), as: UTF8.self)
    }
    return head
  }

  private static func send(_ answer: Answer, on connection: Int32) {
    var rest = (Array(answer.head.utf8) + (answer.pause > 0 ? [] : answer.body))[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, Self.noSignal) }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    if answer.pause > 0 {
      for byte in answer.body {
        Thread.sleep(forTimeInterval: answer.pause)
        var byte = byte
        guard Foundation.send(connection, &byte, 1, Self.noSignal) == 1 else { break }
      }
    }
    if !answer.staysOpen { shutdown(connection, Int32(SHUT_WR)) }
    // The client closes first, so that nothing it has not read yet is reset.
    var bytes = [UInt8](repeating: 0, count: 4096)
    while recv(connection, &bytes, bytes.count, 0) > 0 {}
    close(connection)
  }

  #if os(Linux)
    private static let noSignal = Int32(MSG_NOSIGNAL)
  #else
    private static let noSignal: Int32 = 0
  #endif

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}

extension LocalServer.Request {
  fileprivate init(_ text: String) {
    path = String(text.split(separator: " ").dropFirst().first ?? "")
    offset = text.firstMatch(of: /\r\n[Rr]ange: bytes=([0-9]+)-\r\n/).flatMap { Int($0.1) }
  }
}
