import Dispatch
import Foundation
import Synchronization

/// The threads that oneDNN computes on, for the loops that are our own.
///
/// oneDNN's OpenMP runtime keeps threads that wait busily for a while after each primitive; a second pool would fight
/// with them for the cores. So the loops run on those threads, through the entry point that compilers emit for a
/// parallel region. Where the runtime has none, Dispatch's threads do.
enum Threads {
  /// Calls `body` with 0, 1, … `count` − 1, in any order and from any thread, and returns when all have returned.
  static func forEach(_ count: Int, _ body: (Int) -> Void) {
    forEach(count, making: {}) { index, _ in body(index) }
  }

  /// The same, where each thread makes something for itself first.
  static func forEach<Own>(_ count: Int, making own: () -> Own, _ body: (Int, Own) -> Void) {
    let next = Atomic(0)
    region(atMost: count) {
      var mine: Own?
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let made = mine ?? own()
        mine = made
        body(index, made)
      }
    }
  }

  /// Calls `body` with the parts of `0..<count`, each of which stays in a core's second cache.
  static func forEachChunk(of count: Int, _ body: (Range<Int>) -> Void) {
    let size = 1 << 14
    forEach((count + size - 1) / size) { index in body(index * size..<min((index + 1) * size, count)) }
  }

  /// How many threads share a loop.
  static var count: Int { runtime.map { Int($0.count()) } ?? ProcessInfo.processInfo.activeProcessorCount }

  /// Runs `work` on each thread and waits for all.
  private static func region(atMost limit: Int, _ work: () -> Void) {
    guard limit > 1 else { return work() }
    withoutActuallyEscaping(work) { work in
      let shared = Work(run: work)
      guard let runtime else {
        return DispatchQueue.concurrentPerform(iterations: min(limit, ProcessInfo.processInfo.activeProcessorCount)) {
          _ in shared.run()
        }
      }
      sleepWhileWaiting
      runtime.parallel(
        { Unmanaged<Work>.fromOpaque($0.unsafelyUnwrapped).takeUnretainedValue().run() },
        Unmanaged.passUnretained(shared).toOpaque(), 0, 0)
    }
  }

  /// What the threads of a region run. Unchecked, because it is only called while its maker waits.
  private final class Work: @unchecked Sendable {
    let run: () -> Void

    init(run: @escaping () -> Void) { self.run = run }
  }

  struct Runtime: Sendable {
    typealias Region = @convention(c) (UnsafeMutableRawPointer?) -> Void
    /// Runs a region on so many threads, 0 for as many as the user allows (`OMP_NUM_THREADS`).
    typealias Parallel = @convention(c) (Region, UnsafeMutableRawPointer?, UInt32, UInt32) -> Void

    typealias Count = @convention(c) () -> CInt

    let parallel: Parallel
    let count: Count
  }

  /// Nil where there is none with the entry point, or where it must not be used.
  static let runtime: Runtime? = {
    let program = dlopen(nil, RTLD_LAZY)
    // The thread sanitizer sees how Dispatch's threads wait for each other, but not how OpenMP's do.
    guard dlsym(program, "__tsan_init") == nil, let parallel = dlsym(program, "GOMP_parallel"),
      let count = dlsym(program, "omp_get_max_threads")
    else { return nil }
    return Runtime(
      parallel: unsafeBitCast(parallel, to: Runtime.Parallel.self),
      count: unsafeBitCast(count, to: Runtime.Count.self))
  }()
}
