import Diagnostics

extension Network {
  /// The inputs in memory, in the order of axes in which the graph takes them, by value.
  ///
  /// - Throws: `Diagnostic` where a shape is another, something is not finite, or an input is missing or unknown.
  func feed(_ picture: Tensor, _ further: [String: Tensor]) throws -> [Int: Memory] {
    guard picture.shape == inputShape else {
      throw Diagnostic.error("the network takes \(inputShape.shapeText), not \(picture.shape.shapeText).")
    }
    if let position = picture.values.firstIndex(where: { !$0.isFinite }) {
      throw Diagnostic.error(
        "element \(position) of the network's input is \(picture.values[position]), no finite number.")
    }
    let pixels = engine.upload(picture)
    var memories = try feed(further)
    memories[graph.inputs[0]] = graph.takesChannelsLast ? try engine.permute(pixels, [0, 2, 3, 1]) : pixels
    return memories
  }

  /// The inputs beside the picture in memory, by value.
  func feed(_ further: [String: Tensor]) throws(Diagnostic) -> [Int: Memory] {
    for name in further.keys.sorted() where furtherInputs[name] == nil {
      throw .error(
        "the network has no further input “\(name)” that a run gives.",
        hint: Suggestion.hint(for: name, in: furtherInputs.keys.sorted()))
    }
    var memories: [Int: Memory] = [:]
    for input in graph.inputs.dropFirst() {
      let (name, shape) = (graph.values[input].name, graph.values[input].shape)
      guard let tensor = further[name] else {
        throw .error("the input “\(name)” is missing.", hint: "Give it a tensor of shape \(shape.shapeText).")
      }
      guard tensor.shape == shape else {
        throw .error("the input “\(name)” takes \(shape.shapeText), not \(tensor.shape.shapeText).")
      }
      if let position = tensor.values.firstIndex(where: { !$0.isFinite }) {
        throw .error("element \(position) of the input “\(name)” is \(tensor.values[position]), no finite number.")
      }
      memories[input] = engine.upload(tensor)
    }
    return memories
  }
}
