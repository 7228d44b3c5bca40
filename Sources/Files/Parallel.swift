import Dispatch
import Foundation
import Synchronization

/// Work on several processors.
public enum Parallel {
  /// The processors that this process may use.
  public static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// `transform` of each element, in the order of the elements.
  ///
  /// - Parameter jobs: how many elements are worked on at a time.
  /// - Throws: the first error in the order of the elements.
  public static func map<Element: Sendable, Result: Sendable, Failure: Error>(
    _ elements: [Element], jobs: Int = processorCount, _ transform: @Sendable (Element) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let found = run(elements.count, jobs: jobs) { next in
      var results: [(Int, Swift.Result<Result, Failure>)] = []
      while let index = next() {
        do throws(Failure) {
          results.append((index, .success(try transform(elements[index]))))
        } catch {
          results.append((index, .failure(error)))
        }
      }
      return results
    }
    // Put in their places and not sorted: results may be large.
    var places = [Swift.Result<Result, Failure>?](repeating: nil, count: elements.count)
    for (index, result) in found.joined() { places[index] = result }
    var results: [Result] = []
    for case let result? in places { results.append(try result.get()) }
    return results
  }

  /// Does `work` for each number below `count`.
  public static func forEach(_ count: Int, jobs: Int = processorCount, _ work: @Sendable (Int) -> Void) {
    _ = run(count, jobs: jobs) { next in
      while let index = next() { work(index) }
    }
  }

  /// Runs a worker on each of `jobs` threads; the workers share the numbers below `count`.
  ///
  /// - Parameter worker: calls its argument for the next number to work on, until there is none.
  /// - Returns: what each worker returned.
  public static func run<Result: Sendable>(
    _ count: Int, jobs: Int, _ worker: @Sendable (_ next: @Sendable () -> Int?) -> Result
  ) -> [Result] {
    let position = Atomic(0)
    let next = { @Sendable () -> Int? in
      let index = position.add(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }
    let workers = max(1, min(jobs, count))
    guard workers > 1 else { return [worker(next)] }
    let results = Guarded<[Result]>([])
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      let result = worker(next)
      results.withLock { $0.append(result) }
    }
    return results.withLock { $0 }
  }
}
