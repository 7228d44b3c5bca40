/// How a network's scores become probabilities.
public enum ScoreFunction: String, Codable, Sendable {
  /// One class of many: softmax(y).
  case softmax
  /// Each class on its own, any number of them at once: sigmoid(y^c).
  case sigmoid
  /// Two classes and a single score y: class 1 is +y and class 0 is −y, with probabilities sigmoid(±y).
  case binary
}
