import NeuralNetwork
import Saliency

/// Paints and writes what was found, a subject at a time.
struct StandaloneWriter: Sendable {
  let panels: PanelSet
  let layers: [(layer: Layer, reason: String)]
  let methods: [Saliency.Method]
  let paths: ResultPaths
  let writesArrays: Bool
  let folder: ResultFolder

  /// What was written of a subject, and what there is to say.
  struct Written: Sendable {
    var results: [ExplanationManifest.Result] = []
    var findings: [String] = []
  }

  /// Writes the pictures, and arrays, of the subject at a position.
  func write(_ attributions: Attributions, of subject: Int) throws -> Written {
    var written = Written()
    for (position, target) in (layers.isEmpty ? [nil] : layers.map(\.layer)).enumerated() {
      // What looks at no layer is the same for all of them.
      let wanted = methods.filter { position == 0 || $0.needsLayer }
      written.findings += wanted.compactMap { attributions.finding($0, at: target)?.text }
      for panel in try wanted.compactMap({ try panels.panel($0, attributions, at: target) }) {
        let layer = panel.method.needsLayer ? layers[position] : nil
        guard let path = paths.path(subject, layer: position, method: panel.method) else { continue }
        try folder.write(panel.picture.pngData(), to: path + ".png")
        if writesArrays, let array = panel.array { try folder.write(array.npyData, to: path + ".npy") }
        written.results.append(
          ExplanationManifest.Result(
            method: panel.method.id, picture: path + ".png",
            array: writesArrays && panel.array != nil ? path + ".npy" : nil, layer: layer?.layer.name,
            layerReason: layer?.reason, box: panel.box.map { [$0.x, $0.y, $0.width, $0.height] },
            warning: panel.finding?.text))
      }
    }
    written.findings = written.findings.withoutRepetitions
    return written
  }
}

extension ExplanationManifest.ClassEntry {
  init(_ explanation: Explanation, _ labels: ClassLabels, _ written: StandaloneWriter.Written) {
    let label = labels.entries[explanation.classIndex]
    self.init(
      index: explanation.classIndex, label: label.names[0], synset: label.synset, logit: explanation.logit,
      probability: explanation.probability, rank: explanation.rank, results: written.results,
      findings: written.findings)
  }
}
