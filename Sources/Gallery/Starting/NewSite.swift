import Diagnostics
import Files
import Foundation
import Site

/// `sitegen new site`: a gallery that builds at once.
public struct NewSite {
  /// The folder that it is made in, which must be empty or not be there.
  public var folder: String
  /// An ONNX file to be used in the place of the small network that comes along.
  public var model: String?
  /// The label file of that network.
  public var labels: String?

  /// Creates the description of a site.
  public init(folder: String, model: String? = nil, labels: String? = nil) {
    self.folder = folder
    self.model = model
    self.labels = labels
  }

  /// Writes the site.
  ///
  /// - Throws: `DiagnosticList` or `Diagnostic` with what is in the way; nothing is written then.
  public func write() throws -> NewContent {
    try checkFolder()
    let content = PathText.join(folder == "." ? "" : folder, "content")
    var files = NewFiles()
    guard let model else {
      for file in BuiltInFile.starter { files.add(PathText.join(content, file.path), .bytes(file.bytes)) }
      return NewContent(files: try files.write(), warnings: DiagnosticList())
    }
    let stem = PathText.name(of: model).split(separator: ".").first.map(String.init) ?? ""
    let name = try NewName(stem)
    let card = try DraftedCard(name, file: model, labels: labels, content: content)
    for file in BuiltInFile.starter where !Self.isOfItsNetwork(file) {
      guard file.path == "site.yml" else {
        files.add(PathText.join(content, file.path), .bytes(file.bytes))
        continue
      }
      let text = String(decoding: file.bytes, as: UTF8.self)
      files.add(
        PathText.join(content, file.path), text: text.replacing("model: \(Self.network)", with: "model: \(name.slug)"))
    }
    let block = ["image: mug-apple.jpg", "top: 3", "alt: A mug and an apple on a wooden table."]
    files.add(
      PathText.join(content, "experiments/first.md"),
      text: NewExperiment.page(try NewName("First questions"), date: Date(), block: block, isExample: false))
    for (path, contents) in card.files.files { files.add(path, contents) }
    return NewContent(files: try files.write(), warnings: card.warnings)
  }

  /// The card of the small network.
  private static let network = "tabletop"

  /// Whether a file is of no use without the small network.
  private static func isOfItsNetwork(_ file: BuiltInFile) -> Bool {
    file.path.hasPrefix("models/") || file.path.hasPrefix("experiments/")
  }

  private func checkFolder() throws(DiagnosticList) {
    guard PlainFiles.hasAnything(at: folder) else { return }
    let held: String
    do throws(FolderListing.Fault) {
      guard let first = try FolderListing(folder).names.first else { return }
      held = first
    } catch {
      switch error {
      case .system(let reason):
        throw DiagnosticList([.error("“\(folder)” cannot be used: \(reason).", hint: "Name another folder.")])
      case .notUTF8(let name): held = name
      }
    }
    throw DiagnosticList([
      .error(
        "“\(folder)” is not empty: it holds “\(held)”.",
        hint: "Name a folder that is empty or does not exist; “sitegen new experiment” and “new page” add to a site.")
    ])
  }
}
