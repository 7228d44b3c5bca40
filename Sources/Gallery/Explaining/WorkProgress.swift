import Saliency

/// How far work has come that takes a while.
public struct WorkProgress: Sendable {
  /// What is worked on, such as `Score-CAM at layer conv5`.
  public let subject: String
  /// How much is done.
  public let done: Int
  /// How much there is.
  public let count: Int

  /// What is counted.
  public let unit: String

  init(subject: String, done: Int, count: Int, unit: String) {
    (self.subject, self.done, self.count, self.unit) = (subject, done, count, unit)
  }

  init(_ progress: PictureProgress) {
    self.init(subject: progress.subject, done: progress.done, count: progress.count, unit: "runs of the network")
  }
}
