import Diagnostics
import Foundation
import Gallery
import TestSupport
import Testing

@Suite("A check finds what a build would")
struct CheckedOutputTests {
  /// A site without networks.
  private func site(_ files: KeyValuePairs<String, String>) throws -> (folder: TemporaryFolder, options: BuildOptions) {
    let folder = try TemporaryFolder()
    try folder.write("title: Site\n", to: "content/site.yml")
    for (path, text) in files { try folder.write(text, to: "content/" + path) }
    return (
      folder,
      BuildOptions(
        content: folder.path("content"), templates: TabletopContent.templates.path, output: folder.path("public"),
        store: folder.path("store"))
    )
  }

  /// What is complained of, with the temporary folder's path taken out.
  private func faults(_ folder: TemporaryFolder, _ run: () throws -> Void) -> String {
    do {
      try run()
      return ""
    } catch {
      return "\(error)".replacingOccurrences(of: folder.url.path + "/", with: "")
        .replacingOccurrences(of: TabletopContent.templates.path, with: "templates")
    }
  }

  private static let page = "---\ntitle: P\n---\nText\n"
  private static let long = String(repeating: "n", count: 251)

  private static let cases: [(files: KeyValuePairs<String, String>, fault: String)] = [
    (
      ["static/style.css": "x"],
      "error: templates/style.css and content/static/style.css would both be written to style.css. Rename one of them."
    ),
    (
      ["pages/404.md": page],
      "error: content/pages/404.md and the page for wrong addresses would both be written to 404.html. "
        + "Rename one of them."
    ),
    (
      ["static/index.html": "x", "index.md": page],
      "error: content/index.md and content/static/index.html would both be written to index.html. Rename one of them."
    ),
    (
      ["static/A.txt": "x", "static/a.txt": "y"],
      "error: content/static/A.txt and content/static/a.txt would both be written to a.txt. Rename one of them."
    ),
    (
      ["static/caf\u{E9}.txt": "x", "static/cafe\u{301}.txt": "y"],
      "error: content/static/cafe\u{301}.txt and content/static/caf\u{E9}.txt would both be written to caf\u{E9}.txt. "
        + "Rename one of them."
    ),
    (
      ["pages/\(long).md": page],
      "error: content/pages/\(long).md would be written to a file whose name has 256 bytes; file systems take 255. "
        + "Give it a shorter name."
    ),
    (
      ["static/experiments": "x", "experiments/a.md": page],
      "error: content/static/experiments would be written to experiments, which must be a folder for "
        + "experiments/a.html. Rename one of them."
    ),
    (
      ["static/sitemap.xml": "x", "site.yml": "title: S\nurl: https://example.org\n"],
      "error: the site map and content/static/sitemap.xml would both be written to sitemap.xml. Rename one of them."
    ),
    (
      ["static/.sitegen": "x"],
      "error: content/static/.sitegen would be written to .sitegen, which is sitegen’s own file. Rename it."
    ),
    (
      [".git/config": "x", "pages/a.md": page + "[x](/.git/config)\n"],
      "error: content/.git/config would be written to .git/config: “.git” belongs to version control. "
        + "Do not link to it."
    ),
    (
      ["experiments.html": "x", "experiments/a.md": page + "[x](/experiments.html)\n"],
      "error: the list of experiments and content/experiments.html would both be written to experiments.html. "
        + "Rename one of them."
    ),
    (
      ["pages/a.md": page + "[x](javascript:x)\n"],
      "content/pages/a.md:5: error: An address that begins with `javascript:` must not stand in a page. "
        + "Use https:, mailto: or tel:; write ./ before a file whose name has a colon."
    ),
  ]

  @Test("names that cannot be written, or not both, are told by both, and neither writes anything", arguments: cases)
  func names(files: KeyValuePairs<String, String>, fault: String) throws {
    let (folder, options) = try site(files)
    #expect(faults(folder) { _ = try Gallery(options).check() } == fault)
    #expect(faults(folder) { _ = try Gallery(options).build() } == fault)
    #expect(!FileManager.default.fileExists(atPath: options.output))
  }

  @Test("a pipe among the static files is told by both, and waited for by neither")
  func pipe() throws {
    let (folder, options) = try site(["static/a.txt": "x"])
    mkfifo(folder.path("content/static/pipe"), 0o600)
    let fault =
      "content/static/pipe: error: “content/static/pipe” is not a regular file. Put a file there, or remove it."
    #expect(faults(folder) { _ = try Gallery(options).check() } == fault)
    #expect(faults(folder) { _ = try Gallery(options).build() } == fault)
  }

  @Test("a template that has no end is told by both")
  func template() throws {
    var (folder, options) = try site(["pages/a.md": "---\ntitle: loop\n---\n"])
    try FileManager.default.copyItem(
      at: TabletopContent.templates, to: folder.url.appendingPathComponent("templates"))
    options.templates = folder.path("templates")
    try folder.write("{{>*page.title}}", to: "templates/page.mustache")
    try folder.write("{{>*page.title}}", to: "templates/loop.mustache")
    let fault =
      "templates/loop.mustache:1:1: error: Templates are nested deeper than 100 here. "
      + "Does one include itself, by a block or by a name that is a value?"
    #expect(faults(folder) { _ = try Gallery(options).check() } == fault)
    #expect(faults(folder) { _ = try Gallery(options).build() } == fault)
  }

  @Test("a file in the place of a figure's pictures is told before anything is computed")
  func figures() throws {
    let own = TabletopContent.templates.deletingLastPathComponent().appendingPathComponent("content")
    var (folder, options) = try site([
      "static/explanations/experiments/a/1/photo.png": "x",
      "experiments/a.md": "---\ntitle: A\nmodel: tabletop\nimage: mug.jpg\nclasses: mug\n---\n",
      "models/tabletop.md":
        "---\ntitle: Tabletop\nfile: tabletop/model.onnx\nlabels: tabletop/labels.txt\n"
        + "input: {size: [128, 128], scale: 1, mean: [0.45, 0.45, 0.45], std: [0.25, 0.25, 0.25]}\n---\n",
    ])
    for name in ["models/tabletop", "images"] {
      try folder.link(own.appendingPathComponent(name), as: "content/" + name)
    }
    options.followedLinks = [own.path]
    let fault =
      "error: content/static/explanations/experiments/a/1/photo.png would be written to "
      + "explanations/experiments/a/1/photo.png, where the pictures of content/experiments/a.md:2:1 go. Move it."
    #expect(faults(folder) { _ = try Gallery(options).check() }.contains(fault))
    #expect(faults(folder) { _ = try Gallery(options).build() }.contains(fault))
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("content/static"))
    #expect(faults(folder) { _ = try Gallery(options).check() } == "")
    #expect(!FileManager.default.fileExists(atPath: options.output))
  }

  @Test("weights beside a model are not taken from outside of the content unless that is allowed")
  func weights() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 8, 8])
    model.constant(
      ONNXTensorLiteral(shape: [3, 3, 1, 1], dataType: 1, name: "w") { tensor in
        tensor.integer(14, 1)
        tensor.message(13) { entry in
          entry.string(1, "location")
          entry.string(2, "weights.bin")
        }
      })
    model.node("Conv", ["x", "w"], ["c"])
    model.node("GlobalAveragePool", ["c"], ["p"])
    model.node("Flatten", ["p"], ["logits"])
    model.output("logits")
    var (folder, options) = try site([
      "models/net.md": "---\ntitle: Net\nfile: net/model.onnx\ninput: {size: 8, mean: [0.5, 0.5, 0.5]}\n---\n",
      "models/net/empty": "",
    ])
    try Data(model.bytes).write(to: URL(fileURLWithPath: folder.path("content/models/net/model.onnx")))
    let values = (0..<9).map { Float($0) / 9 }
    try folder.write("", to: "outside/weights.bin")
    try Data(values.withUnsafeBytes(Array.init)).write(to: URL(fileURLWithPath: folder.path("outside/weights.bin")))
    try folder.link(folder.url.appendingPathComponent("outside/weights.bin"), as: "content/models/net/weights.bin")
    let found = faults(folder) { _ = try Gallery(options).check() }
    #expect(found.contains("content/models/net.md:3:7: error: The model keeps weights in"))
    #expect(found.contains("content/models/net/weights.bin”, which leads out of"))
    options.followedLinks = [folder.path("outside")]
    #expect(faults(folder) { _ = try Gallery(options).check() } == "")
  }
}
