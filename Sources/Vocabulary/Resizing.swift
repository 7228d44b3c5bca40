/// How a picture of another shape is brought to the size of a network's input.
public enum Resizing: Hashable, Sendable {
  /// Both sides are scaled on their own.
  case stretch
  /// The shorter side is scaled to this many pixels, then the middle is cut out (torchvision's Resize and CenterCrop).
  case crop(shorterSide: Int)
  /// The whole picture is scaled to fit, and the rest filled with the mean colour.
  case pad
}
