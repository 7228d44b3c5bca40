import Diagnostics
import Foundation
import Saliency
import Site
import TestSupport
import Testing

@testable import Gallery

@Suite("Networks of the catalogue")
struct CataloguedNetworkTests {
  private func site() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("title: Site\n", to: "content/site.yml")
    return folder
  }

  @Test("every line of the catalogue is a network, and none is there twice")
  func lines() throws {
    let file = try #require(BuiltInFile.catalogue.first { $0.path == "networks.tsv" })
    let lines = file.bytes.split(separator: UInt8(ascii: "\n")).count - 1
    #expect(CataloguedNetwork.all.count == lines)
    #expect(Set(CataloguedNetwork.all.map(\.name)).count == lines)
    for network in CataloguedNetwork.all {
      #expect(network.sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil, "\(network.name)")
      #expect(network.bytes > 1_000_000)
    }
  }

  @Test("each gets a card without fault, with a label for each class")
  func cards() throws {
    let folder = try site()
    let content = folder.path("content")
    for network in CataloguedNetwork.all {
      #expect(try CataloguedNetwork.writeCard(network.name, content: content)?.files.count == 2)
      guard case .card(let card) = try ModelReference(network.name, content: content) else {
        Issue.record("\(network.name) is no card")
        continue
      }
      #expect(card.source?.url.absoluteString == network.address)
      #expect(card.source?.sha256 == network.sha256)
      #expect(card.input.width == 224)
      #expect(card.input.unitsWarning == nil, "\(network.name)")
      #expect(card.input.channels == (network.input == .caffe ? .bgr : .rgb))
      let labels = try ClassLabels(
        contentsOfFile: folder.path("content/models/\(network.name)/labels.txt"), classCount: 1000)
      #expect(labels.entries[0].names == ["tench", "Tinca tinca"])
      #expect(try labels.index(of: "boxer", modelName: network.name) == 242)
    }
    // A card that is there is the writer's own.
    #expect(try CataloguedNetwork.writeCard("resnet18", content: content) == nil)
  }

  @Test("a card is the writer's own however its file ends, and whether it is sound or not")
  func otherEndings() throws {
    let folder = try site()
    try folder.write("no front matter", to: "content/models/resnet18.markdown")
    let before = try folder.files(in: "content")
    #expect(try CataloguedNetwork.writeCard("resnet18", content: folder.path("content")) == nil)
    #expect(try folder.files(in: "content") == before)
  }

  @Test("a network comes from one’s own store, and is what the catalogue says or nothing")
  func pull() throws {
    // SHA-256 of three zero bytes, by `sha256sum`
    let digest = "709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c"
    let server = try LocalServer(body: [0, 0, 0])
    for (sha256, isRight) in [(digest, true), (String(repeating: "0", count: 64), false)] {
      let folder = try site()
      let content = folder.path("content")
      let network = CataloguedNetwork(
        name: "tiny", title: "Tiny", stem: "tiny", bytes: 3, sha256: sha256, input: .torch)
      _ = try network.writeCard(content: content, url: "http://127.0.0.1:\(server.port)/tiny.onnx")
      let download = try ModelDownload("tiny", content: content)
      if isRight {
        #expect(try download.run() == .fetched(path: folder.path("content/models/tiny/model.onnx"), bytes: 3))
      } else {
        #expect(throws: DiagnosticList.self) { try download.run() }
        #expect(try folder.files(in: "content/models/tiny").keys.sorted() == ["labels.txt"])
      }
    }
  }

  @Test("a name that is nearly one is told")
  func mistyped() throws {
    let content = try site().path("content")
    #expect(
      throws: DiagnosticList([
        .error("Neither \(content)/models nor the catalogue has “resnet81”.", hint: "Did you mean “resnet18”?")
      ])
    ) { try CataloguedNetwork.writeCard("resnet81", content: content) }
  }
}
