/// A generator that gives the same numbers in every run. Source: Steele, Lea and Flood 2014.
public struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers that follow a seed.
  public init(state: UInt64) { self.state = state }

  /// The next number, of 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
