/// How a box is drawn.
///
/// The two styles for localization tell themselves apart by their lines, and by colours that differ in lightness by more
/// than 3 to 1, so that they do for colour-blind readers and in print too. Colours: Okabe and Ito, Color Universal
/// Design, 2008.
public struct BoxStyle: Sendable {
  /// The outline's colour.
  public var color: RGB
  /// Whether the outline has gaps.
  public var isDashed: Bool

  /// Creates a style.
  public init(color: RGB, isDashed: Bool = false) {
    self.color = color
    self.isDashed = isDashed
  }

  /// A box found by a network: solid, yellow.
  public static let predicted = BoxStyle(color: (240, 228, 66))
  /// A box drawn by a person: dashed, blue. Drawn over a predicted one in the same place, it lets that show in its gaps.
  public static let groundTruth = BoxStyle(color: (0, 114, 178), isDashed: true)
}
