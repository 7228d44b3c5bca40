public import Diagnostics
import Files
import Foundation
import Saliency
import Site
import Vocabulary

/// What `sitegen model list` tells of the cards in a content folder.
public struct ModelList: Sendable {
  /// One card.
  public struct Entry: Sendable {
    /// The card's name.
    public let name: String
    /// The network's name for readers.
    public let title: String
    /// The .onnx file.
    public let file: String
    /// Its size, or `nil` where it is not there.
    public let bytes: Int?
    /// Whether the card says where the file can be had.
    public let hasSource: Bool
    /// How many classes the label file names, if there is one.
    public let classes: Int?
    /// Width, height and channels.
    public let input: String
  }

  /// The cards that could be read, by name.
  public let entries: [Entry]
  /// What is wrong with the others.
  public let faults: DiagnosticList

  /// Reads the cards of a content folder.
  ///
  /// - Parameter followedLinks: folders outside of the content that links in it may lead into.
  /// - Throws: `Diagnostic` where there is no folder with cards, or where it cannot be listed.
  public init(content: String = "content", followedLinks: [String] = []) throws(Diagnostic) {
    let folder = PathText.join(content, "models")
    let names: [String]
    do throws(FolderListing.Fault) {
      names = try FolderListing(folder).names
    } catch {
      throw .error(
        "There is no folder “\(folder)” with model cards: \(error).", hint: "Name the content folder with --content.")
    }
    var faults = DiagnosticList()
    entries = names.filter { MarkdownName.stem(of: $0) != nil }.compactMap { name in
      let path = PathText.join(folder, name)
      return ModelCard.load(
        from: URL(fileURLWithPath: path), shownAs: path, methods: .engine, followedLinks: followedLinks + [content],
        diagnostics: &faults
      ).map(Entry.init)
    }
    self.faults = faults
  }

  /// A table with a line for each card.
  public var text: String {
    TextTable(
      header: ["NAME", "TITLE", "FILE", "SIZE", "CLASSES", "INPUT"],
      entries.map { entry in
        let missing = entry.hasSource ? "not fetched" : "missing"
        return [
          entry.name, entry.title, entry.file, entry.bytes?.fileSizeText ?? missing,
          entry.classes.map(String.init) ?? "no labels", entry.input,
        ]
      }
    ).text
  }
}

extension ModelList.Entry {
  fileprivate init(_ card: ModelCard) {
    name = card.name
    title = card.title
    file = card.file.value.shownPath
    bytes = card.file.value.url.fileSize
    hasSource = card.source != nil
    classes = card.labels.flatMap { ClassLabels.count(inFile: $0.value.url.path) }
    input = "\(card.input.width)×\(card.input.height) \(card.input.channels.rawValue)"
  }
}
