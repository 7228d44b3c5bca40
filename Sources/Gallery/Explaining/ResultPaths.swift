import NeuralNetwork
import Saliency

/// Where the results of an explanation go, known before anything is computed.
///
/// `<class index>/<method>`; with several layers, `<class index>/<layer>-<method>` for methods that look at one; in each
/// case without an extension.
struct ResultPaths {
  private struct Place: Hashable {
    let explanation: Int
    let layer: Int
    let method: Saliency.Method
  }

  private var paths: [Place: String] = [:]

  /// - Parameter layers: the target layers; empty where no method looks at one.
  init(classes: [Int], layers: [Layer], methods: [Saliency.Method]) {
    var names = FileNames()
    for (explanation, index) in classes.enumerated() {
      for layer in layers.isEmpty ? 0..<1 : layers.indices {
        for method in methods where layer == 0 || method.needsLayer {
          let place = Place(explanation: explanation, layer: layer, method: method)
          guard paths[place] == nil else { continue }
          let prefix = layers.count > 1 && method.needsLayer ? FileNames.plain(layers[layer].name) + "-" : ""
          paths[place] = names.unique("\(index)/\(prefix)\(method.id)")
        }
      }
    }
  }

  /// All paths.
  var all: [String] { paths.values.sorted() }

  /// The path of one result.
  ///
  /// - Parameters:
  ///   - explanation: which class, in the order asked for.
  ///   - layer: which layer, likewise.
  func path(explanation: Int, layer: Int, method: Saliency.Method) -> String? {
    paths[Place(explanation: explanation, layer: layer, method: method)]
  }
}
