import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Gallery

@Suite("Files that change while a site is being built")
struct ChangingFilesTests {
  private static let page = """
    ---
    title: Mug
    model: tabletop
    image: mug-apple.jpg
    classes: [8]
    methods: [grad-cam]
    layer: relu8
    ---
    """

  private let site: TabletopSite

  init() throws {
    site = try TabletopSite(["a": Self.page])
  }

  /// What a build makes that has a store of its own.
  private func cold() throws -> [String: Data] {
    var options = site.options
    options.store = site.folder.path("cold-store")
    options.output = site.folder.path("cold")
    _ = try Gallery(options).build()
    return try site.folder.files(in: "cold")
  }

  /// Puts a file with other bytes in the place of one that is there.
  private static func replace(_ target: String, by source: URL) throws {
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(at: source, to: URL(fileURLWithPath: target))
  }

  @Test("a picture that changes before it is decoded is a fault, and the store keeps nothing false of it")
  func picture() throws {
    let other = TabletopContent.original.appendingPathComponent("images/mushroom.jpg")
    // Told when the picture is about to be read: its hash has been looked at.
    let picture = site.folder.path("content/images/mug-apple.jpg")
    let gallery = Gallery(site.options, progress: { _ in try? Self.replace(picture, by: other) })
    let error = #expect(throws: DiagnosticList.self) { try gallery.build() }
    #expect(
      error?.description.replacing(site.folder.url.path + "/", with: "")
        == "content/experiments/a.md:4:8: error: “images/mug-apple.jpg” has changed while the site was being built. "
        + "Build again.")
    // Back to the old picture: what is under its hash must be its own.
    for source in [TabletopContent.photo, other] {
      try Self.replace(picture, by: source)
      _ = try site.build()
      #expect(try site.folder.files(in: "public") == cold())
    }
  }

  @Test("a network that changes under the mapping is a fault, before or after it has run")
  func network() throws {
    let path = site.folder.path("content/models/tabletop/model.onnx")
    let networks = NetworkStore(Store(site.folder.path("store")))
    var faults = DiagnosticList()
    let plan = try #require(try GalleryPlan(site.options, networks: networks, diagnostics: &faults))
    let group = try #require(plan.groups.first)
    let network = try networks.open(
      group.identity, facts: group.model.facts, inputShape: group.model.facts.inputShape)
    try networks.verify(group.identity)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seek(toOffset: 1_000_000)
    try handle.write(contentsOf: Data([1, 2, 3, 4]))
    try handle.close()
    for verify in [
      { try networks.verify(group.identity) },
      { _ = try networks.open(group.identity, facts: group.model.facts, inputShape: group.model.facts.inputShape) },
    ] {
      let error = #expect(throws: Diagnostic.self) { try verify() }
      #expect(
        error?.description
          == "\(path): error: The file has changed while the site was being built. Build again.")
    }
    withExtendedLifetime(network) {}
  }

  @Test("facts about another network are mended where they are found out")
  func facts() throws {
    let networks = NetworkStore(Store(site.folder.path("store")))
    var faults = DiagnosticList()
    let plan = try #require(try GalleryPlan(site.options, networks: networks, diagnostics: &faults))
    let group = try #require(plan.groups.first)
    let path = site.folder.path("content/models/tabletop/model.onnx")
    var other = ONNXBuilder()
    other.input("x", [1, 3, 8, 8])
    other.constant("w", [12, 3, 1, 1], (0..<36).map { Float($0) })
    other.node("Conv", ["x", "w"], ["y"])
    other.node("GlobalAveragePool", ["y"], ["p"])
    other.node("Flatten", ["p"], ["logits"])
    other.output("logits")
    let wrong = try other.withFile { NetworkFacts(try Network(contentsOfFile: $0)) }
    let error = #expect(throws: Diagnostic.self) {
      _ = try networks.open(group.identity, facts: wrong, inputShape: group.model.facts.inputShape)
    }
    #expect(
      error?.description
        == "\(path): error: The store “\(site.folder.path("store"))” told of another network. "
        + "It has been mended: build again.")
  }
}
