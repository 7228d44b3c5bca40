import Files
import Foundation
import TestSupport
import Testing

@testable import Site

@Suite("The marker of an output folder")
struct SiteMarkerTests {
  private let folder: TemporaryFolder
  private static let hash = String(repeating: "0123456789abcdef", count: 4)
  private static let heading =
    "This folder is written by sitegen. Every build replaces the files that are listed here; all others stay.\n"

  init() throws {
    folder = try TemporaryFolder()
  }

  private func marker(_ files: [String: String]) -> SiteMarker {
    SiteMarker(files: Dictionary(uniqueKeysWithValues: files.map { (ExactPath($0), $1) }))
  }

  private func read(_ bytes: [UInt8]) throws -> SiteMarker? {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path(".sitegen")))
    return try SiteMarker(in: folder.path(""))
  }

  @Test("a marker lists files with their hashes, as sha256sum does, whatever they are called")
  func list() throws {
    let files = ["a.html": Self.hash, "b c/ü.png": Self.hash, "back\\slash\\n": Self.hash, "two\nlines\\": Self.hash]
    let bytes = marker(files).bytes
    #expect(try read(bytes)?.files == marker(files).files)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines[0] + "\n" == Self.heading)
    #expect(lines[1] == "\(Self.hash)  a.html")
    #expect(lines[3] == "\(Self.hash)  back\\\\slash\\\\n")
    #expect(lines[5].hasSuffix("  .sitegen"))
    #expect(try read(marker([:]).bytes)?.files == [:])
  }

  @Test("a marker that lost a part, or was changed, still marks the folder but lists nothing")
  func damaged() throws {
    let bytes = marker(["a.html": Self.hash, "b.html": Self.hash]).bytes
    var changed = bytes
    changed[Self.heading.utf8.count + 66] = UInt8(ascii: "x")
    for bytes in [changed, Array(bytes.dropLast()), Array(bytes.dropLast(80)), Array(Self.heading.utf8)] {
      let marker = try #require(try read(bytes))
      #expect(marker.files == nil)
    }
  }

  @Test(
    "a list that leads out of the folder is none",
    arguments: ["../x", "/etc/passwd", "a/../../b", "", "a//b", ".sitegen"])
  func outside(path: String) throws {
    let marker = try #require(try read(marker([path: Self.hash]).bytes))
    #expect(marker.files == nil)
  }

  @Test("the text of earlier versions marks a folder as well")
  func earlier() throws {
    let marker = try #require(
      try read(Array("This folder is written by sitegen. Every build replaces it; do not edit it by hand.\n".utf8)))
    #expect(marker.files == nil)
  }

  @Test("anything else is no marker", arguments: ["", "x", "This folder is written by sitegen.", "This folder"])
  func none(text: String) throws {
    #expect(try read(Array(text.utf8)) == nil)
  }

  @Test("a folder or a link of that name is no marker, and neither is nothing")
  func otherKinds() throws {
    #expect(try SiteMarker(in: folder.path("")) == nil)
    #expect(try SiteMarker(in: folder.path("none")) == nil)
    try Data(marker([:]).bytes).write(to: URL(fileURLWithPath: folder.path("real")))
    try folder.link(folder.url.appendingPathComponent("real"), as: ".sitegen")
    #expect(try SiteMarker(in: folder.path("")) == nil)
    try folder.write("x", to: "store/.sitegen/store/x")
    #expect(try SiteMarker(in: folder.path("store")) == nil)
  }
}

@Suite("The journal of a build")
struct JournalTests {
  private static let steps: [PublishingStep] = [
    .place("site/a b", at: "a b"), .add("site/two\nlines", at: "two\nlines"), .remove("ü", hash: "0"),
    .add("", at: "x"),
  ]

  @Test("a journal is read as it was written", arguments: [Journal.exchange, .steps([]), .steps(Self.steps)])
  func reading(journal: Journal) throws {
    let folder = try TemporaryFolder()
    #expect(try Journal.read(folder.path("journal")) == nil)
    try Data(journal.bytes).write(to: URL(fileURLWithPath: folder.path("journal")))
    #expect(try Journal.read(folder.path("journal")) == journal)
    // What is damaged is taken for the one after which nothing goes that is not known to be ours.
    try Data(journal.bytes.dropLast()).write(to: URL(fileURLWithPath: folder.path("journal")))
    #expect(try Journal.read(folder.path("journal")) == .exchange)
  }
}
