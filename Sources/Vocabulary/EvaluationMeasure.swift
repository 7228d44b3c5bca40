/// What is measured of a method's maps over a data set, as content, command line and pages speak of it.
///
/// Each is a mean over things, or over pictures where it says so. The order is that of tables.
public enum EvaluationMeasure: String, CaseIterable, CodingKeyRepresentable, Codable, Hashable, Sendable {
  /// How often the map's maximum lies on the thing. Source: Zhang et al. 2018.
  case pointing
  /// The share of the map that lies on the thing. Source: Wang et al. 2020.
  case energy
  /// How often no true box agrees with the map's by half or more. Source: Zhou et al. 2016.
  case localizationError = "localization-error"
  /// The same of the most likely class, by pictures.
  case topOneLocalizationError = "top-1-localization-error"
  /// The share of the picture that holds half of the map.
  case concentration
  /// How often a map shows nothing.
  case blank
  /// The area under the curve of deletion. Source: Petsiuk et al. 2018.
  case deletion
  /// The area under the curve of insertion. Source: Petsiuk et al. 2018.
  case insertion
  /// How much smaller that of deletion is than a map's of noise.
  case deletionGain = "deletion-gain"
  /// How much larger that of insertion is than a map's of noise.
  case insertionGain = "insertion-gain"
  /// How much probability is lost where the picture is seen through the map. Source: Chattopadhay et al. 2018.
  case averageDrop = "average-drop"
  /// How often there is more of it then. Source: Chattopadhay et al. 2018.
  case increase
  /// Spearman's ρ of the map and those of networks that have lost weights, the mean over depths. Source: Adebayo et al. 2018.
  case randomization
  /// Spearman's ρ of the map and that of the least likely class.
  case classSensitivity = "class-sensitivity"
  /// How far an attribution's sum is from what it is said to be, as a share of that.
  case completeness

  /// What its numbers are.
  public enum Unit: Sendable {
    /// From 0 to 1, which is read as a percentage.
    case share
    /// Any number.
    case number
  }

  /// What stands above a column of it.
  public var title: String {
    switch self {
    case .pointing: "Pointing game"
    case .energy: "Energy"
    case .localizationError: "Loc. error"
    case .topOneLocalizationError: "Top-1 loc. error"
    case .concentration: "Half in"
    case .blank: "Blank"
    case .deletion: "Deletion"
    case .insertion: "Insertion"
    case .deletionGain: "Deletion gain"
    case .insertionGain: "Insertion gain"
    case .averageDrop: "Average drop"
    case .increase: "Increase"
    case .randomization: "Randomization"
    case .classSensitivity: "Other class"
    case .completeness: "Sum off by"
    }
  }

  /// What it says, as a clause behind its title.
  public var meaning: String {
    switch self {
    case .pointing: "how often the map’s maximum lies on the thing"
    case .energy: "the share of the map that lies on the thing"
    case .localizationError: "how often the map’s box agrees with no true box by half or more"
    case .topOneLocalizationError:
      "the same for the class that the network finds most likely; another class than any there is an error"
    case .concentration: "the share of the picture that holds half of the map"
    case .blank: "how many maps show nothing"
    case .deletion: "the area under the class’s probability while what the map points to is taken away; small is good"
    case .insertion: "the same while it comes back into a blurred picture; large is good"
    case .deletionGain: "by how much that of deletion is smaller than for a map of noise"
    case .insertionGain: "by how much that of insertion is larger than for a map of noise"
    case .averageDrop: "how much of the probability is lost where the picture is seen through the map"
    case .increase: "how often the probability is higher then"
    case .randomization:
      "how alike the map is to those of networks whose weights are lost layer by layer, Spearman’s ρ; near 0 is good"
    case .classSensitivity: "how alike the map is to that of the least likely class, Spearman’s ρ; 1 is bad"
    case .completeness: "how far the sum of the attribution is from what the method promises"
    }
  }

  /// What its numbers are.
  public var unit: Unit {
    switch self {
    case .pointing, .energy, .localizationError, .topOneLocalizationError, .concentration, .blank, .averageDrop,
      .increase, .completeness:
      .share
    case .deletion, .insertion, .deletionGain, .insertionGain, .randomization, .classSensitivity: .number
    }
  }

  /// Whether much of it is good; `nil` where neither much nor little is.
  public var prefersMore: Bool? {
    switch self {
    case .pointing, .energy, .insertion, .deletionGain, .insertionGain, .increase: true
    case .localizationError, .topOneLocalizationError, .blank, .deletion, .averageDrop, .completeness: false
    case .concentration, .randomization, .classSensitivity: nil
    }
  }

  /// Whether it follows from maps and truth alone, without asking the network about changed pictures.
  public var isOfMapsAlone: Bool {
    switch self {
    case .pointing, .energy, .localizationError, .topOneLocalizationError, .concentration, .blank: true
    default: false
    }
  }
}
