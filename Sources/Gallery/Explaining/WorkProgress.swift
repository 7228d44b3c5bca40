import Saliency

/// How far work has come that takes many runs of a network.
public struct WorkProgress: Sendable {
  /// What is worked on, such as `Score-CAM at layer conv5`.
  public let subject: String
  /// How many runs are done.
  public let done: Int
  /// How many there are.
  public let count: Int

  init(_ progress: PictureProgress) {
    (subject, done, count) = (progress.subject, progress.done, progress.count)
  }
}
