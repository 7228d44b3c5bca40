import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Gallery

/// Entries with a right seal and wrong contents, as a program could write them that knows how.
@Suite("What is read back from a store has to fit")
struct StoredAnswersTests {
  private static let page = """
    ---
    title: Mug
    model: tabletop
    image: mug-apple.jpg
    classes: [8, 0]
    layer: [relu4, relu8]
    ---
    """

  private let site: TabletopSite
  private let expected: [String: Data]
  private let store: Store

  init() throws {
    site = try TabletopSite(["a": Self.page])
    _ = try site.build()
    expected = try site.folder.files(in: "public")
    store = Store(site.folder.path(".sitegen/store"))
  }

  /// Changes every entry of a kind and seals it again, and looks at what a build makes of that.
  private func check(_ kind: Store.Kind, _ change: ([UInt8]) -> [UInt8]) throws {
    var changed = 0
    for name in try site.folder.files(in: ".sitegen/store/\(kind.rawValue)").keys {
      let key = try #require(StoreKey(hex: name.replacing("/", with: "")))
      guard let bytes = store.read(kind, key) else { continue }
      let new = change(bytes)
      if new != bytes { changed += 1 }
      try store.write(kind, key, new)
    }
    #expect(changed > 0, "nothing was changed")
    // Everything that lies behind the changed entries has to be read again.
    try? FileManager.default.removeItem(atPath: site.folder.path("public"))
    try site.folder.write("title: Site\n# \(UUID().uuidString)\n", to: "content/site.yml")
    do {
      _ = try site.build()
    } catch {
      // Facts that are possible and false are found out where the network is opened.
      #expect("\(error)".contains("told of another network"))
      _ = try site.build()
    }
    #expect(try site.folder.files(in: "public") == expected)
  }

  private func text(_ pattern: String, _ replacement: String) -> ([UInt8]) -> [UInt8] {
    { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      return Array(text.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression).utf8)
    }
  }

  @Test(
    "figures with classes, layers, panels, pictures or numbers that cannot be are made again",
    arguments: [
      (#""index":[0-9]+"#, #""index":12"#), (#""index":[0-9]+"#, #""index":-1"#),
      (#""layer":[0-9]+"#, #""layer":2"#), (#""layer":0"#, #""layer":1"#), (#""rank":[0-9]+"#, #""rank":0"#),
      (#""logit":[-0-9.e]+"#, #""logit":1e999"#), (#""width":[0-9]+"#, #""width":-5"#),
      (#""method":[0-9]+"#, #""method":99"#), (#""key":"[0-9a-f]{64}""#, #""key":"../../../../etc/passwd""#),
      (#""rows":\[.*\]"#, #""rows":[]"#), ("^.*$", "[[[[[[[[[["), ("^.*$", ""),
    ])
  func figures(pattern: String, replacement: String) throws {
    try check(.figures, text(pattern, replacement))
  }

  @Test(
    "facts about a network that do not agree with each other, or with the network, are found out again",
    arguments: [
      (#""classCount":[0-9]+"#, #""classCount":0"#), (#""classCount":[0-9]+"#, #""classCount":-3"#),
      (#""inputShape":\[[^\]]*\]"#, #""inputShape":[1,3]"#),
      (#""inputShape":\[[^\]]*\]"#, #""inputShape":[1,3,4294967296,4294967296]"#),
      (#""shape":\[[^\]]*\]"#, #""shape":[1]"#), (#""value":[0-9]+"#, #""value":100000"#),
      (#""end":1"#, #""end":1e300"#), (#""end":1"#, #""end":0"#),
      ("^.*$", "{}"),
    ])
  func facts(pattern: String, replacement: String) throws {
    // Nothing is left that could be shown without the network.
    for kind in ["figures", "arrays"] {
      try FileManager.default.removeItem(atPath: site.folder.path(".sitegen/store/" + kind))
    }
    try check(.models, text(pattern, replacement))
  }

  @Test("arrays of other sizes, or with values that are no numbers, are computed again")
  func arrays() throws {
    func tensors(_ change: @escaping (Tensor) -> Tensor) -> ([UInt8]) -> [UInt8] {
      { bytes in ([Tensor](stored: bytes) ?? []).map(change).stored }
    }
    for change in [
      tensors { Tensor(shape: $0.shape, $0.values.map { _ in Float.nan }) },
      tensors { Tensor(shape: $0.shape, Array($0.values.dropLast()) + [.infinity]) },
      tensors { Tensor(shape: [$0.values.count, 1], $0.values) },
      tensors { Tensor(shape: [1] + $0.shape, $0.values) },
      tensors { _ in Tensor(shape: [0], []) },
      { $0 + [0] }, { _ in [] },
    ] {
      try FileManager.default.removeItem(atPath: site.folder.path(".sitegen/store/figures"))
      try check(.arrays, change)
    }
  }
}
