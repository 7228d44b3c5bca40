public import NeuralNetwork

/// max|a − b| / max|b| of found numbers a and reference numbers b: the one comparison of numbers of all tests.
///
/// It is infinite, so that no tolerance lets it pass, where there is nothing to compare, where the counts differ, and where
/// any number on either side is not finite. Against a reference of zeros alone only zeros pass, and zeros alone deviate by
/// 1 from any other reference.
public func deviation(
  _ found: some Collection<some BinaryFloatingPoint>, from reference: some Collection<some BinaryFloatingPoint>
) -> Double {
  guard found.count == reference.count, !found.isEmpty else { return .infinity }
  var (difference, scale) = (0.0, 0.0)
  for (a, b) in zip(found, reference) {
    guard a.isFinite, b.isFinite else { return .infinity }
    difference = max(difference, abs(Double(a) - Double(b)))
    scale = max(scale, abs(Double(b)))
  }
  guard scale > 0 else { return difference == 0 ? 0 : .infinity }
  return difference / scale
}

/// Whether every number is within `absolute + relative · |reference|` of its reference, as numpy's `allclose` has it.
///
/// A number that is not finite agrees with the same one alone: NaN with NaN, an infinity with the infinity of its sign.
public func agree(
  _ found: some Collection<Float>, with reference: some Collection<Float>, relative: Float, absolute: Float
) -> Bool {
  found.count == reference.count && !found.isEmpty
    && zip(found, reference).allSatisfy { agrees($0, with: $1, relative: relative, absolute: absolute) }
}

/// Whether one number is within `absolute + relative · |reference|` of its reference.
public func agrees(_ found: Float, with reference: Float, relative: Float, absolute: Float) -> Bool {
  guard found.isFinite, reference.isFinite else { return found == reference || found.isNaN && reference.isNaN }
  return abs(found - reference) <= absolute + relative * abs(reference)
}

extension Tensor {
  /// `deviation` of the values, infinite where the shapes differ.
  public func deviation(from reference: Tensor) -> Double {
    shape == reference.shape ? TestSupport.deviation(values, from: reference.values) : .infinity
  }
}
