public import NeuralNetwork

extension Attributions {
  /// What is to be said of a method that shows nothing, where the numbers that it is made of tell why.
  public func nothing(_ method: Method, at layer: Layer?) -> Finding {
    let name = Cell(method, at: layer).layer?.name
    // What speaks against the target is what the counterfactual shows.
    guard method.id != Method.counterfactual.id, let name, method.computed.map(\.id).contains(Method.signedSum.id),
      let part = method.computed.first(where: { $0.id == Method.signedSum.id }),
      let values = computed[Cell(part, at: layer)]?.values, let lowest = values.min(), let highest = values.max(),
      lowest < 0, highest <= 0
    else { return .nothing(method: method.id, layer: name) }
    return .allAgainst(layer: name, lowest: lowest, highest: highest)
  }
}
