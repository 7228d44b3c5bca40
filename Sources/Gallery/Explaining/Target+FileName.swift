import NeuralNetwork

extension Target {
  /// What files and folders about it are called: `281`, `words-6-11` for `words[6,11]`, `scores-weights` for
  /// `scores=weights.npy`.
  var fileName: String {
    switch self {
    case .class(let index): String(index)
    case .element(let name, let place): ([FileNames.plain(name)] + place.map(String.init)).joined(separator: "-")
    case .weightedSum(let name, _, let label): "\(FileNames.plain(name))-\(FileNames.plain(label))"
    }
  }
}
