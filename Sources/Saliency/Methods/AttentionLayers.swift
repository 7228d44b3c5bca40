public import Diagnostics
import Imaging
public import NeuralNetwork

/// What the tokens of a picture attend to, layer by layer from the input on.
struct AttentionLayers {
  /// One layer: for each of the heads a matrix [T, T] in which row i says what token i attends to; and its gradient.
  struct Layer {
    let heads: [SquareMatrix]
    let gradients: [SquareMatrix]?

    /// - Parameters:
    ///   - attention: [1, heads, T, T] or [heads, T, T].
    ///   - gradient: ∂y/∂attention, in the same shape.
    init(_ attention: Tensor, gradient: Tensor?, size: Int) {
      heads = SquareMatrix.all(in: attention, size: size)
      gradients = gradient.map { SquareMatrix.all(in: $0, size: size) }
    }
  }

  let layers: [Layer]
  /// How the tokens lie over the picture.
  let grid: TokenGrid

  /// How much the answer draws on each cell of the grid, given how much each token draws on each other: the class token's row,
  /// or where there is none the mean over all tokens' rows.
  func map(_ flow: SquareMatrix) throws -> Heatmap {
    let size = flow.size
    let row =
      grid.leading > 0
      ? Array(flow.values[..<size])
      : (0..<size).map { column in (0..<size).reduce(0) { $0 + flow.values[$1 * size + column] } / Double(size) }
    return try Heatmap(
      width: grid.width, height: grid.height, values: row.dropFirst(grid.leading).map(Float.init))
  }
}

/// A matrix of as many rows as columns, row by row.
struct SquareMatrix {
  let size: Int
  var values: [Double]

  init(size: Int, _ values: [Double]) { (self.size, self.values) = (size, values) }

  /// Ones on the diagonal.
  static func identity(_ size: Int) -> SquareMatrix {
    SquareMatrix(size: size, (0..<size * size).map { $0 % (size + 1) == 0 ? 1 : 0 })
  }

  /// The matrices that lie in a tensor one behind the other.
  static func all(in tensor: Tensor, size: Int) -> [SquareMatrix] {
    stride(from: 0, to: tensor.values.count, by: size * size).map { start in
      SquareMatrix(size: size, tensor.values[start..<start + size * size].map(Double.init))
    }
  }

  /// The mean of matrices of one size, each changed in its place.
  static func mean(_ matrices: [SquareMatrix], _ value: (_ matrix: Int, _ element: Int) -> Double) -> SquareMatrix {
    let size = matrices.first?.size ?? 0
    return SquareMatrix(
      size: size,
      (0..<size * size).map { element in
        matrices.indices.reduce(0) { $0 + value($1, element) } / Double(matrices.count)
      })
  }

  /// self · other.
  func times(_ other: SquareMatrix) -> SquareMatrix {
    var product = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for inner in 0..<size {
        let factor = values[row * size + inner]
        for column in 0..<size { product[row * size + column] += factor * other.values[inner * size + column] }
      }
    }
    return SquareMatrix(size: size, product)
  }

  /// The sum of two.
  func plus(_ other: SquareMatrix) -> SquareMatrix {
    SquareMatrix(size: size, zip(values, other.values).map { $0 + $1 })
  }

  /// Each row divided by its sum.
  var withRowsNormalized: SquareMatrix {
    var copy = self
    for row in 0..<size {
      let range = row * size..<(row + 1) * size
      let sum = values[range].reduce(0, +)
      for place in range { copy.values[place] /= sum }
    }
    return copy
  }
}

extension Network {
  /// Why methods of attention cannot follow it through this network; `nil` where they can.
  public var attentionFault: Diagnostic? {
    do throws(Diagnostic) {
      _ = try attentionBlocks.required()
      return nil
    } catch {
      return error
    }
  }
}

extension [AttentionBlock] {
  /// The blocks, where methods can follow attention through all of them.
  ///
  /// - Throws: `Diagnostic` where there are none, or their tokens are not the same.
  func required() throws(Diagnostic) -> [AttentionBlock] {
    guard let last else {
      throw .error(
        "the network has no layer in which all tokens of the picture attend to each other, and methods of attention need one.",
        hint: "Try “grad-cam”, which works on any layer.")
    }
    guard let other = first(where: { $0.grid != last.grid }) else { return self }
    throw .error(
      "the network attends between \(other.grid.tokens) tokens at “\(other.weights.node)” and between \(last.grid.tokens) at "
        + "“\(last.weights.node)”: attention cannot be followed from one to the other.",
      hint: "Try “grad-cam”, which works on any layer.")
  }
}
