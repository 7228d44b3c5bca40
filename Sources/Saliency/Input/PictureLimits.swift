public import Diagnostics
public import Imaging

/// Which pictures can be shown beside what a network sees of them.
extension InputSpecification {
  /// How many times the longer side of a picture may be the shorter one.
  static let maximumAspect = 32
  /// The longest side of a panel: what JPEG can hold.
  static let maximumSide = 65_500

  /// Checks a picture before anything is computed for it.
  ///
  /// - Throws: `Diagnostic` where the network takes no pictures at all, or the panels would be of a size or shape that
  ///   nobody can look at.
  public func check(_ image: Image) throws(Diagnostic) {
    if case .planes(let count) = channels {
      throw .error(
        "The network takes \(count) channels, which pictures do not have.",
        hint: "Give “sitegen explain” a .npy tensor of shape \(shape.dimensions).")
    }
    let (longer, shorter) = (max(image.width, image.height), min(image.width, image.height))
    guard longer <= shorter * Self.maximumAspect else {
      throw .error(
        "The picture has \(image.width) × \(image.height) pixels: one side is \(longer / shorter) times the other, and at "
          + "most \(Self.maximumAspect) times can be shown.", hint: "Cut out the part that matters.")
    }
    let shown = placement(width: image.width, height: image.height).region
    // Gradients are painted with the input's columns and the proportions of what the network sees.
    let rows = width * shown.height / shown.width
    for (columns, rows) in [(shown.width, shown.height), (width, rows)] {
      guard max(columns, rows) <= Self.maximumSide, columns * rows <= Image.maximumPixelCount else {
        throw .error(
          "The picture has \(image.width) × \(image.height) pixels, and what is shown of it under an input of "
            + "\(width) × \(height) would have \(columns) × \(rows): at most \(Self.maximumSide) a side and "
            + "\(Image.maximumPixelCount) in all can be.",
          hint: "Shrink the picture: no network sees more than a thousand pixels a side.")
      }
    }
  }
}

extension [Int] {
  /// As people write shapes: `1×3×224×224`.
  var dimensions: String { map(String.init).joined(separator: "×") }
}
