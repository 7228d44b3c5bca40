/// A way to explain a target, as content, command line and pages speak of it.
///
/// The engine's table of methods makes these; nothing else lists them.
public struct MethodName: Hashable, Sendable {
  /// What a method's picture shows.
  public enum Picture: Hashable, Sendable {
    /// A map in colours over the photo, which a colour bar explains.
    case heatMap
    /// A map of values that speak for the target and against it, in colours of two directions.
    case signedMap
    /// A tensor at the input as a picture, where mid-grey is zero.
    case gradient
    /// Boxes on the photo.
    case boxes

    /// Whether it shows a map in colours over the photo.
    public var isMap: Bool { self == .heatMap || self == .signedMap }
  }

  /// As it is written: `grad-cam`.
  public let id: String
  /// As it is read above a panel: `Grad-CAM`.
  public let title: String
  /// What its picture shows.
  public let picture: Picture

  /// Creates a name.
  public init(_ id: String, title: String, picture: Picture) {
    self.id = id
    self.title = title
    self.picture = picture
  }
}
