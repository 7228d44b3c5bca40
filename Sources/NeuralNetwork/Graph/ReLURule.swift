/// How a rectifier lets gradients through.
public enum ReLURule: Hashable, Sendable {
  /// Where the input was positive: the derivative.
  case standard
  /// Where the input was positive and the gradient is positive too (Springenberg et al. 2015, guided backpropagation).
  case guided
  /// Where the gradient is positive, whatever the input was (Zeiler and Fergus 2014, deconvolution). Rectifiers with an upper
  /// bound, such as ReLU6, keep their derivative, as in Captum.
  case deconvolution
}
