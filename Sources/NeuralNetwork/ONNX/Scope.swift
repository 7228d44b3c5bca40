/// Where the names of nodes mean something: the model's own graph, one call of a function, or the branch that an `If`
/// takes.
///
/// Inside a call or branch, tensors get names that are unique in the whole model, so that afterwards all nodes lie in one
/// graph.
final class Scope {
  /// The scope around a branch, whose tensors it sees. A function sees none but its own.
  private let outer: Scope?
  /// The functions that are being expanded, the innermost last.
  let calls: [ONNXFunction.Identifier]
  /// How many calls and branches lie around.
  let depth: Int
  /// Version of the standard operator set.
  let opset: Int
  /// Names inside → names in the whole model.
  private let names: [String: String]
  /// What a call says, and what the function says where the call is silent; `nil` outside of functions.
  private let attributes: [String: ONNXAttribute]?

  /// The model's own graph.
  init(opset: Int) {
    (outer, calls, depth, names, attributes) = (nil, [], 0, [:], nil)
    self.opset = opset
  }

  /// One call of a function, or of an operator that is spelled out (`nil`).
  init(
    of function: ONNXFunction.Identifier?, from scope: Scope, opset: Int, names: [String: String],
    attributes: [String: ONNXAttribute] = [:]
  ) {
    outer = nil
    calls = scope.calls + [function].compactMap(\.self)
    depth = scope.depth + 1
    self.opset = opset
    self.names = names
    self.attributes = attributes
  }

  /// A branch.
  init(inside scope: Scope, names: [String: String]) {
    outer = scope
    calls = scope.calls
    depth = scope.depth + 1
    opset = scope.opset
    self.names = names
    attributes = nil
  }

  /// The name in the whole model. What nobody in here knows has no name, except in the model's own graph.
  func global(_ name: String) -> String {
    if name.isEmpty { return "" }
    if let known = names[name] { return known }
    if let outer { return outer.global(name) }
    // No tensor of the model has a line break in its name, so that nothing computes this.
    return depth == 0 ? name : name + "\n"
  }

  /// `attributes` with values in place of references to those of the call around.
  ///
  /// A reference to an attribute that the call leaves out is left out. Outside of functions references stay.
  func resolved(_ attributes: [ONNXAttribute]) -> [ONNXAttribute] {
    guard let known = self.attributes else { return outer?.resolved(attributes) ?? attributes }
    return attributes.compactMap { attribute in
      guard !attribute.reference.isEmpty else { return attribute }
      var value = known[attribute.reference]
      value?.name = attribute.name
      return value
    }
  }
}
