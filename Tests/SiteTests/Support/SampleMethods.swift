import Vocabulary

extension MethodName {
  static let gradient = MethodName("gradient", title: "Gradient", picture: .gradient)
  static let guidedBackprop = MethodName("guided-backprop", title: "Guided backprop", picture: .gradient)
  static let cam = MethodName("cam", title: "CAM", picture: .heatMap)
  static let gradCAM = MethodName("grad-cam", title: "Grad-CAM", picture: .heatMap)
  static let guidedGradCAM = MethodName("guided-grad-cam", title: "Guided Grad-CAM", picture: .gradient)
  static let counterfactual = MethodName("counterfactual", title: "Counterfactual", picture: .heatMap)
  static let localization = MethodName("localization", title: "Localization", picture: .boxes)
}

extension MethodNames {
  /// Methods that content may name in tests, where there is no engine.
  static let sample = MethodNames(
    all: [.gradient, .guidedBackprop, .cam, .gradCAM, .guidedGradCAM, .counterfactual, .localization],
    standard: [.guidedBackprop, .gradCAM, .guidedGradCAM])
}
