public import Vocabulary

extension Figure {
  /// One cell of a figure: the picture of one method.
  public struct Panel: Sendable, TemplateView {
    /// The panel's id on its page.
    let id: String
    /// What a reader sees below it: mostly the method's name.
    let title: String
    /// The method's name in content.
    let method: String
    /// What sort of picture it is: `heat-map`, `signed-map`, `gradient` or `boxes`.
    let kind: String
    /// A short remark such as “IoU 0.62”.
    let note: String?
    /// All that it shows in one picture.
    let picture: Picture
    /// The photo that a map or boxes lie over; `nil` where the picture stands alone.
    let photo: Picture?
    /// The map in colours, to be laid over the photo.
    let overlay: Picture?
    /// Boxes to draw on the photo.
    let boxes: [Box]
    /// What the colours mean; `nil` where there are none.
    let legend: Legend?
    /// How far it may be trusted; `nil` where nobody asked.
    let evidence: Evidence?

    /// Creates a panel.
    ///
    /// - Parameters:
    ///   - id: the panel's id on its page.
    ///   - title: what a reader sees below it.
    ///   - method: what made it.
    ///   - isDifference: whether it is what two maps of the method differ by.
    ///   - picture: all that it shows in one picture.
    ///   - photo: the photo below a map or boxes.
    ///   - overlay: the map in colours.
    ///   - boxes: boxes to draw on the photo.
    ///   - legend: what the colours mean.
    ///   - note: a short remark.
    ///   - evidence: how far it may be trusted.
    public init(
      id: String, title: String, method: MethodName, isDifference: Bool = false, picture: Picture,
      photo: Picture? = nil, overlay: Picture? = nil,
      boxes: [Box] = [], legend: Legend? = nil, note: String? = nil, evidence: Evidence? = nil
    ) {
      self.id = id
      self.title = title
      self.method = method.id
      kind =
        switch method.picture {
        case .heatMap: isDifference ? "signed-map" : "heat-map"
        case .signedMap: "signed-map"
        case .gradient: "gradient"
        case .boxes: "boxes"
        }
      self.note = note
      self.picture = picture
      self.photo = photo?.untold
      self.overlay = overlay
      self.boxes = boxes
      self.legend = legend
      self.evidence = evidence
    }

    /// The id of a panel: row and figure are counted from 1.
    public static func id(_ name: String, row: Int, figure: Int) -> String {
      "\(PageIDs.row(row, ofFigure: figure))-\(name)"
    }
  }

  /// A box on a photo, in its pixels.
  public struct Box: Sendable, TemplateView {
    /// Pixels from the left.
    let x: Int
    /// Pixels from the top.
    let y: Int
    /// Its width in pixels.
    let width: Int
    /// Its height in pixels.
    let height: Int
    /// `found` by a method, or `drawn` by a person.
    let kind: String

    /// Creates a box.
    public init(x: Int, y: Int, width: Int, height: Int, isDrawn: Bool) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
      kind = isDrawn ? "drawn" : "found"
    }
  }

  /// A colour bar, with the numbers that its ends stand for.
  public struct Legend: Sendable, TemplateView {
    /// The colour map's name; `gradient` for tensors at the input.
    let colors: String
    /// Whether the colours fade where there is no evidence.
    let fades: Bool
    /// The value at the left end.
    let low: String
    /// The value at the right end.
    let high: String
    /// How strong the panel's map is beside the strongest of its method in the figure, such as `42 %`; `nil` where nothing is to be
    /// compared.
    let share: String?
    /// Whether they are coloured by one scale.
    let isShared: Bool

    /// Creates a legend.
    ///
    /// - Parameters:
    ///   - colormap: the colour map; `nil` for a tensor at the input, in which mid-grey is about zero.
    ///   - blend: where the colours cover the photo.
    ///   - range: what the ends stand for.
    ///   - share: the panel's own maximum over the highest of its method in the figure, 0…1; `nil` where nothing is to be compared.
    ///   - isShared: whether that is the maximum of the colours too.
    ///   - strings: the words of the interface, in the page’s language.
    public init(
      _ colormap: Colormap?, blend: Blend = .flat, _ range: ClosedRange<Double>, share: Double? = nil,
      isShared: Bool = false, in strings: Strings
    ) {
      colors = colormap?.rawValue ?? "gradient"
      fades = colormap != nil && blend == .fade
      low = strings.numbers.short(range.lowerBound)
      high = strings.numbers.short(range.upperBound)
      self.share = share.map(strings.numbers.percentage)
      self.isShared = isShared
    }
  }
}
