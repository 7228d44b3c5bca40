public import Imaging

/// How alike two maps are.
public struct Likeness: Codable, Equatable, Sendable {
  /// Spearman's ρ, −1…1; `nil` where one of them has no order.
  public let spearman: Double?
  /// SSIM, at most 1; `nil` where they are too small.
  public let ssim: Double?

  /// Compares pixel maps of one size.
  public init(_ a: Heatmap, _ b: Heatmap) {
    spearman = RankCorrelation.spearman(a.values, b.values)
    ssim = StructuralSimilarity.ssim(a, b)
  }

  /// Of a map and one that shows nothing.
  public static let none = Likeness(spearman: nil, ssim: nil)

  private init(spearman: Double?, ssim: Double?) { (self.spearman, self.ssim) = (spearman, ssim) }
}
