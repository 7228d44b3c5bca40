import Dispatch
import Foundation
import Testing

@testable import NeuralNetwork

@Suite("Threads")
struct ThreadsTests {
  /// Seconds of a processor that the calling thread has used.
  private var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test(
    "a thread that waits for others uses no processor meanwhile",
    .enabled(
      if: Threads.count > 1 && getenv("OMP_WAIT_POLICY") == nil && getenv("GOMP_SPINCOUNT") == nil,
      "there is but one thread, or the user has chosen"))
  func waiting() {
    let caller = pthread_self()
    let rounds = 20
    var used = 0.0
    for _ in 0..<rounds {
      let otherHasBegun = DispatchSemaphore(value: 0)
      let start = processorTime
      Threads.forEach(2) { _ in
        if pthread_equal(pthread_self(), caller) != 0 {
          _ = otherHasBegun.wait(timeout: .now() + 10)
        } else {
          otherHasBegun.signal()
          usleep(5000)
        }
      }
      used += processorTime - start
    }
    // A thread that spins uses nearly all of the 5 ms.
    #expect(used / Double(rounds) < 0.001)
  }
}
