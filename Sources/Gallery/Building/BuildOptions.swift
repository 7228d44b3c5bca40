public import Diagnostics

/// The folders of one build, as the user wrote them.
public struct BuildOptions: Sendable {
  /// Where the Markdown, the pictures and the models are.
  public var content: String
  /// Where the Mustache templates are.
  public var templates: String
  /// Where the site goes.
  public var output: String
  /// Whether pages with `draft: true` are built.
  public var includesDrafts: Bool

  /// Creates options; the defaults are those of the command line.
  public init(
    content: String = "content", templates: String = "templates", output: String = "public",
    includesDrafts: Bool = false
  ) {
    self.content = content
    self.templates = templates
    self.output = output
    self.includesDrafts = includesDrafts
  }
}

/// What a build did.
public struct BuildReport: Sendable {
  /// Number of HTML pages.
  public var pages = 0
  /// Number of pictures that were explained, once for each model.
  public var pictures = 0
  /// Number of explained classes, counting every figure and layer.
  public var explanations = 0
  /// Faults that did not stop the build.
  public var warnings = DiagnosticList()
}
