import Diagnostics
import Files

/// `sitegen new page`: a page of text.
public struct NewPage {
  /// What it is called: `about-us` or `About us`.
  public var name: String
  /// The content folder.
  public var content: String

  /// Creates the description of a page.
  public init(name: String, content: String = "content") {
    self.name = name
    self.content = content
  }

  /// Writes the page.
  ///
  /// - Throws: `DiagnosticList` or `Diagnostic` with what is in the way; nothing is written then.
  public func write() throws -> NewContent {
    _ = try ContentPlace(content, [])
    let name = try NewName(name)
    var files = NewFiles()
    files.add(
      PathText.join(content, "pages/\(name.slug).md"), text: "---\ntitle: \(name.title)\n---\nWhat there is to say.\n")
    return NewContent(files: try files.write(), warnings: DiagnosticList())
  }
}
