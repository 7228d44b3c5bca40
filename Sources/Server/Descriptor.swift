import Foundation

/// What the system's descriptors have in common.
enum Descriptor {
  /// Makes a descriptor one that does not wait and that no program inherits.
  static func prepare(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  /// Waits until one of some descriptors can be read.
  ///
  /// - Parameter milliseconds: how long; −1 means without end.
  /// - Returns: whether each can be.
  static func wait(for descriptors: [Int32], milliseconds: Int32) -> [Bool] {
    var places = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while poll(&places, nfds_t(places.count), milliseconds) < 0, errno == EINTR {}
    return places.map { $0.revents != 0 }
  }
}
