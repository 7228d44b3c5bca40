public import Diagnostics

/// An explanation gallery that is looked at once: content in, site out. `SiteSession` is for more than once.
public struct Gallery: Sendable {
  private let options: BuildOptions
  private let progress: @Sendable (BuildStep) -> Void
  private let timeSteps: Double

  /// Creates a gallery.
  ///
  /// - Parameter progress: is told what is being done, from any thread.
  public init(_ options: BuildOptions, progress: @escaping @Sendable (BuildStep) -> Void = { _ in }) {
    self.init(options, progress: progress, timeSteps: 2)
  }

  /// - Parameter timeSteps: the seconds between two times that the file system tells apart.
  init(_ options: BuildOptions, progress: @escaping @Sendable (BuildStep) -> Void = { _ in }, timeSteps: Double) {
    self.options = options
    self.progress = progress
    self.timeSteps = timeSteps
  }

  private var session: SiteSession {
    SiteSession(options, keepsPages: false, progress: progress, timeSteps: timeSteps)
  }

  /// Builds the site, see `SiteSession.build`.
  ///
  /// - Throws: `DiagnosticList` with everything that is wrong; the old site stands untouched then.
  public func build() throws -> BuildReport { try session.build() }

  /// Finds everything that a build would complain of, and writes nothing.
  ///
  /// - Parameter isStrict: whether what readers may miss is told, too.
  /// - Returns: the warnings.
  /// - Throws: `DiagnosticList` with the errors, and the warnings among them.
  public func check(isStrict: Bool = false) throws -> DiagnosticList { try session.check(isStrict: isStrict) }

  /// Fills the store with a part of the figures, so that a build finds them there.
  ///
  /// Any number of parts may be computed at the same time, on machines that share the store or do not.
  ///
  /// - Throws: `DiagnosticList` with everything that is wrong.
  public func compute(_ shard: Shard) throws -> ComputeReport { try session.compute(shard) }

  /// Tells what the store holds and which of it the content uses.
  ///
  /// - Parameter prunes: whether what is not used is deleted.
  /// - Throws: `DiagnosticList` where the content has errors: what a faulty page uses cannot be known.
  public func storeReport(prunes: Bool) throws -> StoreReport { try session.storeReport(prunes: prunes) }
}
