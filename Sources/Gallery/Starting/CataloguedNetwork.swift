public import Diagnostics
import Files
import Foundation
import Site

/// A network that can be fetched by name, with all that its card must say.
public struct CataloguedNetwork: Sendable {
  /// How pictures go in, by what the network's publisher says.
  enum Input: String, Sendable {
    case torch, lite, caffe

    /// The lines below `input:` in a card.
    var lines: [String] {
      switch self {
      case .torch:
        [
          "size: [224, 224]", "resize: crop", "shorter_side: 256", "scale: 1", "mean: [0.485, 0.456, 0.406]",
          "std: [0.229, 0.224, 0.225]",
        ]
      case .lite:
        [
          "size: [224, 224]", "resize: crop", "shorter_side: 256", "scale: 255", "mean: [127, 127, 127]",
          "std: [128, 128, 128]",
        ]
      case .caffe:
        [
          "size: [224, 224]", "resize: stretch", "channels: bgr", "scale: 255",
          "mean: [103.939, 116.779, 123.68]",
        ]
      }
    }
  }

  /// What `sitegen model pull` calls it.
  public let name: String
  /// What readers call it.
  let title: String
  /// Its file in the model zoo, without extension.
  let stem: String
  /// The file's size.
  let bytes: Int
  /// The file's SHA-256 in hexadecimal digits.
  let sha256: String
  let input: Input

  /// All that there are.
  public static let all = text("networks.tsv").split(separator: "\n").dropFirst().compactMap { line in
    let fields = line.split(separator: "\t").map(String.init)
    return fields.count == 6 ? CataloguedNetwork(fields) : nil
  }

  /// The fields of a line of the catalogue.
  private init?(_ fields: [String]) {
    guard let bytes = Int(fields[3]), let input = Input(rawValue: fields[5]) else { return nil }
    self.init(
      name: fields[0], title: fields[1], stem: fields[2], bytes: bytes, sha256: fields[4], input: input)
  }

  init(name: String, title: String, stem: String, bytes: Int, sha256: String, input: Input) {
    self.name = name
    self.title = title
    self.stem = stem
    self.bytes = bytes
    self.sha256 = sha256
    self.input = input
  }

  private static func text(_ path: String) -> String {
    String(decoding: BuiltInFile.catalogue.first { $0.path == path }?.bytes ?? [], as: UTF8.self)
  }

  /// Where the model zoo has the file.
  var address: String { "https://huggingface.co/onnxmodelzoo/\(stem)/resolve/main/\(stem).onnx" }

  /// Writes the card of the network that the catalogue has under `name`, where there is no such card yet.
  ///
  /// - Parameters:
  ///   - content: the content folder.
  ///   - url: where the file is fetched in the place of the model zoo.
  /// - Returns: what was written; `nil` where there is a card, or where no network is meant.
  /// - Throws: `DiagnosticList` where neither card nor catalogue has the name, or where the card cannot be written.
  public static func writeCard(
    _ name: String, content: String, url: String? = nil
  ) throws(DiagnosticList) -> NewContent? {
    let folder = PathText.join(content, "models")
    let hasCard = PlainFiles.hasAnything(at: ModelReference.card(name, in: folder))
    guard let network = all.first(where: { $0.name == name }), !hasCard else {
      guard url == nil else {
        throw DiagnosticList([
          .error(
            hasCard
              ? "There is a card “\(name)” already, which says where its file is."
              : "The catalogue has no “\(name)”.",
            hint: hasCard ? "Leave out --url, or edit `source:` in the card." : hint(for: name))
        ])
      }
      // A word that is no card and nearly a name of the catalogue is mistyped.
      if !hasCard, !name.hasSuffix(".onnx"), !PlainFiles.hasAnything(at: name),
        let near = Suggestion.nearest(to: name, in: all.map(\.name))
      {
        throw DiagnosticList([
          .error("Neither \(folder) nor the catalogue has “\(name)”.", hint: "Did you mean “\(near)”?")
        ])
      }
      return nil
    }
    return try network.writeCard(content: content, url: url)
  }

  private static func hint(for name: String) -> String {
    Suggestion.nearest(to: name, in: all.map(\.name)).map { "Did you mean “\($0)”?" }
      ?? "It has \(all.map(\.name).joined(separator: ", "))."
  }

  /// Writes the card and the label file.
  func writeCard(content: String, url: String? = nil) throws(DiagnosticList) -> NewContent {
    _ = try ContentPlace(content, [])
    let folder = PathText.join(content, "models")
    var files = NewFiles()
    files.add(PathText.join(folder, "\(name)/labels.txt"), text: Self.text("imagenet.txt"))
    files.add(PathText.join(folder, "\(name).md"), text: card(url: url ?? address))
    return NewContent(files: try files.write(), warnings: DiagnosticList())
  }

  private func card(url: String) -> String {
    """
    ---
    title: \(title)
    file: \(name)/model.onnx
    source:
      url: \(NewName.quoted(url))
      sha256: \(sha256)
      bytes: \(bytes)
    labels: \(name)/labels.txt
    input:
    \(input.lines.map { "  \($0)" }.joined(separator: "\n"))
    ---
    \(title) of the [ONNX model zoo](https://github.com/onnx/models), which knows the 1,000 classes of ImageNet. An experiment
    asks it like this:

    ````
    ```explain
    image: photo.jpg
    model: \(name)
    classes: [tiger cat, boxer]      # or `top: 3`
    ```
    ````

    """
  }
}
