import Files
import Foundation

/// Wakes a thread that waits in `poll`.
final class WakePipe: Sendable {
  /// What can be read once somebody has called `wake`.
  let descriptor: Int32
  private let writing: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .last }
    for end in ends { Descriptor.prepare(end) }
    (descriptor, writing) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writing)
  }

  /// Wakes the thread, or keeps it from falling asleep.
  func wake() {
    var byte: UInt8 = 1
    // A pipe that is full wakes as well.
    _ = write(writing, &byte, 1)
  }

  /// Forgets all that were waked for.
  func clear() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }
}
