import Diagnostics
import Foundation
import NeuralNetwork
import Saliency
import Site

@testable import Gallery

/// Any bytes as an entry of the store: under a wrong seal, and under a right one, where only the reader is between them and
/// a page.
func fuzzStoreEntry(_ bytes: [UInt8]) throws {
  let store = Store(FuzzFolder.url.appendingPathComponent("store").path)
  let run = StoreKey("run", ["fuzz"])
  let figure = group.figures[0]
  let whole = WholeFigure(
    request: FigureRequest(
      id: figure.request.id.figure, location: figure.request.location, parts: [figure.request]),
    parts: [PartOfFigure(plan: figure, model: group.model, identity: group.identity, contentFolder: "content")])
  let results = RunStore(store: store, run: run, facts: group.model.facts)
  let call = ExplanationCall([.class(8), .class(1)], layers: figure.layers.map(\.layer), methods: figure.methods)
  let entries = [
    (Store.Kind.figures, FigureRecord.key(figure, run: run)), (.arrays, results.scoresKey),
    (.arrays, results.key(call)),
    (.models, group.identity.key), (.pictures, StoreKey(contents: [1, 2, 3])),
  ]
  func read() {
    if let record = FigureRecord.read(figure, run: run, facts: group.model.facts, from: store) {
      var figures = PageFigures(hashes: nil, in: .english)
      figures.add(whole, [record])
    }
    _ = results.scores?.topClasses(3)
    _ = results.answers(call)
    for (kind, key) in entries { _ = store.read(kind, key) }
  }
  for (kind, key) in entries {
    try store.write(kind, key, bytes)
    read()
    FuzzFolder.write(bytes, to: "store/\(kind.rawValue)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))")
    read()
  }
  if let facts = try? JSONDecoder().decode(NetworkFacts.self, from: Data(bytes)), facts.isSound {
    for layer in facts.layers { _ = layer.arrangement.mapShape(of: layer.shape) }
    _ = facts.layer(named: "relu8")
  }
  _ = [Tensor](stored: bytes)
  FuzzFolder.write(bytes, to: "store/hashes")
  _ = FileHashes(store).hash(of: FuzzFolder.url.appendingPathComponent("store/hashes").path)
  store.end()
}

/// A figure of the project's own network.
private let group: GalleryPlan.Group = {
  do {
    for name in ["models/tabletop/model.onnx", "models/tabletop/labels.txt", "images/mug.jpg"] {
      FuzzFolder.write(try Data(contentsOf: URL(fileURLWithPath: "content/" + name)), to: "gallery/content/" + name)
    }
    FuzzFolder.write("title: Site\n", to: "gallery/content/site.yml")
    FuzzFolder.write(
      "---\ntitle: T\nfile: tabletop/model.onnx\nlabels: tabletop/labels.txt\ninput: {size: 128}\n---\n",
      to: "gallery/content/models/tabletop.md")
    FuzzFolder.write(
      "---\ntitle: T\nmodel: tabletop\nimage: mug.jpg\nclasses: [8, 1]\nlayer: [relu4, relu8]\n---\n",
      to: "gallery/content/experiments/a.md")
    var faults = DiagnosticList()
    let folder = FuzzFolder.url.appendingPathComponent("gallery")
    let options = BuildOptions(content: folder.appendingPathComponent("content").path, templates: "templates")
    let networks = NetworkStore(Store(folder.appendingPathComponent("store").path))
    guard let group = try GalleryPlan(options, networks: networks, diagnostics: &faults)?.groups.first else {
      fatalError("run it where content/ and templates/ are: \(faults)")
    }
    return group
  } catch {
    fatalError("\(error)")
  }
}()
