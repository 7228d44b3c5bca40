import Diagnostics
import Saliency

/// What a network takes a picture for: the classes that a writer would ask about first.
struct SuggestedClasses {
  /// Each class as an explain block can name it, best first, with its probability, 0 to 1.
  let classes: [(name: String, probability: Float)]

  /// - Parameters:
  ///   - image: a PNG or JPEG file.
  ///   - model: what the network is called: a card of the content folder, the path of a card, or an .onnx file.
  ///   - content: the content folder.
  ///   - count: how many at most.
  /// - Throws: `DiagnosticList` or `Diagnostic` where picture or network cannot be read.
  init(of image: String, under model: String, content: String, followedLinks: [String] = [], count: Int = 5) throws {
    let reference = try ModelReference(model, content: content, followedLinks: followedLinks)
    let (loaded, network) = try reference.load(use: try reference.ownUse)
    guard network.classCount > 0 else {
      classes = []
      return
    }
    let file = try StandaloneFile(contentsOfFile: image)
    let input = try StandaloneInput(file, loaded, path: image)
    let scores = try Explainer(network, input: input.prepared.tensor, layers: []).scores
    classes = scores.topClasses(count).map { index in
      let name = loaded.labels.entries[index].names[0]
      // A name that other classes have too, or that reads as a number, is no way to name this one.
      let isClear = (try? loaded.labels.index(of: name, modelName: loaded.title)) == index
      return (isClear ? name : "index:\(index)", scores.probabilities[index])
    }
  }

  /// Lines of an explain block that ask about the best two and tell of the others.
  var lines: [String] {
    guard !classes.isEmpty else { return [] }
    let told = classes.map { "\($0.name) \(Int(($0.probability * 100).rounded())) %" }.joined(separator: ", ")
    let asked = classes.prefix(2).map { NewName.quoted($0.name) }.joined(separator: ", ")
    return ["# The network’s best: \(told)", "classes: [\(asked)]"]
  }
}
