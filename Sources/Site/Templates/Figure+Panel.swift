extension Figure {
  /// One picture of one method.
  public struct Panel: Sendable, TemplateView {
    /// The name that a reader sees above it.
    let title: String
    /// The method's name in content.
    let method: String
    /// A short remark such as “IoU 0.62”.
    let note: String?
    /// The picture.
    let picture: Picture
    /// The colour map of a heat map; `nil` when the picture has none.
    let colormap: String?

    /// Creates a panel.
    ///
    /// - Parameters:
    ///   - method: what made it.
    ///   - picture: the picture.
    ///   - colormap: the colour map of a heat map; `nil` when the picture has none.
    ///   - note: a short remark such as “IoU 0.62”.
    public init(method: Method, picture: Picture, colormap: ColormapName? = nil, note: String? = nil) {
      title = method.title
      self.method = method.rawValue
      self.note = note
      self.picture = picture
      self.colormap = colormap?.rawValue
    }
  }
}
