extension FigureRequest.ID {
  /// Whether the block stands on a page that lists show with a picture, which may be the block's.
  public var hasCard: Bool { RelativePath.name(of: RelativePath.folder(of: page)) == "experiments" }
}
