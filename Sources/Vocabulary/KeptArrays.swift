/// Whose raw values a page offers as .npy files.
public enum KeptArrays: String, CaseIterable, Hashable, Sendable {
  case none
  /// Those of maps, which are small.
  case maps
  /// Those of tensors at the input too: each as large as the network's input.
  case all
}
