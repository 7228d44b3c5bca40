/// What a model's input that is not the picture is given: token ids, a mask, a state.
public enum FurtherInput: Hashable, Sendable {
  /// Always this tensor. What depends on it alone is computed when the model is loaded.
  case tensor(Tensor)
  /// A tensor of this shape with each forward run.
  case shape([Int])
}
