import Dispatch
import Foundation

extension Threads {
  /// Has threads that wait for each other sleep soon, rather than spin for milliseconds; for as long as the process lives.
  ///
  /// Spinning gains microseconds on an idle machine and costs a multiple on a busy one, where a spinning thread holds the
  /// core that its partner needs: there, ResNet-50 takes several times as long. GCC's runtime reads which of both is wanted
  /// once, when it is loaded, before any line of this program. But a process that has more of its threads than there are
  /// processors lets none of them spin (see `GOMP_SPINCOUNT` in its manual). So a thread that does nothing else has a region
  /// of that many, and keeps them asleep. What the user has chosen is left alone.
  static let sleepWhileWaiting: Void = {
    let choices = ["OMP_WAIT_POLICY", "GOMP_SPINCOUNT"]
    guard let runtime, choices.allSatisfy({ getenv($0) == nil }) else { return }
    let hasBegun = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      runtime.parallel({ _ in }, nil, UInt32(ProcessInfo.processInfo.activeProcessorCount + 1), 0)
      hasBegun.signal()
      while true { Thread.sleep(until: .distantFuture) }
    }
    hasBegun.wait()
  }()
}
