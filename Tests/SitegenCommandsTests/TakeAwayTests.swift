import Foundation
import TestSupport
import Testing

/// What a page offers to be taken away is true: the command line that it prints gives the same numbers.
@Suite("What readers take away of a figure")
struct TakeAwayTests {
  private let content: TabletopContent
  private let page: String

  init() throws {
    content = try TabletopContent([
      "it-s": """
      ---
      title: It’s & more
      date: 2026-01-02
      model: tabletop
      ---
      ```explain
      image: a mug's & apple.jpg
      classes: [mug]
      methods: [guided-backprop, grad-cam, signed]
      arrays: all
      ```
      """
    ])
    try content.folder.copy(TabletopContent.photo, as: "content/images/a mug's & apple.jpg")
    let build = ["build", "--templates", TabletopContent.templates.path]
    try #require(try Program.run(build, in: content.folder.url).status == 0)
    page = try String(contentsOfFile: content.folder.path("public/experiments/it-s.html"), encoding: .utf8)
  }

  /// The texts of the page that are set as code.
  private var snippets: [String] {
    page.matches(of: /<pre><code>((?:.|\n)*?)<\/code><\/pre>/).map { match in
      let entities = [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
      return entities.reduce(String(match.output.1)) { $0.replacing($1.0, with: $1.1) }
    }
  }

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: content.folder.path(path)))
  }

  @Test("the command line makes the same values, as a shell reads it")
  func command() throws {
    let command = try #require(snippets.first { $0.hasPrefix("sitegen explain") })
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = content.folder.url
    let programs = Program.executable.deletingLastPathComponent().path
    process.environment = ["PATH": "\(programs):/usr/bin:/bin"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(command)")
    for method in ["guided-backprop", "grad-cam", "signed"] {
      let pattern = try Regex("href=\"../(explanations/[^\"]*/8-\(method)-[0-9a-f]{12}\\.npy)\" download")
      let path = try #require(page.firstMatch(of: pattern)?.output[1].substring)
      let offered = try bytes("public/\(path)")
      #expect(offered.count > 200)
      #expect(try offered == bytes("out/8/\(method).npy"), "\(method)")
    }
  }

  @Test("the manifest names the files by their hashes, and each cell with its numbers")
  func manifest() throws {
    let file = try bytes("public/explanations/experiments/it-s/1/manifest.json")
    let manifest = try #require(try JSONSerialization.jsonObject(with: file) as? [String: Any])
    let part = try #require((manifest["parts"] as? [[String: Any]])?.first)
    #expect(part["image"] as? String == "images/a mug's & apple.jpg")
    #expect(part["image_sha256"] as? String == sha256(TabletopContent.photo.path))
    #expect(
      part["model_sha256"] as? [String: String] == [
        "model.onnx": try #require(sha256(content.folder.path("content/models/tabletop/model.onnx")))
      ])
    let cells = try #require(part["cells"] as? [[String: Any]])
    #expect(cells.map { $0["method"] as? String } == ["guided-backprop", "grad-cam", "signed"])
    #expect(cells.map { $0["layer"] as? String } == [nil, "relu8", "relu8"])
    for cell in cells {
      #expect(cell["class"] as? Int == 8)
      #expect(abs((cell["logit"] as? Double ?? .nan) - 5.13) < 0.01)
      for key in ["picture", "array"] { #expect(try !bytes("public/\(cell[key] as? String ?? "")").isEmpty) }
    }
  }

  /// By another program than ours.
  private func sha256(_ path: String) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum", path]
    process.standardOutput = pipe
    try? process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return text.split(separator: " ").first.map(String.init)
  }

  @Test("Python, BibTeX and the page of the figure alone are there")
  func others() throws {
    let check = try #require(snippets.first { $0.hasPrefix("import numpy") })
    #expect(check.split(separator: "\n").count == 6)
    #expect(check.contains("T.Resize((128, 128))"))
    #expect(check.contains("T.Normalize([0.45, 0.45, 0.45], [0.25, 0.25, 0.25])"))
    #expect(check.contains("(x)[0, 8]") && check.contains("torch.relu("))
    let citation = try #require(snippets.first { $0.hasPrefix("@misc") })
    #expect(citation.contains("  title = {Figure 1 in “It’s \\& more”},\n") && citation.contains("  year = {2026},\n"))
    let alone = String(decoding: try bytes("public/figures/experiments/it-s-1.html"), as: UTF8.self)
    #expect(alone.contains("id=\"figure-1-1-grad-cam\"") && !alone.contains("take-away"))
    #expect(alone.contains("src=\"../../explanations/experiments/it-s/1/photo-"))
    #expect(alone.contains("<a href=\"../../experiments/it-s.html\">From It’s &amp; more, Site</a>"))
  }
}
