public import NeuralNetwork
public import Vocabulary

/// A way to explain a target: what it is called, where it is from, what it needs, what it yields, and its formula.
///
/// Each stands in a file of its own, and ``all`` lists them. Command line, content, pages, manifests, docs and the keys of stores
/// follow from that.
public struct Method: Sendable {
  /// What a method is computed from.
  enum Formula: Sendable {
    /// From one run of the network; the results are worth keeping.
    case ofRun(Needs, @Sendable (RunValues) throws -> Attribution)
    /// From what other methods yield, in their order.
    case of([Method], @Sendable ([Attribution], MethodContext) throws -> Attribution)
    /// From what the network answers of other pictures; the results are worth keeping.
    case ofPictures(Probe, @Sendable (RunValues) throws -> Attribution)
  }

  /// How content, command line and pages speak of it.
  public let name: MethodName
  /// What it shows, as a sentence.
  public let summary: String
  /// The formula in the words of the field, such as `max(Σ_k α_k A^k, 0)`.
  public let formulaText: String
  /// The paper.
  public let source: String
  /// What is not finite where its result is not, to be read behind “The”; `nil` for a map at a layer.
  public let subject: String?
  /// What is fixed in it that papers leave open, to be read; where it changes, results do. `nil` where there is nothing.
  public let settings: String?
  /// Whether the elements of what it yields are to sum to y(x) − y(x₀), where x₀ is zero in the network's units.
  public let isComplete: Bool
  /// Where chance comes in, to be read; `nil` where it does not.
  public let randomness: String?
  /// What to say where it shows nothing, given the layer's name.
  private let nothing: @Sendable (_ layer: String) -> String
  private(set) var formula: Formula
  /// Whose conventions it follows.
  public private(set) var profile = Profile.paper

  init(
    _ name: MethodName, summary: String, formulaText: String, source: String, subject: String? = nil,
    settings: String? = nil, isComplete: Bool = false, randomness: String? = nil,
    nothing: @escaping @Sendable (_ layer: String) -> String, _ formula: Formula
  ) {
    self.name = name
    self.summary = summary
    self.formulaText = formulaText
    self.source = source
    self.subject = subject
    self.settings = settings
    self.isComplete = isComplete
    self.randomness = randomness
    self.nothing = nothing
    self.formula = formula
  }

  /// As it is written: `grad-cam`.
  public var id: String { name.id }

  /// All that tells its results from others': what they are kept under.
  public var key: String {
    ([id, settings, profile == .paper ? nil : profile.rawValue] as [String?]).compactMap { $0 }.joined(separator: ", ")
  }

  /// The same under another profile, by another formula.
  func with(_ profile: Profile, _ formula: Formula) -> Method {
    var copy = self
    (copy.profile, copy.formula) = (profile, formula)
    return copy
  }

  /// What a run must give for it.
  public var needs: Needs {
    switch formula {
    case .ofRun(let needs, _): needs
    case .ofPictures(let probe, _): probe.needs
    case .of(let methods, _): methods.reduce(into: []) { $0.formUnion($1.needs) }
    }
  }

  /// Whether it looks at a layer that one can choose.
  public var needsLayer: Bool { !needs.isDisjoint(with: [.activation, .gradient]) }

  /// Whether it asks the network about other pictures.
  var asksNetwork: Bool {
    if case .ofPictures = formula { true } else { computed.contains { $0.id != id && $0.asksNetwork } }
  }

  /// Where it needs the target's gradient.
  public var gradientPlaces: Set<GradientPlace> {
    var places: Set<GradientPlace> = []
    if needs.contains(.gradient) { places.insert(.layer) }
    if needs.contains(.attentionGradient) { places.insert(.attention) }
    let takesMeans = computed.contains { method in
      if case .ofPictures(let probe, _) = method.formula { probe.question == .meanGradient } else { false }
    }
    if takesMeans || !needs.isDisjoint(with: [.inputGradient, .guidedInputGradient, .deconvolvedInputGradient]) {
      places.insert(.picture)
    }
    return places
  }

  /// A place at which a method needs the target's gradient.
  public enum GradientPlace: Sendable {
    case picture, layer, attention
  }

  /// How many other pictures the network is asked about for it, at most, and whether for their gradients too.
  ///
  /// - Parameters:
  ///   - input: the shape of the network's input, [1, C, H, W].
  ///   - layer: the target layer, for methods that look at one.
  public func pictures(input: [Int], at layer: Layer?) -> (count: Int, takesGradients: Bool) {
    guard case .ofPictures(let probe, _) = formula else { return (0, false) }
    return (probe.mostPictures(input, layer), probe.question == .meanGradient)
  }

  /// Whether the network is asked about other pictures for it.
  public var asksAboutPictures: Bool { if case .ofPictures = formula { true } else { false } }

  /// The methods whose results it is made of: itself, where it is computed from a run.
  public var computed: [Method] {
    switch formula {
    case .ofRun, .ofPictures: [self]
    case .of(let methods, _): methods.flatMap(\.computed)
    }
  }

  /// What to say where it shows nothing, as a sentence.
  public func nothingToShow(at layer: String?) -> String { nothing(layer ?? "") }
}

extension Method: Hashable {
  /// Whether it is the same method, by its name and profile.
  public static func == (a: Method, b: Method) -> Bool { a.id == b.id && a.profile == b.profile }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
