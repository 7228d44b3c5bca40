import Foundation

/// A connection to a program on this machine. Reading blocks.
final class LoopbackStream {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let descriptor: Int32
  private var bytes: [UInt8] = []

  init(port: UInt16) throws {
    #if os(Linux)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let descriptor = self.descriptor
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw Failure(description: "Nobody listens at port \(port).") }
  }

  deinit { close(descriptor) }

  /// Asks for a path.
  func ask(_ path: String, port: UInt16) throws {
    let text = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n".utf8)
    guard write(descriptor, text, text.count) == text.count else {
      throw Failure(description: "The server has gone away.")
    }
  }

  /// Everything up to the end.
  func rest() throws -> String {
    while try receive() {}
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The next line, without its end.
  func line() throws -> String {
    while true {
      if let end = bytes.firstIndex(of: 0x0A) {
        defer { bytes.removeFirst(end + 1) }
        return String(decoding: bytes[..<end], as: UTF8.self)
      }
      guard try receive() else { throw Failure(description: "The server has gone away.") }
    }
  }

  /// - Returns: whether anything came.
  private func receive() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else { throw Failure(description: "The connection is broken.") }
    bytes += buffer[..<count]
    return count > 0
  }
}
