/// How long one operation of a network takes, forward and on the way back of one guided gradient.
public struct OperationProfile: Codable, Equatable, Sendable {
  /// The node, the last one where several are fused.
  public let name: String
  /// What it computes, such as `Conv`, with what is fused into it.
  public let kind: String
  /// Milliseconds of the forward run.
  public let forwardMilliseconds: Double
  /// Milliseconds of the guided backward run.
  public let backwardMilliseconds: Double
  /// Milliseconds of oneDNN's own direct convolutions alone, for the same shapes; `nil` for other operations.
  public let directMilliseconds: Direct?

  /// What oneDNN's primitives take by themselves, without rectifiers, sums and changes of layout.
  public struct Direct: Codable, Equatable, Sendable {
    /// Of the forward primitive.
    public let forward: Double
    /// Of the primitive for the gradient at the input.
    public let backward: Double
  }
}
