extension Figure {
  /// How far a panel's map may be trusted: numbers that were measured, each with a plot of where it comes from.
  public struct Evidence: Sendable, TemplateView {
    /// Whether numbers are probabilities of a class; else they are the value of what is explained.
    let isOfClass: Bool
    /// The area under the curve of the probability, or value, while pixels are taken away.
    let deletion: String
    /// The same while they come back.
    let insertion: String
    /// How much of the probability is lost when the picture is seen through the map alone; `nil` where nothing is, or for what is no
    /// class.
    let drop: String?
    /// The probability then, where it is higher than before; `nil` likewise.
    let increase: String?
    /// Spearman's ρ of the map and those of networks that lose their weights layer by layer, on average; `nil` where they show
    /// nothing.
    let randomization: String?
    /// Spearman's ρ of the map and that of another class; `nil` where that shows nothing.
    let sensitivity: String?
    /// That class: the least likely one.
    let otherClass: String?
    /// The plot of both curves.
    let curves: Picture
    /// The plot of what is left of the map while weights are lost.
    let depths: Picture

    /// Creates evidence.
    ///
    /// - Parameters:
    ///   - deletion: an area; and so `insertion`.
    ///   - probability: of the picture, 0…1, and of the picture seen through the map; `nil` for what is no class.
    ///   - randomization: ρ, −1…1; and so `sensitivity`.
    ///   - otherClass: the class that `sensitivity` is about.
    ///   - strings: the words of the interface, in the page’s language.
    ///   - curves: the path of the plot of both curves, from the output folder; and so `depths`.
    public init(
      deletion: Double, insertion: Double, probability: (whole: Double, masked: Double)?, randomization: Double?,
      sensitivity: Double?, otherClass: String?, curves: String, depths: String, in strings: Strings
    ) {
      let numbers = strings.numbers
      self.deletion = numbers.short(deletion)
      self.insertion = numbers.short(insertion)
      isOfClass = probability != nil
      let lost = probability.flatMap { $0.masked < $0.whole ? 1 - $0.masked / $0.whole : nil }
      drop = lost.map(numbers.percentage)
      increase = lost == nil ? probability.map { numbers.percentage($0.masked) } : nil
      self.randomization = randomization.map { numbers.signed($0) }
      self.sensitivity = sensitivity.map { numbers.signed($0) }
      self.otherClass = otherClass
      self.curves = Picture(path: curves, width: Self.plotWidth, height: Self.plotHeight, alt: "")
      self.depths = Picture(path: depths, width: Self.plotWidth, height: Self.plotHeight, alt: "")
    }

    private static let (plotWidth, plotHeight) = (480, 300)
  }
}
