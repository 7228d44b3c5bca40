/// Something in a formula that cannot be read.
struct MathFault: Error, Equatable {
  /// The place in the formula, in characters from its beginning.
  let place: Int
  /// What was found, as a full sentence.
  let summary: String
  /// A way out, as a full sentence.
  let hint: String
}
