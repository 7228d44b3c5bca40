public import NeuralNetwork

/// One method at one layer: the unit of what is computed and kept for a class of a picture under a network.
public struct Cell: Hashable, Sendable {
  /// The method.
  public let method: Method
  /// The target layer; `nil` for methods that look at none that one can choose.
  public let layer: Layer?

  /// Creates a cell; the layer of a method that looks at none is dropped.
  public init(_ method: Method, at layer: Layer?) {
    self.method = method
    self.layer = method.needsLayer ? layer : nil
  }

  /// As it is read: `Score-CAM at layer conv5`.
  var title: String { method.name.title + (layer.map { " at layer \($0.name)" } ?? "") }

  /// The cells that a run computes for `methods` at `layers`: those of the methods that all others are made of, each once.
  public static func computed(_ methods: some Sequence<Method>, at layers: [Layer]) -> [Cell] {
    let asked = Set(methods.flatMap(\.computed))
    return asked.sorted { $0.key < $1.key }.flatMap { method in
      method.needsLayer ? layers.map { Cell(method, at: $0) } : [Cell(method, at: nil)]
    }
  }
}
