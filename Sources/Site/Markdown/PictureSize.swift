/// How large a picture is that a text shows.
public struct PictureSize: Hashable, Sendable {
  /// Pixels across and down.
  public let width, height: Int

  /// Creates a size.
  public init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
  }
}
