import Diagnostics
import Files

/// `sitegen new model`: a card for an ONNX file.
public struct NewModel {
  /// What it is called: `resnet-50` or `ResNet-50`.
  public var name: String
  /// The ONNX file, which is copied into the content.
  public var file: String
  /// A label file, which is copied too; `nil` numbers the classes.
  public var labels: String?
  /// The content folder.
  public var content: String

  /// Creates the description of a card.
  public init(name: String, file: String, labels: String? = nil, content: String = "content") {
    self.name = name
    self.file = file
    self.labels = labels
    self.content = content
  }

  /// Writes the card, and copies the network.
  ///
  /// - Throws: `DiagnosticList` or `Diagnostic` with what is in the way; nothing is written then.
  public func write() throws -> NewContent {
    _ = try ContentPlace(content, [])
    let card = try DraftedCard(try NewName(name), file: file, labels: labels, content: content)
    return NewContent(files: try card.files.write(), warnings: card.warnings)
  }
}
