public import Diagnostics

/// Whether `scale`, `mean` and `std` can be in the same units.
///
/// Networks that were trained on pictures from 0 to 1 and from 0 to 255 are equally common, and their numbers are copied
/// from one card to another; what goes in is then nearly constant, and every score is wrong without a word.
extension ModelCard.Input {
  /// What is doubtful about the numbers, and which of them to change; `nil` where they go together.
  public var unitsWarning: Diagnostic? {
    let white = scale ?? 1
    let meanUnit = otherUnit(of: mean) { $0 <= 1 && mean.contains { $0 != 0 } }
    let stdUnit = otherUnit(of: std) { $0 < 1 }
    guard let unit = meanUnit ?? stdUnit else { return nil }
    let (key, values) = meanUnit != nil ? ("mean", mean) : ("std", std)
    let size = unit > white ? "far beyond white" : "next to nothing beside white"
    // What is left out, mean 0 and std 1, speaks for no units.
    let scaleIsAlone =
      meanUnit == stdUnit || meanUnit != nil && std.allSatisfy { $0 == 1 }
      || meanUnit == nil && mean.allSatisfy { $0 == 0 }
    let change =
      scaleIsAlone
      ? "Change `scale` to \(unit.short)."
      : "Change `\(key)` to the units of `scale`: \(values.map { $0 * white / unit }.short)."
    return .warning("`\(key)` is \(values.short), \(size), which is \(white.short) by `scale`.", hint: change)
  }

  /// The value of white that numbers must go with that cannot go with `scale`; `nil` where they can.
  private func otherUnit(of numbers: [Double], isFraction: (Double) -> Bool) -> Double? {
    let white = scale ?? 1
    if white <= 2 { return numbers.contains { $0.magnitude > 2 } ? 255 : nil }
    return white >= 64 && numbers.allSatisfy { isFraction($0.magnitude) } ? 1 : nil
  }
}

extension [Double] {
  /// A list as it stands in a card; the number alone where there is one.
  fileprivate var short: String { count == 1 ? self[0].short : "[" + map(\.short).joined(separator: ", ") + "]" }
}

extension Double {
  /// The number with at most four digits, as people write it: `0.485`, `123.7`.
  fileprivate var short: String {
    let digits = magnitude >= 100 ? 10.0 : magnitude >= 1 ? 100.0 : 10_000.0
    let rounded = (self * digits).rounded() / digits
    return Int(exactly: rounded).map(String.init) ?? String(rounded)
  }
}
