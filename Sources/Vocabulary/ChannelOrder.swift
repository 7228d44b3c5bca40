/// What the channels of a network's input hold, in their order.
public enum ChannelOrder: String, CaseIterable, Hashable, Sendable {
  case rgb, bgr, gray

  /// How many channels there are: 3, or 1 for gray.
  public var count: Int { self == .gray ? 1 : 3 }
}
