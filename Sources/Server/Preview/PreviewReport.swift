public import Diagnostics
public import Gallery

/// What a preview tells whoever started it.
public enum PreviewReport: Sendable {
  /// What is being done, a line each time.
  case progress(String)
  /// The site is up to date again.
  case updated(SiteChanges, time: Duration)
  /// The content has faults; the last good site stays, if there was one.
  case faults(DiagnosticList)
  /// The system does not tell of changes, for this reason; they are looked for twice a second.
  case polls(reason: String)
}
