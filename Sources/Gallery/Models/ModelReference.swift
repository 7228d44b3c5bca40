import Diagnostics
import Foundation
import Network
import Saliency
import Site

/// What a command line calls a model: the name of a card, the path of a card, or an .onnx file.
enum ModelReference {
  case card(ModelCard)
  case file(String)

  /// - Parameter content: the folder in which card names are looked up.
  /// - Throws: `DiagnosticList` where there is no such card, or where it is at fault.
  init(_ name: String, content: String) throws(DiagnosticList) {
    let path = name.hasSuffix(".md") ? name : "\(content)/models/\(name).md"
    let hasCard = !name.hasSuffix(".onnx") && FileManager.default.fileExists(atPath: path)
    // A file that is no ONNX model after all is named as what it is when it is read.
    guard hasCard || name.hasSuffix(".md") || !(name.hasSuffix(".onnx") || Self.isFile(name)) else {
      self = .file(name)
      return
    }
    guard hasCard else {
      throw DiagnosticList([
        .error(
          "There is no model “\(name)”: \(path) does not exist.",
          hint: "Name a card in \(content)/models, the path of a card, or an .onnx file.")
      ])
    }
    var faults = DiagnosticList()
    let card = ModelCard.load(from: URL(fileURLWithPath: path), shownAs: path, diagnostics: &faults)
    try faults.throwIfErrors()
    guard let card else { throw faults }
    self = .card(card)
  }

  private static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
  }

  /// Reads the network and what belongs to it.
  ///
  /// - Parameters:
  ///   - openSizes: for a bare file, [1, C, H, W] to take those sizes from that the file leaves open.
  ///   - output: the output or inner tensor that holds the scores, instead of the card's.
  /// - Throws: `DiagnosticList` with every fault.
  func load(openSizes: [Int]? = nil, output: String? = nil) throws -> (LoadedModel, Network) {
    switch self {
    case .card(let card):
      var opened: Network?
      let model = try LoadedModel(card, output: output, path: \.shownPath) { file, input, output in
        let network = try Network(contentsOfFile: file, inputShape: input.shape, output: output)
        opened = network
        return NetworkFacts(network)
      }
      guard let opened else { preconditionFailure("a model's facts come from its network") }
      return (model, opened)
    case .file(let path):
      let network = try Network(contentsOfFile: path, openSizes: openSizes, output: output)
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
