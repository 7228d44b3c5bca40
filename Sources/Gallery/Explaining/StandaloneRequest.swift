public import Diagnostics
import Saliency
public import Vocabulary

/// What `sitegen explain` is asked for.
public struct StandaloneRequest: Sendable {
  /// A PNG or JPEG file, or a .npy tensor [1, C, H, W] that is preprocessed already.
  public var image: String
  /// The name of a card in the content folder, the path of a card, or an .onnx file.
  public var model: String
  /// Labels, indices or synset ids.
  public var classes: [String]
  /// What else is explained: `words[6,11]`, or `scores=weights.npy`.
  public var targets: [String]
  /// What the network's other inputs are given, by name: a .npy file, numbers with commas between them, or a text whose words the
  /// card's vocabulary has.
  public var inputs: [String: String]
  /// Nodes or tensors; empty means the card's layer, or else the network's default.
  public var layers: [String]
  /// Method names; empty means the standard three.
  public var methods: [String]
  /// Whose conventions the maps follow.
  public var profile = Profile.paper
  /// Whether it is measured how far the maps may be trusted.
  public var measuresEvidence = false
  /// How many pixels change at a time in deletion and insertion; `nil` for four rows.
  public var evidenceStep: Int?
  /// Where the results go.
  public var output: String
  /// The output or inner tensor that holds the scores; `nil` for the card's, or the one that is plainly it.
  public var outputTensor: String?
  /// Whether raw values are written beside the pictures.
  public var writesArrays: Bool
  /// The folder in which card names are looked up.
  public var content: String
  /// Folders outside of a card's that links beside it may lead into.
  public var followedLinks: [String]

  /// Creates a request.
  public init(
    image: String, model: String, classes: [String], targets: [String] = [], inputs: [String: String] = [:],
    layers: [String] = [], methods: [String] = [], output: String,
    outputTensor: String? = nil, writesArrays: Bool = false, content: String = "content", followedLinks: [String] = []
  ) {
    self.image = image
    self.model = model
    self.classes = classes
    self.targets = targets
    self.inputs = inputs
    self.layers = layers
    self.methods = methods
    self.output = output
    self.outputTensor = outputTensor
    self.writesArrays = writesArrays
    self.content = content
    self.followedLinks = followedLinks
  }
}

extension StandaloneRequest {
  /// The methods' names, to be read: “cam, grad-cam or localization”.
  public static var methodsText: String { text(Saliency.Method.all, "or") }

  /// The names of those that are taken where none is given.
  public static var standardText: String { text(Saliency.Method.standard, "and") }

  /// The profiles, to be read: “paper, pytorch-grad-cam or captum”.
  public static var profilesText: String { text(Profile.allCases.map(\.rawValue), "or") }

  /// The profile where none is given.
  public static var defaultProfile: String { Profile.paper.rawValue }

  /// Sets the profile by its name.
  ///
  /// - Throws: `Diagnostic` with the nearest name.
  public mutating func setProfile(_ name: String) throws(Diagnostic) {
    guard let found = Profile(rawValue: name) else {
      let names = Profile.allCases.map(\.rawValue)
      throw .error(
        "“\(name)” is no profile.",
        hint: Suggestion.hint(for: name, in: names) ?? "There are \(Self.text(names, "and")).")
    }
    profile = found
  }

  private static func text(_ methods: [Saliency.Method], _ conjunction: String) -> String {
    text(methods.map(\.id), conjunction)
  }

  private static func text(_ names: [String], _ conjunction: String) -> String {
    "\(names.dropLast().joined(separator: ", ")) \(conjunction) \(names.last ?? "")"
  }
}
