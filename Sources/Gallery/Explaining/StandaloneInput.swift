import Diagnostics
import Foundation
import Imaging
import NeuralNetwork
import Saliency

/// What is given on the command line to be explained: a picture, or a tensor that is preprocessed already.
enum StandaloneFile {
  case picture(Image)
  case tensor(Tensor)

  /// Reads the file at `path`, a tensor if it is called `.npy`.
  ///
  /// - Throws: `Diagnostic` where it cannot be read.
  init(contentsOfFile path: String) throws {
    self =
      path.lowercased().hasSuffix(".npy")
      ? .tensor(try Tensor(contentsOfNPYFile: path)) : .picture(try Image(contentsOfFile: path))
  }

  /// [1, C, H, W] of a tensor that can be an input.
  var inputShape: [Int]? {
    guard case .tensor(let tensor) = self, tensor.shape.count == 4 else { return nil }
    return tensor.shape
  }
}

/// The input that a file gives for a network.
struct StandaloneInput {
  let prepared: PreparedInput
  /// What the panels are painted on.
  let view: Image
  /// Whether it was preprocessed elsewhere.
  let isTensor: Bool

  /// - Parameter path: the file, for messages.
  /// - Throws: `Diagnostic` where the file does not fit the network.
  init(_ file: StandaloneFile, _ model: LoadedModel, path: String) throws {
    do {
      switch file {
      case .picture(let image):
        isTensor = false
        if let fault = model.input.fault(for: model.facts.inputElementType) { throw fault }
        prepared = try model.input.prepare(image)
        view = prepared.view(of: image)
      case .tensor(let tensor):
        isTensor = true
        if let fault = Self.fault(of: tensor, model.facts) { throw fault }
        prepared = PreparedInput(tensor: tensor)
        view = try model.input.picture(of: tensor)
      }
    } catch let fault as Diagnostic {
      throw fault.located(at: SourceLocation(file: path))
    }
  }

  /// Why a tensor cannot be the network's input.
  static func fault(of tensor: Tensor, _ facts: NetworkFacts) -> Diagnostic? {
    guard tensor.shape == facts.inputShape else {
      return .error(
        "the tensor has shape \(tensor.shape), but the network takes \(facts.inputShape).",
        hint: advice(for: tensor.shape, facts.inputShape))
    }
    let odd = tensor.values.indices.filter { !tensor.values[$0].isFinite }
    if let first = odd.first {
      let count = odd.count == 1 ? "a value that is not finite" : "\(odd.count) values that are not finite"
      return .error(
        "the tensor holds \(count): \(odd.count == 1 ? "" : "the first is ")\(tensor.values[first]) at "
          + "\(tensor.position(of: first)).")
    }
    guard let range = facts.inputElementType.wholeNumbers else { return nil }
    let wrong = tensor.values.firstIndex { !range.contains($0) || $0 != $0.rounded() }
    return wrong.map { index in
      .error(
        "the network takes \(facts.inputElementType.rawValue), whole numbers, but the tensor holds "
          + "\(tensor.values[index]) at \(tensor.position(of: index)).",
        hint: "Give it the values of the picture’s pixels, 0 to 255: the network normalises them itself.")
    }
  }

  /// How to make a tensor of the wanted shape where only its axes are in another order, or the batch's is wrong.
  private static func advice(for shape: [Int], _ wanted: [Int]) -> String? {
    let picture = Array(wanted.dropFirst())
    let channelsLast = [picture[1], picture[2], picture[0]]
    switch shape {
    case picture: return "Add the batch’s axis: `x[None]`."
    case channelsLast: return "Put the channels first and add the batch’s axis: `x.transpose(2, 0, 1)[None]`."
    case [1] + channelsLast: return "Put the channels first: `x.transpose(0, 3, 1, 2)`."
    default:
      let isBatch = shape.count == 4 && shape[0] > 1 && Array(shape.dropFirst()) == picture
      return isBatch ? "One picture is explained at a time: save `x[:1]`." : nil
    }
  }
}

extension Tensor {
  /// The indices of an element, such as `[0, 2, 17, 3]`.
  fileprivate func position(of element: Int) -> [Int] {
    var rest = element
    var indices: [Int] = []
    for size in shape.reversed() {
      indices.insert(rest % size, at: 0)
      rest /= size
    }
    return indices
  }
}
