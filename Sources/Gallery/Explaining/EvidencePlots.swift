import Foundation
import Saliency
import Site

extension MapEvidence {
  /// Deletion and insertion as curves.
  ///
  /// - Parameter subject: whose map it is, such as `Grad-CAM, tiger cat`.
  func curvesPlot(_ subject: String, _ strings: Strings) -> LinePlot {
    let isOfClass = classSensitivity != nil
    func area(_ value: Double) -> [String: String] {
      ["area": strings.numbers.written(String(format: "%.3g", value))]
    }
    return LinePlot(
      title: strings(.plotCurves, ["subject": subject]),
      horizontal: (strings(.plotNoPixels), strings(.plotPixels), strings(.plotAllPixels)),
      vertical: strings(isOfClass ? .plotProbability : .plotValue),
      curves: [
        LinePlot.Curve(
          name: strings(.plotDeletion, area(faithfulness.deletionAuc)), color: "#b2182b",
          values: faithfulness.deletion),
        LinePlot.Curve(
          name: strings(.plotInsertion, area(faithfulness.insertionAuc)), color: "#2166ac",
          values: faithfulness.insertion),
        LinePlot.Curve(
          name: strings(.plotMasked), color: "gray",
          values: faithfulness.insertion.map { _ in faithfulness.maskedProbability }),
      ], range: 0...(isOfClass ? (faithfulness.insertion + faithfulness.deletion).max() ?? 1 : 0),
      numbers: strings.numbers)
  }

  /// What is left of the map by depth.
  func randomizationPlot(_ subject: String, _ strings: Strings) -> LinePlot {
    LinePlot(
      title: strings(.plotRandomized, ["subject": subject]),
      horizontal: (strings(.plotLastLayer), strings(.plotLostLayers), strings(.plotAllLayers)),
      vertical: strings(.plotLikeness),
      curves: [
        LinePlot.Curve(name: strings(.plotSpearman), color: "#b2182b", values: randomization.map(\.spearman)),
        LinePlot.Curve(name: "SSIM", color: "#2166ac", values: randomization.map(\.ssim)),
      ], range: -1...1, numbers: strings.numbers)
  }
}
