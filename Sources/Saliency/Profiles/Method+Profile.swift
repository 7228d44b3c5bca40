public import Vocabulary

extension Method {
  /// The method as a library has it: another formula where its conventions differ, else the method itself.
  public func under(_ profile: Profile) -> Method {
    switch profile {
    case .paper: self
    case .pytorchGradCAM: underPytorchGradCAM
    case .captum: underCaptum
    }
  }
}
