import Foundation

/// A web server on loopback that answers every request with the same bytes, and perhaps breaks off before they end.
final class LocalServer: Sendable {
  let port: UInt16
  private let listener: Int32

  /// - Parameters:
  ///   - status: the status line's number and reason.
  ///   - body: what follows the head.
  ///   - announced: the length that the head announces; `nil` for the body's.
  init(status: String = "200 OK", body: [UInt8], announced: Int? = nil) throws {
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
    let head = "HTTP/1.1 \(status)\r\nContent-Length: \(announced ?? body.count)\r\nConnection: close\r\n\r\n"
    let answer = Array(head.utf8) + body
    Thread {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        var request = [UInt8](repeating: 0, count: 4096)
        _ = recv(connection, &request, request.count, 0)
        var sent = 0
        while sent < answer.count {
          let count = answer[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
          guard count > 0 else { break }
          sent += count
        }
        shutdown(connection, Int32(SHUT_WR))
        // The client closes first, so that nothing it has not read yet is reset.
        while recv(connection, &request, request.count, 0) > 0 {}
        close(connection)
      }
    }.start()
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
