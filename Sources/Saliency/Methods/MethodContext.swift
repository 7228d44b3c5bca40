import NeuralNetwork

/// What formulas over other methods' results know besides.
struct MethodContext {
  /// The target layer, for methods that look at one.
  let layer: Layer?
  /// Shape of the network's input, [1, C, H, W].
  let inputShape: [Int]
  /// The share of a map's maximum, 0…1, above which a cell counts for a box.
  let threshold: Float

  /// The part of the picture that the layer's maps lie over.
  var view: FieldOfView { layer?.view ?? .whole }
}
