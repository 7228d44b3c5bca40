/// The weights by which input samples make up the output samples along one axis: a triangle (bilinear) filter that is
/// as wide as an output sample when it shrinks, and so antialiases.
///
/// Weights are integers over 2^22, in the arithmetic of Pillow's `Image.resize(size, Image.BILINEAR, box)`, so that a
/// network sees the very pixels that it sees in Python.
struct TriangleFilter {
  /// Binary digits after the point of a weight.
  static let precision: Int32 = 22

  /// For each of the `outputs`, the first input sample that counts.
  private(set) var starts: [Int] = []
  /// Likewise, how many input samples count from there.
  private(set) var counts: [Int] = []
  /// Likewise, `stride` places for its weights.
  private(set) var weights: [Int32]
  /// Most input samples that count for one output sample.
  let stride: Int

  /// Computes the weights.
  ///
  /// - Parameters:
  ///   - inputLength: samples along the axis; beyond them there is nothing, and the weights are shared by the rest.
  ///   - region: the part of the input that is spread over the output.
  ///   - outputLength: samples that it is spread over.
  ///   - outputs: those that are wanted; all of them if absent.
  init(inputLength: Int, region: Range<Int>, outputLength: Int, outputs: Range<Int>? = nil) {
    let scale = Double(region.count) / Double(outputLength)
    let support = max(scale, 1)
    let inverse = 1 / support
    stride = Int(support.rounded(.up)) * 2 + 1
    let outputs = outputs ?? 0..<outputLength
    weights = [Int32](repeating: 0, count: outputs.count * stride)
    for (place, output) in outputs.enumerated() {
      let center = Double(region.lowerBound) + (Double(output) + 0.5) * scale
      let start = max(Int(center - support + 0.5), 0)
      let end = min(Int(center + support + 0.5), inputLength)
      let heights = (start..<end).map { max(1 - abs((Double($0) - center + 0.5) * inverse), 0) }
      let sum = heights.reduce(0, +)
      for (tap, height) in heights.enumerated() {
        weights[place * stride + tap] = Int32(height / sum * Double(1 << Self.precision) + 0.5)
      }
      starts.append(start)
      counts.append(heights.count)
    }
  }
}
