/// A way to explain one class of a picture.
public enum Method: String, CaseIterable, Sendable {
  /// ∂y^c/∂x, the plain gradient at the input (Simonyan et al. 2014).
  case gradient
  /// The gradient at the input under the guided rule (Springenberg et al. 2015).
  case guidedBackpropagation = "guided-backprop"
  /// Class activation map (Zhou et al. 2016).
  case classActivationMap = "cam"
  /// Gradient-weighted class activation map (Selvaraju et al. 2017).
  case gradCAM = "grad-cam"
  /// Guided backpropagation seen through Grad-CAM (Selvaraju et al. 2017).
  case guidedGradCAM = "guided-grad-cam"
  /// What speaks against the class: Grad-CAM of the negated gradient (Selvaraju et al. 2017, §3.3).
  case counterfactual
  /// The box around the heaviest part of Grad-CAM (Selvaraju et al. 2017, §4.1).
  case localization
}
