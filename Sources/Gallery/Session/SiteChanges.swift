public import Diagnostics

/// What bringing a site up to date took.
public struct SiteChanges: Sendable {
  /// The Markdown files that were read, by their paths in the content folder.
  public var readFiles: [String] = []
  /// Number of explain blocks whose names were resolved.
  public var plannedFigures = 0
  /// Number of pictures that were painted.
  public var paintedPictures = 0
  /// Number of forward runs of networks.
  public var networkRuns = 0
  /// The pages and lists that were rendered, by their paths in the site, sorted.
  public var renderedPages: [String] = []
  /// Faults that do not keep the site from being shown.
  public var warnings = DiagnosticList()
}
