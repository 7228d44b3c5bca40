public import Imaging
public import NeuralNetwork

/// What a method yields.
public enum Attribution: Sendable {
  /// A map at a layer's resolution, not normalised.
  case map(Heatmap)
  /// A tensor at the input, [1, C, H, W].
  case tensor(Tensor)
  /// A box in pixels of the network's input; `nil` where there is none.
  case box(Rect?)

  /// The map, where it is one.
  public var heatmap: Heatmap? { if case .map(let map) = self { map } else { nil } }

  /// The tensor at the input, where it is one.
  public var tensor: Tensor? { if case .tensor(let tensor) = self { tensor } else { nil } }

  /// The numbers that it consists of.
  public var values: [Float] {
    switch self {
    case .map(let map): map.values
    case .tensor(let tensor): tensor.values
    case .box: []
    }
  }

  /// Whether there is nothing to see: a map that is nowhere above zero, a tensor of zeros, no box.
  public var isBlank: Bool {
    switch self {
    case .map(let map): map.isBlank
    case .tensor(let tensor): tensor.values.allSatisfy { $0 == 0 }
    case .box(let box): box == nil
    }
  }
}
