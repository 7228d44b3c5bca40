import Foundation

/// Work that calls itself deeply: worker threads have small stacks.
public enum DeepStack {
  private static let bytes = 64 << 20

  /// Does `work` on a thread with a large stack, and waits for it.
  public static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result {
    let box = Box<Result>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      box.value.withLock { $0 = work() }
      done.signal()
    }
    thread.stackSize = bytes
    thread.start()
    done.wait()
    // Only a thread that could not be made leaves nothing.
    return box.value.withLock { $0 } ?? work()
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Guarded<Value?>(nil)
  }
}
