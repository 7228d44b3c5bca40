/// What `sitegen compare` is asked for.
public struct DriftRequest: Sendable {
  /// The two that are compared: each the name of a card, the path of a card, an .onnx file, or a folder with results of
  /// `sitegen explain --arrays` or with a built site.
  public var first, second: String
  /// Pictures, or folders of them; empty means those of the content's explain blocks that use the first network.
  public var images: [String] = []
  /// Labels, indices or synset ids of the first network; empty means those of the blocks, or the most likely ones.
  public var classes: [String] = []
  /// How many of the classes that the first network finds most likely, instead.
  public var top: Int?
  /// Nodes or tensors of both networks; empty means those of the blocks, or of each network's own.
  public var layers: [String] = []
  /// Method names; empty means those of the blocks, or the standard three.
  public var methods: [String] = []
  /// How much may change.
  public var limits = DriftLimits()
  /// The folder that the report is written to, if one is wanted.
  public var output: String?
  /// Where content, templates and store are, and how many processors are used.
  public var options: BuildOptions

  /// Creates a request to compare two networks or two folders.
  public init(_ first: String, _ second: String, options: BuildOptions = BuildOptions()) {
    self.first = first
    self.second = second
    self.options = options
  }

  /// How many classes are compared where pictures are named and no classes.
  public static let standardTop = 3
}
