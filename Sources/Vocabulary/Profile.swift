/// Whose conventions maps follow.
public enum Profile: String, CaseIterable, Hashable, Sendable {
  /// The papers'.
  case paper
  /// Those of the library pytorch-grad-cam: maps of the input's size, scaled from their least to their greatest value.
  case pytorchGradCAM = "pytorch-grad-cam"
  /// Those of the library Captum: Grad-CAM with both signs, and products with maps as they are.
  case captum
}
