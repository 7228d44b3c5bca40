import Diagnostics
import Foundation
public import NeuralNetwork
import Saliency
import Site

/// What `sitegen model inspect` tells of a network.
public struct ModelInspection: Encodable, Sendable {
  /// The picture that goes in.
  public struct Input: Encodable, Sendable {
    /// The tensor's name.
    public let name: String
    /// [1, C, H, W].
    public let shape: [Int]
    /// Whether the file itself has it as [1, H, W, C].
    public let channelsLast: Bool
    /// What the file takes it as: `float32`, `uint8`…
    public let elementType: InputElementType
  }

  /// The scores that come out.
  public struct Output: Encodable, Sendable {
    /// The tensor's name.
    public let name: String
    /// Number of classes.
    public let classes: Int
    /// Why it is this one, to be read behind “because”; `nil` where it was named, or is the only one.
    public let reason: String?
    /// How scores become probabilities: `softmax`, `sigmoid`, `binary`, or `probability` where they are some already.
    public let scores: ScoreFunction
    /// Whether nothing in the model says that they do so.
    public let isAssumed: Bool
    /// The operator that was taken off, if there was one.
    public let removed: String?
    /// The names of all outputs of the file.
    public let all: [String]
  }

  /// A tensor that `layer:` can name.
  public struct Layer: Encodable, Sendable {
    /// The name of the node that computes it.
    public let name: String
    /// The name of the tensor.
    public let tensor: String
    /// The ONNX operator that computes it.
    public let operatorType: String
    /// The tensor's shape.
    public let shape: [Int]
    /// [C, H, W] of the maps that it is read as.
    public let maps: [Int]
    /// Whether its spatial axes are the picture's.
    public let isMap: Bool
    /// What is to be known of the part of the picture that it sees; `nil` where that is all of it.
    public let view: String?
  }

  /// What the guided rule applies to.
  public struct GuidedRule: Encodable, Sendable {
    /// How many rectifiers it reaches.
    public let rectifiers: Int
    /// How many activations of each other kind keep their plain derivative.
    public let others: [String: Int]
    /// How many operations of each kind may be activations or not.
    public let unknown: [String: Int]
    /// The same as part of a sentence: `reaches 15 rectifiers, all there are`.
    public let summary: String
  }

  /// The layer that Grad-CAM looks at unless another is named.
  public struct DefaultLayer: Encodable, Sendable {
    /// The name of the node that computes it.
    public let name: String
    /// Why it is this one: `the Relu that closes …`.
    public let reason: String
    /// Whether the model card names it.
    public let isCards: Bool
  }

  /// What readers call the network.
  public let title: String
  /// The .onnx file.
  public let file: String
  /// Its size; external data is not counted.
  public let bytes: Int
  /// The exporter, as far as the file names it.
  public let producer: String
  /// Version of the standard operator set.
  public let operatorSet: Int
  /// What goes in.
  public let input: Input
  /// What else goes in, by name, shape and type.
  public let furtherInputs: [String]
  /// What comes out.
  public let output: Output
  /// How many nodes of each operator run.
  public let operators: [String: Int]
  /// Number of weights.
  public let parameters: Int
  /// Floating-point operations of one forward run, in 10⁹.
  public let gigaFLOP: Double
  /// Where Grad-CAM looks; `nil` where nothing suggests itself.
  public let defaultLayer: DefaultLayer?
  /// The maps that CAM weighs; `nil` where the network does not end in global average pooling and one linear layer.
  public let classActivationLayer: String?
  /// What guided backpropagation changes.
  public let guidedRule: GuidedRule
  /// The layers that can be named, in the order in which they are computed.
  public let layers: [Layer]
  /// What a reader should know, in full sentences.
  public let warnings: [String]

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - name: the name of a card, the path of a card, or an .onnx file.
  ///   - output: the output or inner tensor that holds the scores, instead of the card's.
  ///   - content: the folder in which card names are looked up.
  ///   - followedLinks: folders outside that links beside the card may lead into.
  /// - Throws: `DiagnosticList` with everything that is wrong with it.
  public init(
    _ name: String, output: String? = nil, content: String = "content", followedLinks: [String] = []
  ) throws {
    let reference = try ModelReference(name, content: content, followedLinks: followedLinks)
    let (model, network) = try reference.load(output: output)
    switch reference {
    case .card(let card): file = card.file.value.shownPath
    case .file(let path): file = path
    }
    title = model.title
    bytes = URL(fileURLWithPath: file).fileSize ?? 0
    producer = network.producer
    operatorSet = network.operatorSet
    input = Input(
      name: network.inputName, shape: network.inputShape, channelsLast: network.takesChannelsLast,
      elementType: network.inputElementType)
    furtherInputs = Network.statedInputs(ofModelAt: file).filter { $0.name != network.inputName }.map(\.description)
    self.output = Output(
      name: network.outputName, classes: network.classCount, reason: network.outputReason, scores: network.scores,
      isAssumed: network.scoresAreAssumed, removed: network.removedActivation, all: network.outputNames)
    operators = network.operatorCounts
    parameters = network.parameterCount
    gigaFLOP = Double(network.floatingPointOperations) / 1e9
    defaultLayer = try Self.defaultLayer(reference, network)
    classActivationLayer = network.classActivationHead?.layer.name
    guidedRule = GuidedRule(
      rectifiers: network.guidedRuleCoverage.rectifierCount, others: network.guidedRuleCoverage.others,
      unknown: network.guidedRuleCoverage.unknown, summary: network.guidedRuleCoverage.description)
    layers = network.layers.map { layer in
      Layer(
        name: layer.name, tensor: layer.tensor, operatorType: layer.operatorType, shape: layer.shape,
        maps: layer.arrangement.mapShape(of: layer.shape), isMap: layer.isMap, view: layer.view.remark(of: layer.name))
    }
    warnings = Self.warnings(reference, model, network)
  }

  private static func defaultLayer(_ reference: ModelReference, _ network: Network) throws -> DefaultLayer? {
    if case .card(let card) = reference, let name = card.defaults.layers?.first {
      do throws(Diagnostic) {
        return DefaultLayer(name: try network.layer(named: name.value).name, reason: "the card’s", isCards: true)
      } catch {
        throw DiagnosticList([error.located(at: name.location)])
      }
    }
    return network.defaultLayer.map { DefaultLayer(name: $0.layer.name, reason: $0.reason.description, isCards: false) }
  }
}

extension URL {
  /// Bytes of the file, or `nil` where there is none.
  var fileSize: Int? { try? resourceValues(forKeys: [.fileSizeKey]).fileSize }
}
