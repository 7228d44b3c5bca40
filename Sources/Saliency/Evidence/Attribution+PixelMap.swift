public import Imaging
public import NeuralNetwork

extension Attribution {
  /// What evidence is about: a value for each pixel of the input, at most 1 where the map is highest.
  ///
  /// A map is normalised and upsampled, a tensor at the input becomes the sum of its channels' magnitudes.
  ///
  /// - Parameters:
  ///   - view: the part of the picture that the map lies over.
  ///   - input: the shape of the network's input, [1, C, H, W].
  /// - Returns: `nil` for boxes, and for what has nothing to show or is not finite.
  public func pixelMap(over view: FieldOfView, input: [Int]) -> Heatmap? {
    let (height, width) = (input[2], input[3])
    switch self {
    case .map(let map):
      guard map.isFinite, !map.isBlank else { return nil }
      return map.normalized().laid(over: view, width: width, height: height)
    case .tensor(let tensor):
      var sums = [Float](repeating: 0, count: width * height)
      for (place, value) in tensor.values.enumerated() { sums[place % sums.count] += abs(value) }
      guard let map = try? Heatmap(width: width, height: height, values: sums), map.isFinite, !map.isBlank else {
        return nil
      }
      return map.normalized()
    case .box: return nil
    }
  }
}
