import Foundation

/// What went wrong between the tests and the programs that they talk to.
public struct TalkFault: Error, CustomStringConvertible {
  /// A sentence.
  public let description: String

  /// Creates a fault.
  public init(_ description: String) { self.description = description }
}

/// A stream of bytes to or from another program on this machine. Reading blocks, but never longer than half a minute.
public final class LoopbackSocket {
  private let descriptor: Int32

  #if os(Linux)
    /// Who has gone away is told by a fault, and not by a signal.
    private static let flags = Int32(MSG_NOSIGNAL)
  #else
    private static let flags: Int32 = 0
  #endif

  private init(_ descriptor: Int32, isListening: Bool = false) {
    self.descriptor = descriptor
    guard !isListening else { return }
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  private static func stream() throws -> Int32 {
    #if os(Linux)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw TalkFault("There is no socket to be had.") }
    return descriptor
  }

  /// Calls `body` with the address of a port of this machine.
  private static func withAddress(
    _ port: UInt16, _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) -> (result: Int32, port: UInt16) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
    }
    return (result, UInt16(bigEndian: address.sin_port))
  }

  /// Connects to a port.
  public convenience init(port: UInt16) throws {
    let descriptor = try Self.stream()
    let connected = Self.withAddress(port) { connect(descriptor, $0, $1.pointee) }.result
    self.init(descriptor)
    guard connected == 0 else { throw TalkFault("Nobody listens at port \(port).") }
  }

  /// Listens at a free port.
  public static func listening() throws -> (socket: LoopbackSocket, port: UInt16) {
    let descriptor = try stream()
    let isListening = withAddress(0) { bind(descriptor, $0, $1.pointee) }.result == 0 && listen(descriptor, 64) == 0
    let port = withAddress(0) { getsockname(descriptor, $0, $1) }.port
    let socket = LoopbackSocket(descriptor, isListening: true)
    guard isListening, port > 0 else { throw TalkFault("There is no free port.") }
    return (socket, port)
  }

  /// The next one who connects, or `nil` where nobody does any more.
  public func accepted() -> LoopbackSocket? {
    let connection = accept(descriptor, nil, nil)
    return connection >= 0 ? LoopbackSocket(connection) : nil
  }

  /// Ends all waiting.
  public func shut() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Sends all bytes.
  public func send(_ bytes: some Sequence<UInt8>) throws {
    var rest = ArraySlice(Array(bytes))
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Self.flags) }
      guard count > 0 else { throw TalkFault("The other side went away.") }
      rest = rest.dropFirst(count)
    }
  }

  /// The next bytes; none at the end.
  public func received() throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else { throw TalkFault("No answer came within half a minute.") }
    return Array(buffer.prefix(count))
  }

  /// The head of a message and, where it says how long that is, its body.
  public func message() throws -> (head: String, body: [UInt8])? {
    var bytes: [UInt8] = []
    var end: Int?
    var length = 0
    while true {
      if end == nil, let found = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        end = found.upperBound
        let head = String(decoding: bytes[..<found.upperBound], as: UTF8.self)
        length = head.firstMatch(of: /(?i)content-length: *([0-9]+)/).flatMap { Int($0.1) } ?? 0
      }
      if let end, bytes.count >= end + length {
        return (String(decoding: bytes[..<end], as: UTF8.self), Array(bytes[end..<(end + length)]))
      }
      let more = try received()
      guard !more.isEmpty else { return nil }
      bytes += more
    }
  }
}
