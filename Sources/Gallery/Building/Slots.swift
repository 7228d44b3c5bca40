import Foundation

/// A number of places for threads to work at.
final class Slots: @unchecked Sendable {
  private let condition = NSCondition()
  private let count: Int
  /// Guarded by `condition`.
  private var free: Int

  init(_ count: Int) {
    self.count = count
    free = count
  }

  /// Runs `work` with `wanted` places, or all there are.
  func with<Result>(_ wanted: Int, _ work: () throws -> Result) rethrows -> Result {
    let taken = min(wanted, count)
    condition.withLock {
      while free < taken { condition.wait() }
      free -= taken
    }
    defer {
      condition.withLock {
        free += taken
        condition.broadcast()
      }
    }
    return try work()
  }
}
