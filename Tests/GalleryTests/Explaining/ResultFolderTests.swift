import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("What an explanation may overwrite")
struct ResultFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func explain(_ methods: [String] = ["grad-cam"], arrays: Bool = false) throws -> ExplanationManifest {
    try StandaloneExplanation(
      StandaloneRequest(
        image: TabletopContent.photo.path, model: "tabletop", classes: ["mug"], methods: methods,
        output: folder.path("out"), writesArrays: arrays, content: TabletopContent.original.path)
    ).run()
  }

  /// What explaining complains of, with the folder's path taken out.
  private func fault(arrays: Bool = false) throws -> String {
    let error = #expect(throws: DiagnosticList.self) { _ = try explain(arrays: arrays) }
    return try #require(error).description.replacing(folder.url.path + "/", with: "")
  }

  private let foreign =
    "is there already, and no “sitegen explain” wrote it. "
    + "Move it away, or name another folder with --output."

  @Test("results of earlier explanations are overwritten, and the manifest tells of all of them")
  func again() throws {
    _ = try explain(arrays: true)
    let first = try folder.files(in: "out")
    try folder.write("changed", to: "out/8/grad-cam.png")
    #expect(try explain(arrays: true).files == ["8/grad-cam.npy", "8/grad-cam.png", "logits.npy"])
    #expect(try folder.files(in: "out") == first)
    let manifest = try explain(["localization"])
    #expect(manifest.files == ["8/grad-cam.npy", "8/grad-cam.png", "8/localization.png", "logits.npy"])
    // In a folder that holds other things too, and for what the last explanation but one wrote.
    try folder.write("mine", to: "out/8/notes.txt")
    _ = try explain(arrays: true)
    #expect(try folder.files(in: "out")["8/notes.txt"] == Data("mine".utf8))
    #expect(Set(try folder.files(in: "out").keys) == Set(manifest.files + ["manifest.json", "8/notes.txt"]))
  }

  @Test("what was asked for and has no picture now is not left from an earlier explanation")
  func withoutPicture() throws {
    _ = try explain(["grad-cam", "localization"], arrays: true)
    try folder.write("mine", to: "out/8/notes.txt")
    let results = try ResultFolder(folder.path("out"))
    let asked = ["8/grad-cam.png", "8/grad-cam.npy", "8/notes.txt", "8/localization.png"]
    try results.write([1, 2], to: "8/localization.png")
    #expect(
      results.files(with: ["8/localization.png"], replacing: asked) == ["8/localization.png", "logits.npy"])
    try results.commit(replacing: asked)
    #expect(
      try folder.files(in: "out").keys.sorted() == ["8/localization.png", "8/notes.txt", "logits.npy", "manifest.json"])
  }

  @Test("a manifest from before it listed every file is known, too")
  func oldManifest() throws {
    _ = try explain(arrays: true)
    let text = try String(contentsOfFile: folder.path("out/manifest.json"), encoding: .utf8)
    try folder.write(text.replacing(/"files" : \[[^\]]*\],\s*/, with: ""), to: "out/manifest.json")
    _ = try explain(arrays: true)
  }

  @Test(
    "a file that no explanation wrote is never overwritten",
    arguments: ["manifest.json", "8/grad-cam.png", "8/grad-cam.npy", "logits.npy"])
  func foreignFile(name: String) throws {
    for text in ["mine", #"{"name": "App", "icons": []}"#] {
      try folder.write(text, to: "out/" + name)
      #expect(try fault(arrays: true) == "error: “out/\(name)” \(foreign)")
      #expect(try folder.files(in: "out") == [name: Data(text.utf8)])
    }
  }

  @Test("nothing is written through links", arguments: ["manifest.json", "8/grad-cam.png"])
  func linkedFile(name: String) throws {
    _ = try explain()
    let target = folder.url.appendingPathComponent("mine")
    for isThere in [true, false] {
      if isThere {
        try Data(contentsOf: folder.url.appendingPathComponent("out/" + name)).write(to: target)
      } else {
        unlink(target.path)
      }
      unlink(folder.path("out/" + name))
      try folder.link(target, as: "out/" + name)
      let before = try? Data(contentsOf: target)
      #expect(try fault() == "error: “out/\(name)” \(foreign)")
      #expect((try? Data(contentsOf: target)) == before)
    }
  }

  @Test("a folder of a class that is a link is refused, and a linked output is what it leads to")
  func linkedFolder() throws {
    try FileManager.default.createDirectory(atPath: folder.path("elsewhere"), withIntermediateDirectories: true)
    try folder.link(folder.url.appendingPathComponent("elsewhere"), as: "out/8")
    #expect(
      try fault() == "error: “out/8” is not a folder, or is a link to one. Name another with --output.")
    #expect(try folder.files(in: "elsewhere") == [:])
    try FileManager.default.removeItem(atPath: folder.path("out"))
    try folder.link(folder.url.appendingPathComponent("elsewhere"), as: "out")
    _ = try explain()
    #expect(try folder.files(in: "elsewhere").keys.sorted() == ["8/grad-cam.png", "manifest.json"])
  }

  @Test("an output that is a file, or has no name")
  func noFolder() throws {
    try folder.write("mine", to: "out")
    #expect(try fault() == "error: “out” cannot be written to: Not a directory. Name another with --output.")
    let error = #expect(throws: Diagnostic.self) { try ResultFolder("") }
    #expect(error?.description == "error: The output folder has no name. Name another with --output.")
  }

  @Test("what was not put in its place leaves nothing behind")
  func discarded() throws {
    do {
      let results = try ResultFolder(folder.path("out"))
      try results.write([1], to: "8/a.png")
      try results.write([1], to: "b.png")
    }
    #expect(try folder.files(in: "out") == [:])
  }
}
