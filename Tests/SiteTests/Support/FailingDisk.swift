import Files
import Foundation
import Synchronization

/// A disk on which one call fails, or is the last: then all that come after it fail as well, as if the program had been
/// killed.
final class FailingDisk: Sendable {
  enum Failure: Sendable {
    /// One call fails, with this reason.
    case error(Int32)
    /// Nothing happens any more.
    case death
  }

  private let count = Mutex(0)
  private let number: Int
  private let failure: Failure
  private let hasExchange: Bool
  private let hasPlaceBeside: Bool

  /// - Parameters:
  ///   - number: which call fails, from 0.
  ///   - hasExchange: whether two folders can change places.
  ///   - hasPlaceBeside: whether a folder can be made beside the output.
  init(at number: Int = .max, _ failure: Failure = .death, hasExchange: Bool = true, hasPlaceBeside: Bool = true) {
    self.number = number
    self.failure = failure
    self.hasExchange = hasExchange
    self.hasPlaceBeside = hasPlaceBeside
  }

  /// Whether the call was made that fails.
  var hasFailed: Bool { count.withLock { $0 > number } }

  var disk: Disk {
    Disk { [self] call throws(SystemError) in
      let index = count.withLock { count in
        defer { count += 1 }
        return count
      }
      switch failure {
      case .error(let code): if index == number { throw SystemError(code: code) }
      case .death: if index >= number { throw SystemError(code: EIO) }
      }
      if case .exchange = call, !hasExchange { throw SystemError(code: EXDEV) }
      if case .makeFolder(let path) = call, !hasPlaceBeside, path.contains("/.public.sitegen-") {
        throw SystemError(code: EACCES)
      }
    }
  }
}
