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

  /// Reads the network and what belongs to it.
  ///
  /// - Parameters:
  ///   - openSizes: for a bare file, [1, C, H, W] to take those sizes from that the file leaves open.
  ///   - output: the output or inner tensor that holds the scores, instead of the card's.
  ///   - outputs: every output or inner tensor of which something else is explained.
  ///   - inputs: what the network's inputs beside the picture are given.
  /// - Throws: `DiagnosticList` with every fault.
  func load(
    openSizes: [Int]? = nil, output: String? = nil, outputs: [String] = [], inputs: [String: FurtherInput] = [:]
  ) throws -> (LoadedModel, Network) {
    switch self {
    case .card(let card):
      var opened: Network?
      let model = try LoadedModel(card, output: output, path: \.shownPath) { file, input, output in
        let network = try Network(
          contentsOfFile: file, inputShape: input.shape, output: output, outputs: outputs, inputs: inputs)
        opened = network
        return NetworkFacts(network)
      }
      guard let opened else { preconditionFailure("a model's facts come from its network") }
      return (model, opened)
    case .file(let path):
      let network = try Network(
        contentsOfFile: path, openSizes: openSizes, output: output, outputs: outputs, inputs: inputs)
      return (try LoadedModel(network, file: path, output: output), network)
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
