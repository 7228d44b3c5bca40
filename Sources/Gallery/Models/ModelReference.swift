import Diagnostics
import Files
import Foundation
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// What a command line calls a model: the name of a card, the path of a card, or an .onnx file.
enum ModelReference {
  case card(ModelCard)
  case file(String)

  /// - Parameters:
  ///   - content: the folder in which card names are looked up.
  ///   - followedLinks: folders outside that links beside the card may lead into.
  /// - Throws: `DiagnosticList` where there is no such card, or where it is at fault.
  init(_ name: String, content: String, followedLinks: [String] = []) throws(DiagnosticList) {
    let folder = PathText.join(content, "models")
    let isCard = MarkdownName.stem(of: name) != nil
    let path = isCard ? name : Self.card(name, in: folder)
    let hasCard = !name.hasSuffix(".onnx") && FileManager.default.fileExists(atPath: path)
    // A file that is no ONNX model after all is named as what it is when it is read.
    guard hasCard || isCard || !(name.hasSuffix(".onnx") || Self.isFile(name)) else {
      self = .file(name)
      return
    }
    guard hasCard else {
      throw DiagnosticList([
        .error(
          "There is no model “\(name)”: \(path) does not exist.",
          hint: "Name a card in \(folder), the path of a card, or an .onnx file.")
      ])
    }
    var faults = DiagnosticList()
    // A card in a content folder may use all of it.
    let cards = PathText.folder(of: path)
    let around = PathText.name(of: cards) == "models" ? [PathText.join(cards, "..")] : []
    let card = ModelCard.load(
      from: URL(fileURLWithPath: path), shownAs: path, methods: .engine, followedLinks: followedLinks + around,
      diagnostics: &faults)
    try faults.throwIfErrors()
    guard let card else { throw faults }
    self = .card(card)
  }

  private static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
  }

  /// The path of the card called `name`, which need not exist.
  static func card(_ name: String, in folder: String) -> String {
    let names = (try? FolderListing(folder).names) ?? []
    return PathText.join(folder, names.first { MarkdownName.stem(of: $0) == name } ?? name + ".md")
  }

  /// What the card says of inputs beside the picture; nothing without one.
  var furtherInputs: [ModelCard.FurtherInput] { if case .card(let card) = self { card.furtherInputs } else { [] } }

  /// What the card says of outputs; nothing without one.
  var furtherOutputs: [ModelCard.FurtherOutput] { if case .card(let card) = self { card.furtherOutputs } else { [] } }

  /// Turns what is given to inputs into tensors.
  ///
  /// - Parameter place: where messages advise to give them something.
  func inputResolver(_ place: InputResolver.Place = .card) -> InputResolver {
    let (name, file) =
      switch self {
      case .card(let card): (card.name, card.file.value.shownPath)
      case .file(let path): (path, path)
      }
    return InputResolver(
      modelName: name, inputs: furtherInputs, stated: Network.statedInputs(ofModelAt: file), path: \.shownPath,
      place: place)
  }

  /// What the card gives to the network's inputs, for who runs it on nothing but pictures.
  ///
  /// - Throws: `DiagnosticList` where it gives nothing to one.
  var ownUse: NetworkUse {
    get throws {
      let inputs = try inputResolver().resolve([])
      return NetworkUse(
        inputs: Dictionary(inputs.map { ($0.name, .tensor($0.tensor)) }) { first, _ in first }, outputs: outputNames)
    }
  }

  private var outputNames: [String] { furtherOutputs.map(\.name.value).withoutRepetitions }

  /// Reads the network and what belongs to it.
  ///
  /// - Parameters:
  ///   - openSizes: for a bare file, [1, C, H, W] to take those sizes from that the file leaves open.
  ///   - output: the output or inner tensor that holds the scores, instead of the card's.
  ///   - use: what else goes in and comes out; `nil` for what the card says, with inputs left open to which it gives nothing: for
  ///     who only looks.
  /// - Throws: `DiagnosticList` with every fault.
  func load(
    openSizes: [Int]? = nil, output: String? = nil, use: NetworkUse? = nil
  ) throws -> (LoadedModel, Network) {
    let use = try use ?? NetworkUse(inputs: try inputResolver().defaults(), outputs: outputNames)
    switch self {
    case .card(let card):
      var opened: Network?
      let model = try LoadedModel(card, output: output, use: use, path: \.shownPath) { file, input, output in
        let network = try Network(contentsOfFile: file, inputShape: input.shape, output: output, use: use)
        opened = network
        return NetworkFacts(network, outputs: use.outputs)
      }
      guard let opened else { preconditionFailure("a model's facts come from its network") }
      return (model, opened)
    case .file(let path):
      let network = try Network(contentsOfFile: path, openSizes: openSizes, output: output, use: use)
      return (try LoadedModel(network, file: path, output: output, use: use), network)
    }
  }
}

extension ContentFile {
  /// The file as seen from the working directory.
  var shownPath: String {
    let here = FileManager.default.currentDirectoryPath + "/"
    let path = url.standardizedFileURL.path
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
