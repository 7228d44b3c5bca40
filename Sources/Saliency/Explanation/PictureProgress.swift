/// How far work has come that asks the network about many pictures.
public struct PictureProgress: Sendable {
  /// What is worked on, such as `Score-CAM at layer conv5`.
  public let subject: String
  /// How many pictures are done.
  public let done: Int
  /// How many there are.
  public let count: Int
}
