import Diagnostics
import Foundation
import Imaging
import Network
import Saliency

/// A picture given on the command line: a file, or a tensor that is preprocessed already.
struct StandaloneInput {
  let prepared: PreparedInput
  /// What the panels are painted on.
  let view: Image

  /// - Throws: `Diagnostic` where the file cannot be read or does not fit the network.
  init(_ path: String, _ model: LoadedModel) throws {
    guard path.hasSuffix(".npy") else {
      let image = try Image(contentsOfFile: path)
      prepared = model.input.prepare(image)
      view = prepared.view(of: image)
      return
    }
    let tensor = try Tensor(contentsOfNPYFile: path)
    guard tensor.shape == model.facts.inputShape else {
      throw Diagnostic.error(
        "the tensor has shape \(tensor.shape), but the network takes \(model.facts.inputShape).",
        at: SourceLocation(file: path))
    }
    guard tensor.values.allSatisfy(\.isFinite) else {
      throw Diagnostic.error("the tensor holds values that are not finite.", at: SourceLocation(file: path))
    }
    prepared = PreparedInput(tensor: tensor)
    view = try model.input.picture(of: tensor)
  }
}
