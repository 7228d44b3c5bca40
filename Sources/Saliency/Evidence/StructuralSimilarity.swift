public import Imaging

/// How alike two maps look.
public enum StructuralSimilarity {
  /// Pixels that a window has a side.
  static let window = 7

  /// The mean of SSIM over all windows of 7 × 7 pixels, of maps whose values lie between 0 and 1; 1 for equal maps.
  ///
  /// With the constants, and the variances, of scikit-image's `structural_similarity`. Source: Wang et al. 2004, equation 13.
  ///
  /// - Returns: `nil` where the sizes differ, or are less than a window's.
  public static func ssim(_ a: Heatmap, _ b: Heatmap) -> Double? {
    guard (a.width, a.height) == (b.width, b.height), min(a.width, a.height) >= window else { return nil }
    let (x, y) = (a.values.map(Double.init), b.values.map(Double.init))
    let means: [[Double]] = [x, y, product(x, x), product(y, y), product(x, y)].map {
      windowMeans($0, width: a.width, height: a.height)
    }
    let count = Double(window * window)
    let sample = count / (count - 1)
    // (0.01 · range)² and (0.03 · range)².
    let (c1, c2) = (1e-4, 9e-4)
    var sum = 0.0
    for place in means[0].indices {
      let (ux, uy) = (means[0][place], means[1][place])
      let vx = sample * (means[2][place] - ux * ux)
      let vy = sample * (means[3][place] - uy * uy)
      let vxy = sample * (means[4][place] - ux * uy)
      let brightness = (2 * ux * uy + c1) / (ux * ux + uy * uy + c1)
      let contrast = (2 * vxy + c2) / (vx + vy + c2)
      sum += brightness * contrast
    }
    return sum / Double(means[0].count)
  }

  private static func product(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 * $1 } }

  /// The mean over each window that lies within, row by row.
  private static func windowMeans(_ values: [Double], width: Int, height: Int) -> [Double] {
    let (columns, rows) = (width - window + 1, height - window + 1)
    var across = [Double](repeating: 0, count: columns * height)
    for row in 0..<height {
      for column in 0..<columns {
        let start = row * width + column
        across[row * columns + column] = values[start..<start + window].reduce(0, +)
      }
    }
    return (0..<rows * columns).map { place in
      var sum = 0.0
      for row in 0..<window { sum += across[place + row * columns] }
      return sum / Double(window * window)
    }
  }
}
