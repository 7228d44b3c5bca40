/// The vectors of a tensor along some neighbouring axes.
struct Lanes {
  private let outer: Int
  /// Elements of a vector.
  let count: Int
  private let inner: Int

  init(_ shape: [Int], axes: Range<Int>) {
    self.init(
      outer: shape[..<axes.lowerBound].reduce(1, *), count: shape[axes].reduce(1, *),
      inner: shape[axes.upperBound...].reduce(1, *))
  }

  private init(outer: Int, count: Int, inner: Int) {
    self.outer = outer
    self.count = count
    self.inner = inner
  }

  /// How many vectors there are.
  var laneCount: Int { outer * inner }

  /// Where element `position` of a vector lies, row-major.
  func offset(lane: Int, _ position: Int) -> Int {
    lane / inner * inner * count + lane % inner + position * inner
  }

  /// The vectors of a tensor that has `count` elements along those axes.
  func resized(to count: Int) -> Lanes { Lanes(outer: outer, count: count, inner: inner) }

  /// A tensor whose vectors `body` computes from those of `operands` at the same place, in float64.
  func map(
    _ operands: [Memory], on engine: Engine, _ body: (_ inputs: [[Double]], _ output: inout [Double]) -> Void
  ) throws -> Memory {
    let plain = try operands.map { try engine.reorder($0, to: .plain) }
    let sources = plain.map(\.elements)
    let result = engine.allocate(Layout(operands[0].shape))
    let target = result.elements
    var vector = [Double](repeating: 0, count: count)
    withExtendedLifetime(plain) {
      for lane in 0..<laneCount {
        let start = offset(lane: lane, 0)
        body(sources.map { source in (0..<count).map { Double(source[start + $0 * inner]) } }, &vector)
        for index in 0..<count { target[start + index * inner] = Float(vector[index]) }
      }
    }
    return result
  }
}
