public import Imaging

extension Heatmap {
  /// A map of noise, the same each time: what evidence says of it, it says of maps that know nothing.
  ///
  /// - Parameter input: the shape of the network's input, [1, C, H, W].
  /// - Throws: `Diagnostic` where a side is not positive.
  public static func noise(input: [Int]) throws -> Heatmap {
    var random = SplitMix64(seed: 0)
    let values = (0..<input[2] * input[3]).map { _ in Float((random.nextSigned() + 1) / 2) }
    return try Heatmap(width: input[3], height: input[2], values: values)
  }
}
