import Saliency
import Vocabulary

extension MethodNames {
  /// Those of the engine's methods.
  static let engine = MethodNames(
    all: Saliency.Method.all.map(\.name), standard: Saliency.Method.standard.map(\.name))
}
