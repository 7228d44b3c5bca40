import NeuralNetwork

/// What `sitegen explain` explains of a picture: a class, or another target.
enum StandaloneSubject {
  case `class`(Int)
  case target(Target)

  /// The folder of its results: `281`, `words-6-11` for `words[6,11]`, `scores-weights` for `scores=weights.npy`.
  var folder: String {
    switch self {
    case .class(let index), .target(.class(let index)): String(index)
    case .target(.element(let name, let place)):
      ([FileNames.plain(name)] + place.map(String.init)).joined(separator: "-")
    case .target(.weightedSum(let name, _, let label)): "\(FileNames.plain(name))-\(FileNames.plain(label))"
    }
  }
}
