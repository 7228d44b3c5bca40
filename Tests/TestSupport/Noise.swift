/// Numbers between −1 and 1 without a pattern (a linear congruential generator), the same in every run.
public func noise(_ count: Int, seed: Int) -> [Float] {
  var state = UInt32(truncatingIfNeeded: seed &* 7919 &+ 1)
  return (0..<count).map { _ in
    state = state &* 1_664_525 &+ 1_013_904_223
    return Float(Int32(bitPattern: state) >> 8) / Float(1 << 23)
  }
}
