import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

/// Fetching a model from a real server on loopback.
@Suite("Fetching a model")
struct ModelDownloadTests {
  /// 300,000 bytes, and their SHA-256 by `sha256sum`.
  private static let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 3) }
  private static let digest = "94cd1d1bb9f2d4fd420b7b43fd050392c70bb269a268f806cce386d26c95717b"

  private func card(
    _ server: LocalServer, sha256: String = Self.digest, bytes: Int? = Self.bytes.count, in folder: TemporaryFolder
  ) throws {
    let size = bytes.map { "\n  bytes: \($0)" } ?? ""
    try folder.write(
      """
      ---
      title: Net
      file: net/model.onnx
      source:
        url: http://127.0.0.1:\(server.port)/m.onnx
        sha256: \(sha256)\(size)
      input: {size: 8}
      ---
      """, to: "content/models/net.md")
  }

  /// What fetching complains of, with folder and port taken out.
  private func fault(_ server: LocalServer, in folder: TemporaryFolder) throws -> String {
    do {
      _ = try ModelDownload("net", content: folder.path("content")).run()
      return ""
    } catch let faults as DiagnosticList {
      return faults.description.replacingOccurrences(of: folder.url.path + "/", with: "")
        .replacingOccurrences(of: ":\(server.port)", with: "")
    }
  }

  /// What lies in the models folder beside the card.
  private func files(_ folder: TemporaryFolder) throws -> [String] {
    try folder.files(in: "content/models").keys.filter { $0 != "net.md" }.sorted()
  }

  @Test("the file appears where the card says, whole, and is not fetched twice")
  func success() throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Self.bytes)
    try card(server, in: folder)
    let download = try ModelDownload("net", content: folder.path("content"))
    var last: (count: Int, total: Int?) = (0, nil)
    let outcome = try download.run { last = ($0, $1) }
    #expect(outcome == .fetched(path: folder.path("content/models/net/model.onnx"), bytes: 300_000))
    #expect(last.count == 300_000)
    #expect(last.total == 300_000)
    #expect(try folder.files(in: "content/models/net") == ["model.onnx": Data(Self.bytes)])
    #expect(try download.run() == .alreadyThere(path: folder.path("content/models/net/model.onnx")))
  }

  @Test("a card may leave the length out")
  func openLength() throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Self.bytes)
    try card(server, bytes: nil, in: folder)
    #expect(try fault(server, in: folder) == "")
    #expect(try files(folder) == ["net/model.onnx"])
  }

  @Test("a part that a killed process left is begun anew")
  func leftover() throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Self.bytes)
    try card(server, in: folder)
    try folder.write(String(repeating: "x", count: 400_000), to: "content/models/net/.model.onnx.part")
    #expect(try fault(server, in: folder) == "")
    #expect(try folder.files(in: "content/models/net") == ["model.onnx": Data(Self.bytes)])
  }

  @Test("another file than the card's is refused")
  func wrongHash() throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Self.bytes)
    let zeros = String(repeating: "0", count: 64)
    try card(server, sha256: zeros, in: folder)
    #expect(
      try fault(server, in: folder) == """
        content/models/net.md:5:3: error: What lies at http://127.0.0.1/m.onnx is another file: its SHA-256 is \
        \(Self.digest), but the card says \(zeros). Mend `sha256` only if you trust the new file.
        """)
    #expect(try files(folder) == [])
  }

  @Test("a file of another length is refused", arguments: [299_999, 300_001])
  func wrongLength(length: Int) throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Self.bytes)
    try card(server, bytes: length, in: folder)
    #expect(
      try fault(server, in: folder) == """
        content/models/net.md:5:3: error: What lies at http://127.0.0.1/m.onnx has 300000 bytes, but the card says \
        \(length). Mend `url` or `bytes` in the card.
        """)
    #expect(try files(folder) == [])
  }

  @Test("an address where there is nothing")
  func notFound() throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(status: "404 Not Found", body: Array("nothing here".utf8))
    try card(server, in: folder)
    #expect(
      try fault(server, in: folder) == """
        content/models/net.md:5:3: error: The server answers 404 for http://127.0.0.1/m.onnx. \
        Mend `url`, or try again later.
        """)
    #expect(try files(folder) == [])
  }

  @Test("a connection that breaks leaves its part for the next transfer", arguments: [true, false])
  func interruption(cardKnowsLength: Bool) throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Array(Self.bytes.prefix(100_000)), announced: 300_000)
    try card(server, bytes: cardKnowsLength ? 300_000 : nil, in: folder)
    #expect(
      try fault(server, in: folder) == """
        content/models/net.md:5:3: error: The connection broke after 100000 of 300000 bytes of \
        http://127.0.0.1/m.onnx. Try again: it goes on from there.
        """)
    #expect(try files(folder) == ["net/.model.onnx.part"])
  }

  @Test("a server that is not there")
  func noServer() throws {
    let folder = try TemporaryFolder()
    var server: LocalServer? = try LocalServer(body: [])
    let port = try #require(server?.port)
    try card(try #require(server), in: folder)
    server = nil
    let error = #expect(throws: DiagnosticList.self) {
      try ModelDownload("net", content: folder.path("content")).run()
    }
    #expect(
      try #require(error?.description).contains(
        "content/models/net.md:5:3: error: http://127.0.0.1:\(port)/m.onnx cannot be fetched: "))
    #expect(try files(folder) == [])
  }

  @Test("a file that somebody put there is left alone")
  func present() throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Self.bytes)
    try card(server, in: folder)
    try folder.write("abc", to: "content/models/net/model.onnx")
    #expect(
      try fault(server, in: folder) == """
        content/models/net.md:5:3: error: “content/models/net/model.onnx” is there already, but is another file: its \
        SHA-256 is ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, but the card says \(Self.digest). \
        Move it away to fetch the card’s.
        """)
    #expect(try folder.files(in: "content/models/net") == ["model.onnx": Data("abc".utf8)])
  }

  @Test("a build without the file says how to get it, and a card without a source cannot be fetched")
  func hints() throws {
    let folder = try TemporaryFolder()
    let server = try LocalServer(body: Self.bytes)
    try card(server, in: folder)
    try folder.write("title: Site\n", to: "content/site.yml")
    let options = BuildOptions(content: folder.path("content"), templates: TabletopSite.templates.path, output: "-")
    let error = #expect(throws: DiagnosticList.self) { try Gallery(options).check() }
    #expect(
      error?.description.replacingOccurrences(of: folder.url.path + "/", with: "")
        == "content/models/net.md:3:7: error: The model file “models/net/model.onnx” is not there. "
        + "Try “sitegen model pull net”.")
    try folder.write("---\ntitle: N\nfile: net.onnx\ninput: {size: 8}\n---\n", to: "content/models/net.md")
    try folder.write("", to: "content/models/net.onnx")
    #expect(
      try fault(server, in: folder) == "content/models/net.md: error: The card does not say where its file can be had. "
        + "Add `source:` with url, sha256 and bytes.")
  }
}
