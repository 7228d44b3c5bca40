import Foundation

/// On how many threads a network runs.
///
/// oneDNN cuts its work into as many parts as there are threads, and rounds otherwise for another number. So the number
/// depends on the network alone, and a gallery is the same on every machine. Small networks gain nothing from a second
/// thread: there, several pictures at a time keep the processors busy.
enum ComputeThreads {
  /// The threads of a network, by its floating-point operations a picture.
  static func count(of model: LoadedModel) -> Int { model.facts.operations < 5_000_000_000 ? 1 : 4 }

  /// Has networks that are run by the calling thread use `count` threads.
  static func use(_ count: Int) { setThreadCount?(Int32(count)) }

  private typealias Setter = @convention(c) (Int32) -> Void

  /// OpenMP's `omp_set_num_threads`, from whatever runtime oneDNN brings along.
  private static let setThreadCount: Setter? = dlsym(dlopen(nil, RTLD_NOW), "omp_set_num_threads").map {
    unsafeBitCast($0, to: Setter.self)
  }
}
