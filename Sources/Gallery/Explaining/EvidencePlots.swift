import Foundation
import Saliency

extension MapEvidence {
  /// Deletion and insertion as curves.
  ///
  /// - Parameter subject: whose map it is, such as `Grad-CAM, tiger cat`.
  func curvesPlot(_ subject: String) -> LinePlot {
    let isOfClass = classSensitivity != nil
    return LinePlot(
      title: "Deletion and insertion: \(subject)",
      horizontal: ("0 %", "pixels changed, from the map’s highest on", "100 %"),
      vertical: isOfClass ? "probability" : "value of the target",
      curves: [
        LinePlot.Curve(
          name: "deletion, area \(Self.text(faithfulness.deletionAuc))", color: "#b2182b",
          values: faithfulness.deletion),
        LinePlot.Curve(
          name: "insertion, area \(Self.text(faithfulness.insertionAuc))", color: "#2166ac",
          values: faithfulness.insertion),
        LinePlot.Curve(
          name: "seen through the map", color: "gray",
          values: faithfulness.insertion.map { _ in faithfulness.maskedProbability }),
      ], range: 0...(isOfClass ? (faithfulness.insertion + faithfulness.deletion).max() ?? 1 : 0))
  }

  /// What is left of the map by depth.
  func randomizationPlot(_ subject: String) -> LinePlot {
    LinePlot(
      title: "Randomized from the last layer on: \(subject)",
      horizontal: ("last layer", "layers whose weights are lost", "all"), vertical: "likeness to the map",
      curves: [
        LinePlot.Curve(name: "Spearman’s ρ", color: "#b2182b", values: randomization.map(\.spearman)),
        LinePlot.Curve(name: "SSIM", color: "#2166ac", values: randomization.map(\.ssim)),
      ], range: -1...1)
  }

  private static func text(_ value: Double) -> String { String(format: "%.3g", value) }
}
