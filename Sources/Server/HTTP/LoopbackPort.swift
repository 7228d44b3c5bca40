import Diagnostics
import Files
import Foundation

/// A port at which programs of this machine connect, and nobody else.
final class LoopbackPort: Sendable {
  let descriptor: Int32
  let number: UInt16

  /// Listens.
  ///
  /// - Parameter wanted: the port; 0 lets the system choose.
  /// - Throws: where the port is taken or not to be had.
  init(_ wanted: UInt16) throws(Diagnostic) {
    #if os(Linux)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { throw Self.fault(wanted, .last) }
    Descriptor.prepare(descriptor)
    // Connections of a server that has just ended do not keep the next one from its port.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = self.descriptor
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 128) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    number = UInt16(bigEndian: address.sin_port)
    // After a throw out of an initialiser that has set everything, `deinit` closes.
    guard isListening else { throw Self.fault(wanted, .last) }
  }

  deinit { close(descriptor) }

  /// The next who connects, or nothing.
  func accept() throws(SystemError) -> Int32? {
    let connection = Foundation.accept(descriptor, nil, nil)
    guard connection >= 0 else {
      if [EAGAIN, EWOULDBLOCK, EINTR, ECONNABORTED].contains(errno) { return nil }
      throw .last
    }
    Descriptor.prepare(connection)
    // What is sent in two pieces does not wait for a word of the other side in between, which comes 40 ms later.
    var yes: Int32 = 1
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    return connection
  }

  private static func fault(_ port: UInt16, _ reason: SystemError) -> Diagnostic {
    let hint = "Name another with --port, or let the system choose one with --port 0."
    return switch reason.code {
    case EADDRINUSE: .error("Port \(port) is in use by another program.", hint: hint)
    case EACCES: .error("Port \(port) may not be used by this user.", hint: hint)
    default: .error("Port \(port) cannot be used: \(reason).", hint: hint)
    }
  }
}
