import Imaging

/// In which widths pictures of pages come besides their own.
enum PictureSizes {
  /// Pixels across: what a panel or a card fills on most screens, and on those with twice as many pixels.
  private static let widths = [400, 800]

  /// A copy is worth a file where the picture is so many times as wide.
  private static let leastRatio = 1.5

  /// Stands for the rule in the keys of what is made by it.
  static let key = "sizes \(widths) \(leastRatio)"

  /// The sizes of smaller copies, the smallest first.
  static func below(width: Int, height: Int) -> [(width: Int, height: Int)] {
    widths.filter { Double(width) >= leastRatio * Double($0) }.map { narrow in
      (narrow, max(1, Int((Double(height) * Double(narrow) / Double(width)).rounded())))
    }
  }
}

extension Image {
  /// Smaller copies, the smallest first.
  var smallerCopies: [Image] {
    PictureSizes.below(width: width, height: height).map { resized(width: $0.width, height: $0.height) }
  }
}
