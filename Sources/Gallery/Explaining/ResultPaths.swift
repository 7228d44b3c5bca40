import NeuralNetwork
import Saliency

/// Where the results of an explanation go, known before anything is computed.
///
/// `<folder>/<method>`, the folder called after the class or target; with several layers, `<folder>/<layer>-<method>` for methods
/// that look at one; in each case without an extension.
struct ResultPaths {
  private struct Place: Hashable {
    let subject: Int
    let layer: Int
    let method: Saliency.Method
  }

  private var paths: [Place: String] = [:]

  /// - Parameter layers: the target layers; empty where no method looks at one.
  init(_ subjects: [Target], layers: [Layer], methods: [Saliency.Method]) {
    var names = FileNames()
    for (index, subject) in subjects.enumerated() {
      for layer in layers.isEmpty ? 0..<1 : layers.indices {
        for method in methods where layer == 0 || method.needsLayer {
          let place = Place(subject: index, layer: layer, method: method)
          guard paths[place] == nil else { continue }
          let prefix = layers.count > 1 && method.needsLayer ? FileNames.plain(layers[layer].name) + "-" : ""
          paths[place] = names.unique("\(subject.fileName)/\(prefix)\(method.id)")
        }
      }
    }
  }

  /// All paths.
  var all: [String] { paths.values.sorted() }

  /// The path of one result.
  ///
  /// - Parameters:
  ///   - subject: which class or target, in the order asked for.
  ///   - layer: which layer, likewise.
  func path(_ subject: Int, layer: Int, method: Saliency.Method) -> String? {
    paths[Place(subject: subject, layer: layer, method: method)]
  }
}
