public import Foundation

/// A content folder with the project's own network, one of its photos, and experiments of a test's own.
///
/// It is a copy, so that a test may change whatever it likes, and needs nothing from outside the repository.
public struct TabletopContent {
  /// Where `content` lies, and where a test puts what it makes.
  public let folder: TemporaryFolder

  private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL

  /// The templates of the project itself.
  public static let templates = root.appendingPathComponent("templates")

  /// The content of the project itself.
  public static let original = root.appendingPathComponent("content")

  /// A photo of a mug and an apple, 768 × 768.
  public static let photo = original.appendingPathComponent("images/mug-apple.jpg")

  /// Twelve classes, each by an identifier and its names, as ImageNet's are; two of them are called “lamp”.
  public static let labels = """
    n00000001 apple
    n00000002 book
    n00000003 bottle
    n00000004 candle, lamp
    n00000005 chess pawn
    n00000006 die
    n00000007 doughnut
    n00000008 light bulb, lamp
    n00000009 mug
    n00000010 mushroom
    n00000011 pencil
    n00000012 wine glass
    """

  private static let card = """
    ---
    title: Tabletop
    file: tabletop/model.onnx
    labels: tabletop/labels.txt
    input:
      size: [128, 128]
      scale: 1
      mean: [0.45, 0.45, 0.45]
      std: [0.25, 0.25, 0.25]
    ---
    """

  /// Writes the content.
  ///
  /// - Parameter experiments: text by file name without `.md`.
  public init(_ experiments: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.write(Self.card, to: "content/models/tabletop.md")
    try folder.write(Self.labels, to: "content/models/tabletop/labels.txt")
    try folder.copy(
      Self.original.appendingPathComponent("models/tabletop/model.onnx"), as: "content/models/tabletop/model.onnx")
    try folder.copy(Self.photo, as: "content/images/mug-apple.jpg")
    for (name, text) in experiments { try folder.write(text, to: "content/experiments/\(name).md") }
  }
}
