import Diagnostics
import Foundation
import NeuralNetwork
import Saliency
import Site

/// What `sitegen explain --evidence` measures and writes: `evidence.json` in the folder of each class or target, and curves beside
/// the pictures that they are about.
struct StandaloneEvidence {
  /// A method at a layer.
  private struct Item {
    let layer: Int
    let method: Saliency.Method
  }

  private let subjects: [Target]
  private let layers: [Layer]
  private let paths: ResultPaths
  private let items: [Item]

  /// - Parameter layers: the target layers; empty where no method looks at one.
  /// - Throws: `Diagnostic` where no method yields what can be measured.
  init(
    _ subjects: [Target], layers: [Layer], methods: [Saliency.Method], paths: ResultPaths
  ) throws(Diagnostic) {
    self.subjects = subjects
    self.layers = layers
    self.paths = paths
    items = (layers.isEmpty ? 0..<1 : layers.indices).flatMap { layer in
      methods.filter { $0.name.picture != .boxes && (layer == 0 || $0.needsLayer) }
        .map { Item(layer: layer, method: $0) }
    }
    guard items.isEmpty else { return }
    throw .error(
      "There is nothing to measure: \(methods.map(\.id).joined(separator: ", ")) yields boxes, and evidence is about maps.",
      hint: "Add --method grad-cam, of which the box is made.")
  }

  /// Every file that may be written.
  var files: [String] {
    subjects.indices.flatMap { subject in
      [file(of: subject)]
        + items.compactMap { path(subject, $0) }.flatMap { ["\($0)\(Self.curves)", "\($0)\(Self.depths)"] }
    }
  }

  private static let (curves, depths) = ("-curves.svg", "-randomization.svg")

  private func file(of subject: Int) -> String { subjects[subject].fileName + "/evidence.json" }

  private func path(_ subject: Int, _ item: Item) -> String? {
    paths.path(subject, layer: item.layer, method: item.method)
  }

  private func layer(_ item: Item) -> Layer? { item.method.needsLayer && !layers.isEmpty ? layers[item.layer] : nil }

  /// Measures the evidence of each target's maps, in the order of the items; `nil` for a map that shows nothing.
  ///
  /// - Parameters:
  ///   - found: what was found for each target.
  ///   - tell: is told before it begins where it takes long.
  ///   - open: opens the network with other weights.
  func measure(
    _ targets: [Target], _ found: [Attributions], _ scores: Scores, _ network: Network, _ input: Tensor,
    _ panels: PanelSet, step: Int?, tell: (String) -> Void, progress: @escaping (WorkProgress) throws -> Void,
    open: @escaping WeightRandomization.Opening
  ) throws -> [[MapEvidence?]] {
    let session = EvidenceSession(
      network, input: input,
      subjects: items.map { item in
        EvidenceSession.Subject(item.method, at: layer(item), over: panels.view(of: item.method, at: layer(item)))
      }, step: step
    ) { try progress(WorkProgress($0)) }
    var estimate = RunEstimate()
    estimate.add(runs: session.runs(targets: targets.count))
    if let target = targets.first {
      try estimate.notice("Evidence by deletion and insertion", network, input: input, target: target).map(tell)
    }
    return try session.evidence(
      of: targets, found, leastLikely: scores.leastLikelyClass, open: open)
  }

  /// Writes what was measured, and notes it in the manifest, which has the entries of all subjects.
  ///
  /// - Returns: the paths of the files.
  func write(
    _ measured: [[MapEvidence?]], to folder: ResultFolder, _ manifest: inout ExplanationManifest
  ) throws -> [String] {
    var files: [String] = []
    for (subject, found) in measured.enumerated() {
      let isClass = subject < manifest.classes.count
      let place = isClass ? subject : subject - manifest.classes.count
      let name = isClass ? manifest.classes[place].label : manifest.targets[place].target
      for (item, evidence) in zip(items, found) {
        guard let evidence, let path = path(subject, item) else { continue }
        let title = "\(item.method.name.title), \(name)"
        for (ending, plot) in [
          (Self.curves, evidence.curvesPlot(title, .english)),
          (Self.depths, evidence.randomizationPlot(title, .english)),
        ] {
          try folder.write(Array(plot.svg.utf8), to: path + ending)
          files.append(path + ending)
        }
      }
      // A map comes first: it is what the measures were made for.
      let maps = zip(items, found).filter(\.0.method.name.picture.isMap).compactMap(\.1)
      let others = zip(items, found).filter { !$0.0.method.name.picture.isMap }.compactMap(\.1)
      var evidence: String?
      if let first = (maps + others).first {
        let rest = Array((maps + others).dropFirst())
        try folder.write(EvidenceFile(first: first, others: rest).json, to: file(of: subject))
        files.append(file(of: subject))
        evidence = file(of: subject)
      }
      let findings = zip(items, found).filter { $0.1 == nil }.map {
        "\($0.0.method.name.title) shows nothing, so that there is no evidence to measure."
      }
      if isClass {
        manifest.classes[place].evidence = evidence
        manifest.classes[place].findings += findings
      } else {
        manifest.targets[place].evidence = evidence
        manifest.targets[place].findings += findings
      }
    }
    return files
  }
}

/// The contents of `evidence.json`: the numbers of one map, and those of others under `others`.
private struct EvidenceFile: Encodable {
  let first: MapEvidence
  let others: [MapEvidence]

  private enum Keys: String, CodingKey { case others }

  func encode(to encoder: any Encoder) throws {
    try first.encode(to: encoder)
    guard !others.isEmpty else { return }
    var values = encoder.container(keyedBy: Keys.self)
    try values.encode(others, forKey: .others)
  }

  var json: [UInt8] {
    get throws { try ReadableJSON.bytes(self, keys: .convertToSnakeCase) }
  }
}
