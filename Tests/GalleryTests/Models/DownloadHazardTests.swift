import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Gallery

/// What servers and file systems may do to a transfer; the server is real and on loopback.
@Suite("Fetching a model against the odds")
struct DownloadHazardTests {
  private static let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 3) }
  private static let digest = "94cd1d1bb9f2d4fd420b7b43fd050392c70bb269a268f806cce386d26c95717b"
  private static let part = "content/models/net/.model.onnx.part"
  private static let model = "content/models/net/model.onnx"

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func card(_ server: LocalServer, bytes: Int? = Self.bytes.count) throws {
    let size = bytes.map { "\n  bytes: \($0)" } ?? ""
    try folder.write(
      """
      ---
      title: Net
      file: net/model.onnx
      source:
        url: http://127.0.0.1:\(server.port)/m.onnx
        sha256: \(Self.digest)\(size)
      input: {size: 8}
      ---
      """, to: "content/models/net.md")
  }

  /// What fetching complains of behind the place, with folder and port taken out.
  private func fault(
    _ server: LocalServer, followedLinks: [String] = [], _ change: (inout TransferLimits) -> Void = { _ in }
  ) throws -> String {
    var download = try ModelDownload("net", content: folder.path("content"), followedLinks: followedLinks)
    change(&download.limits)
    do {
      _ = try download.run()
      return ""
    } catch let faults as DiagnosticList {
      return faults.description.replacingOccurrences(of: folder.url.path + "/", with: "")
        .replacingOccurrences(of: ":\(server.port)", with: "")
        .replacingOccurrences(of: "content/models/net.md:5:3: error: ", with: "")
    }
  }

  private func leave(_ part: [UInt8]) throws {
    try folder.write("", to: Self.part)
    try Data(part).write(to: URL(fileURLWithPath: folder.path(Self.part)))
  }

  private func files() throws -> [String: Data] { try folder.files(in: "content/models/net") }

  private static let whole = ["model.onnx": Data(Self.bytes)]

  /// A server that knows ranges.
  private static func ranged(_ request: LocalServer.Request) -> LocalServer.Answer {
    guard let offset = request.offset else {
      return LocalServer.Answer("200 OK", ["Content-Length": "\(bytes.count)"], bytes)
    }
    guard offset < bytes.count else { return LocalServer.Answer("416 Range Not Satisfiable", ["Content-Length": "0"]) }
    let rest = Array(bytes[offset...])
    return LocalServer.Answer(
      "206 Partial Content",
      [
        "Content-Length": "\(rest.count)", "Content-Range": "bytes \(offset)-\(bytes.count - 1)/\(bytes.count)",
      ], rest)
  }

  // MARK: - Going on

  @Test("a part that a broken transfer left is gone on with", arguments: [300_000, nil])
  func resume(length: Int?) throws {
    let server = try LocalServer(answer: Self.ranged)
    try card(server, bytes: length)
    try leave(Array(Self.bytes.prefix(120_000)))
    #expect(try fault(server) == "")
    #expect(server.requests.map(\.offset) == [120_000])
    #expect(try files() == Self.whole)
  }

  @Test("a part that is whole needs no server", arguments: [300_000, nil])
  func whole(length: Int?) throws {
    let server = try LocalServer(answer: Self.ranged)
    try card(server, bytes: length)
    try leave(Self.bytes)
    #expect(try fault(server) == "")
    #expect(server.requests.isEmpty)
    #expect(try files() == Self.whole)
  }

  @Test("a part of another file is found out by its hash, and everything is fetched anew", arguments: [1000, 300_000])
  func otherPart(count: Int) throws {
    let server = try LocalServer(answer: Self.ranged)
    try card(server)
    try leave([UInt8](repeating: 7, count: count))
    #expect(try fault(server) == "")
    #expect(server.requests.map(\.offset) == (count == 1000 ? [1000, nil] : [nil]))
    #expect(try files() == Self.whole)
  }

  @Test("a server that knows no ranges sends everything, and that is what is kept")
  func noRanges() throws {
    let server = try LocalServer(body: Self.bytes)
    try card(server)
    try leave(Array(Self.bytes.prefix(5)))
    #expect(try fault(server) == "")
    #expect(try files() == Self.whole)
  }

  @Test("a server that sends another part than was asked for is not believed")
  func wrongRange() throws {
    let server = try LocalServer { _ in
      LocalServer.Answer(
        "206 Partial Content", ["Content-Length": "10", "Content-Range": "bytes 0-9/300000"],
        Array(Self.bytes.prefix(10)))
    }
    try card(server)
    try leave(Array(Self.bytes.prefix(5)))
    #expect(
      try fault(server) == "The server sends another part of http://127.0.0.1/m.onnx than was asked for. Try again.")
    #expect(try files() == [:])
  }

  @Test("what comes in pieces over several transfers is the whole in the end")
  func pieces() throws {
    let server = try LocalServer { request in
      var answer = Self.ranged(request)
      answer.body = Array(answer.body.prefix(110_000))
      return answer
    }
    try card(server)
    for end in [110_000, 220_000] {
      #expect(
        try fault(server)
          == "The connection broke after \(end) of 300000 bytes of http://127.0.0.1/m.onnx. "
          + "Try again: it goes on from there.")
    }
    #expect(try fault(server) == "")
    #expect(try files() == Self.whole)
  }

  // MARK: - Time and size

  @Test("a server that falls silent is not waited for", arguments: [0, 1000])
  func silence(count: Int) throws {
    let server = try LocalServer { _ in
      var answer = LocalServer.Answer("200 OK", ["Content-Length": "300000"], Array(Self.bytes.prefix(count)))
      answer.staysOpen = true
      return answer
    }
    try card(server)
    #expect(
      try fault(server) { $0.silence = 1 }
        == (count == 0
          ? "http://127.0.0.1/m.onnx has sent nothing for 1 seconds. Try again later."
          : "http://127.0.0.1/m.onnx has sent nothing for 1 seconds after 1000 of 300000 bytes. "
            + "Try again: it goes on from there."))
    #expect(try files() == (count == 0 ? [:] : [".model.onnx.part": Data(Self.bytes.prefix(1000))]))
  }

  @Test("a server that sends a byte now and then is not waited for without end")
  func trickle() throws {
    let server = try LocalServer { _ in
      var answer = LocalServer.Answer("200 OK", ["Content-Length": "300000"], Self.bytes)
      answer.pause = 0.05
      return answer
    }
    try card(server)
    let fault = try fault(server) { limits in
      limits.patience = 1
      limits.slowest = 1e9
    }
    #expect(fault.hasPrefix("http://127.0.0.1/m.onnx has not come in 1 seconds"), "\(fault)")
  }

  @Test("no more is taken than a file of unknown size may have, announced or not", arguments: [true, false])
  func cap(isAnnounced: Bool) throws {
    let server = try LocalServer { _ in
      LocalServer.Answer("200 OK", isAnnounced ? ["Content-Length": "300000"] : [:], Self.bytes)
    }
    try card(server, bytes: nil)
    #expect(
      try fault(server) { $0.unknownCount = 100_000 }
        == "What lies at http://127.0.0.1/m.onnx has more than 100000 bytes, and the card does not say how many. "
        + "Add `bytes` to the card if it may have so many.")
    #expect(try files() == [:])
  }

  // MARK: - Redirections

  @Test("a server may send us to another place on the web")
  func redirection() throws {
    let server = try LocalServer { request in
      request.path == "/m.onnx" ? LocalServer.Answer("302 Found", ["Location": "/other"]) : Self.ranged(request)
    }
    try card(server)
    #expect(try fault(server) == "")
    #expect(server.requests.map(\.path) == ["/m.onnx", "/other"])
    #expect(try files() == Self.whole)
  }

  @Test(
    "a server that sends us off the web is not followed, and that is said once",
    arguments: ["file:///etc/passwd", "ftp://127.0.0.1/m.onnx", "data:text/plain,hello", "gopher://127.0.0.1/"])
  func otherScheme(target: String) throws {
    let server = try LocalServer { _ in LocalServer.Answer("302 Found", ["Location": target, "Content-Length": "0"]) }
    try card(server)
    #expect(
      try fault(server)
        == "http://127.0.0.1/m.onnx sends us to \(target), which is no address of the web. Mend `url` in the card.")
    #expect(try files() == [:])
  }

  @Test("a server that sends us round in circles is left")
  func circle() throws {
    let server = try LocalServer { _ in LocalServer.Answer("302 Found", ["Location": "/m.onnx", "Content-Length": "0"])
    }
    try card(server)
    #expect(try fault(server) == "http://127.0.0.1/m.onnx sends us on more than 10 times. Mend `url` in the card.")
  }

  @Test("encryption is never given up on the way")
  func encryption() {
    func objection(_ source: String, _ target: String) -> String? {
      Redirection.objection(from: URL(string: source), to: URL(string: target))
    }
    #expect(objection("https://a/", "http://a/") == "which is not encrypted")
    #expect(objection("HTTPS://a/", "HTTP://a/") == "which is not encrypted")
    for (source, target) in [("https://a/", "https://b/"), ("http://a/", "https://b/"), ("http://a/", "http://b/")] {
      #expect(objection(source, target) == nil)
    }
  }

  // MARK: - Links

  @Test("nothing is written through a link that lies where the part goes, or on the way")
  func links() throws {
    let server = try LocalServer(body: Self.bytes)
    try card(server)
    try folder.write("mine", to: "mine")
    try folder.link(folder.url.appendingPathComponent("mine"), as: Self.part)
    #expect(
      try fault(server)
        == "“\(Self.part)” is a link, and nothing is written through links. Remove it.")
    unlink(folder.path(Self.part))
    #expect(link(folder.path("mine"), folder.path(Self.part)) == 0)
    #expect(try fault(server) == "“\(Self.part)” is not a regular file with one name. Remove it.")
    try FileManager.default.removeItem(atPath: folder.path("content/models/net"))
    try FileManager.default.createDirectory(atPath: folder.path("elsewhere"), withIntermediateDirectories: true)
    try folder.link(folder.url.appendingPathComponent("elsewhere"), as: "content/models/net")
    #expect(
      try fault(server)
        == "“net” on the way to “\(Self.model)” is a link, and nothing is fetched through links. "
        + "Make it a folder, or put the file there yourself.")
    #expect(try folder.files(in: "elsewhere") == [:])
    #expect(try folder.files(in: "")["mine"] == Data("mine".utf8))
    #expect(server.requests.isEmpty)
  }

  @Test("a link to nothing stays, and one to the card’s file will do")
  func modelIsLink() throws {
    let server = try LocalServer(body: Self.bytes)
    try card(server)
    let blob = folder.url.appendingPathComponent("blob")
    try folder.link(blob, as: Self.model)
    #expect(
      try fault(server, followedLinks: [folder.url.path])
        == "“\(Self.model)” is there already, but cannot be read: No such file or directory. Move it away.")
    try Data(Self.bytes).write(to: blob)
    #expect(try fault(server, followedLinks: [folder.url.path]) == "")
    #expect(server.requests.isEmpty)
  }
}
