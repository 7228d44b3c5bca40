/// A way to explain a class score, under the name that content and the command line use.
public enum Method: String, CaseIterable, Hashable, Sendable {
  case gradient
  case guidedBackprop = "guided-backprop"
  case cam
  case gradCAM = "grad-cam"
  case guidedGradCAM = "guided-grad-cam"
  case counterfactual
  case localization

  /// What a block shows when nobody says otherwise.
  public static let standard: [Method] = [.guidedBackprop, .gradCAM, .guidedGradCAM]

  /// The name that a reader sees above a panel.
  public var title: String {
    switch self {
    case .gradient: "Gradient"
    case .guidedBackprop: "Guided backprop"
    case .cam: "CAM"
    case .gradCAM: "Grad-CAM"
    case .guidedGradCAM: "Guided Grad-CAM"
    case .counterfactual: "Counterfactual"
    case .localization: "Localization"
    }
  }

  /// Whether its panel is a colour-mapped overlay, which a colour bar explains.
  public var isHeatMap: Bool {
    switch self {
    case .cam, .gradCAM, .counterfactual, .localization: true
    case .gradient, .guidedBackprop, .guidedGradCAM: false
    }
  }
}
