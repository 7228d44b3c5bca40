public import Diagnostics

/// What a build did.
public struct BuildReport: Sendable {
  /// Whether nothing had to be looked at, since neither the content nor the site has changed.
  public var isUnchanged = false
  /// Number of HTML pages.
  public var pages = 0
  /// Number of pictures that are explained, once for each model.
  public var pictures = 0
  /// Number of explained classes, counting every figure and layer.
  public var explanations = 0
  /// Number of pictures that were painted anew.
  public var paintedPictures = 0
  /// Number of forward runs of networks: 0 where the store had every number.
  public var networkRuns = 0
  /// How busy the processors were while figures were made, 0…1; `nil` where none was made.
  public var utilization: Double?
  /// Number of files that were written.
  public var writtenFiles = 0
  /// Number of files that stayed as they were.
  public var unchangedFiles = 0
  /// Number of files that are no longer part of the site.
  public var removedFiles = 0
  /// Faults that did not stop the build.
  public var warnings = DiagnosticList()
}

/// What `sitegen compute` did.
public struct ComputeReport: Sendable {
  /// Number of pictures of the part, once for each model.
  public var pictures = 0
  /// Number of pictures that the store did not have.
  public var paintedPictures = 0
  /// Number of forward runs of networks.
  public var networkRuns = 0
  /// How busy the processors were, 0…1; `nil` where nothing was to do.
  public var utilization: Double?
}

/// What a store holds.
public struct StoreReport: Equatable, Sendable {
  /// Entries of one sort.
  public struct Share: Equatable, Sendable {
    /// Number of entries.
    public var entries = 0
    /// Their bytes.
    public var bytes = 0
  }

  /// What pages of the content use.
  public var used = Share()
  /// What no page uses.
  public var unused = Share()
  /// What no page uses, but perhaps a build that is running: it was not deleted.
  public var spared = Share()
}
