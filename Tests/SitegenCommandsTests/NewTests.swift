import Foundation
import TestSupport
import Testing

@testable import SitegenCommands

@Suite("From an empty folder to a gallery")
struct NewTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ words: String...) throws -> Program.Outcome { try Program.run(words, in: folder.url) }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: folder.url.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("a new site builds at once, with the built-in theme, and has its pages and pictures")
  func newSite() throws {
    let made = try run("new", "site", "gallery")
    #expect(made.errors == "")
    #expect(made.status == 0)
    #expect(made.output.hasPrefix("Wrote gallery/content/experiments/two-objects.md\n"))
    #expect(made.output.hasSuffix("Build it: cd gallery && sitegen build\n"))
    let site = folder.url.appendingPathComponent("gallery")
    let check = try Program.run(["check"], in: site)
    #expect(check.errors == "")
    let strict = try Program.run(["check", "--strict"], in: site)
    #expect(strict.errors == "")
    #expect(strict.status == 0)
    #expect(strict.output == "No warnings in content.\n")
    let build = try Program.run(["build"], in: site)
    #expect(build.status == 0)
    #expect(build.errors.contains("warning") == false)
    let files = try folder.files(in: "gallery/public").keys
    for page in ["index.html", "experiments/two-objects.html", "about.html", "models/tabletop.html", "style.css"] {
      #expect(files.contains(page), "\(page)")
    }
    #expect(files.contains { $0.hasSuffix(".png") } && files.contains { $0.hasSuffix(".jpg") })
    #expect(try text("gallery/public/experiments/two-objects.html").contains("data-class=\"apple\""))
    #expect(try text("gallery/public/index.html").contains("<p>Made with sitegen.</p>"))
    #expect(try text("gallery/public/style.css").hasSuffix("--accent: #8cc4e6;\n  }\n}\n"))
  }

  @Test("nothing is written into a folder that holds something, nor over a file")
  func neverOverwrites() throws {
    try folder.write("mine", to: "gallery/notes.txt")
    let site = try run("new", "site", "gallery")
    #expect(site.status == 1)
    #expect(
      site.errors
        == "error: “gallery” is not empty: it holds “notes.txt”. Name a folder that is empty or does not exist; "
        + "“sitegen new experiment” and “new page” add to a site.\n")
    #expect(try folder.files(in: "gallery").keys.sorted() == ["notes.txt"])

    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.write("mine", to: "content/pages/about-us.md")
    let page = try run("new", "page", "About us")
    #expect(page.status == 1)
    #expect(
      page.errors
        == "error: “content/pages/about-us.md” is there already. Choose another name, or move it away.\n")
    #expect(try text("content/pages/about-us.md") == "mine")
  }

  @Test("a page and an experiment without a picture build as they are")
  func textPages() throws {
    try folder.write("title: Site\n", to: "content/site.yml")
    #expect(try run("new", "page", "About: us").output == "Wrote content/pages/about-us.md\n")
    #expect(try text("content/pages/about-us.md") == "---\ntitle: \"About: us\"\n---\nWhat there is to say.\n")
    let experiment = try run("new", "experiment", "cat-or-dog")
    #expect(experiment.output == "Wrote content/experiments/cat-or-dog.md\n")
    #expect(
      experiment.errors
        == "content/experiments/cat-or-dog.md: warning: The page asks nothing yet. "
        + "Follow what it says, or begin with --image PHOTO.\n")
    #expect(try text("content/experiments/cat-or-dog.md").hasPrefix("---\ntitle: Cat or dog\ndate: 2"))
    let build = try run("build")
    #expect(build.status == 0)
    #expect(build.errors.contains("warning") == false)
    #expect(try text("public/experiments/cat-or-dog.html").contains("top: 2"))
  }

  @Test("an experiment with a picture asks about what the network sees in it")
  func suggestions() throws {
    #expect(try run("new", "site", ".").status == 0)
    let photo = TabletopContent.templates.appendingPathComponent("../content/images/mushroom.jpg").standardizedFileURL
    let made = try run("new", "experiment", "What is this?", "--image", photo.path)
    #expect(made.errors == "")
    #expect(made.output == "Wrote content/images/mushroom.jpg\nWrote content/experiments/what-is-this.md\n")
    let page = try text("content/experiments/what-is-this.md")
    #expect(page.contains("title: What is this?\n"))
    #expect(page.contains("image: mushroom.jpg\n# The network’s best: mushroom "))
    #expect(page.contains("\nclasses: [mushroom, "))
    #expect(!page.contains("model:"))
    #expect(try run("build").status == 0)
    #expect(try text("public/experiments/what-is-this.html").contains("data-class=\"mushroom\""))
    // The picture is there now; another page about it must name it otherwise.
    let again = try run("new", "experiment", "again", "--image", photo.path)
    #expect(
      again.errors == "error: “content/images/mushroom.jpg” is there already. Choose another name, or move it away.\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path("content/experiments/again.md")))
  }

  @Test("a network of one’s own gets a card, and is told what the file does not tell")
  func ownNetwork() throws {
    let model = TabletopContent.templates.appendingPathComponent("../content/models/tabletop/model.onnx")
      .standardizedFileURL
    try FileManager.default.copyItem(at: model, to: folder.url.appendingPathComponent("My_Net.onnx"))
    let made = try run("new", "site", "gallery", "--model", "My_Net.onnx")
    #expect(made.status == 0)
    #expect(
      made.errors.split(separator: "\n").map(String.init) == [
        "gallery/content/models/my-net.md: warning: How pictures are normalised is not in the file: they go in from 0 to 1. "
          + "Set `scale`, `mean` and `std` to what the network was trained with.",
        "gallery/content/models/my-net.md: warning: Whether pictures are stretched, cropped or padded, and the order of "
          + "channels, is not in the file. Look at `resize` and `channels`.",
        "gallery/content/models/my-net/labels.txt: warning: The file does not name its 12 classes. "
          + "Write each class’s name in its line.",
      ])
    let card = try text("gallery/content/models/my-net.md")
    #expect(
      card.hasPrefix(
        """
        ---
        title: My Net
        file: my-net/model.onnx
        labels: my-net/labels.txt
        input:
          size: [128, 128]
          resize: stretch
          channels: rgb
        """))
    #expect(try text("gallery/content/models/my-net/labels.txt").hasPrefix("class 0\nclass 1\n"))
    #expect(try text("gallery/content/site.yml").contains("  model: my-net\n"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("gallery/content/models/tabletop.md")))
    let build = try Program.run(["build"], in: folder.url.appendingPathComponent("gallery"))
    #expect(build.status == 0)
    #expect(try text("gallery/public/experiments/first.html").contains("data-class=\"class "))
  }

  @Test("`new model` takes labels along, and refuses what is no network")
  func newModel() throws {
    #expect(try run("new", "site", ".").status == 0)
    let network = "content/models/tabletop/model.onnx"
    let made = try run("new", "model", "second", "--model", network, "--labels", "content/models/tabletop/labels.txt")
    #expect(made.status == 0)
    #expect(!made.errors.contains("does not name"))
    #expect(try text("content/models/second/labels.txt") == text("content/models/tabletop/labels.txt"))
    #expect(try run("check").status == 0)
    try folder.write("no network", to: "x.onnx")
    let refused = try run("new", "model", "third", "--model", "x.onnx")
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("x.onnx: error: "))
    #expect(!FileManager.default.fileExists(atPath: folder.path("content/models/third.md")))
  }

  @Test(
    "what stands in the way is said, with a way out",
    arguments: [
      (
        ["new", "page", "x"], 1,
        "error: There is no content folder “content”. Begin one with “sitegen new site DIR”, or name it with --content.\n"
      ),
      (["new", "site", "x", "--labels", "l.txt"], 2, "Error: --labels goes with --model.\n"),
      (["new", "site", "x", "--model", "none.onnx"], 1, "none.onnx: error: "),
    ])
  func faults(words: [String], status: Int32, says: String) throws {
    let outcome = try Program.run(words, in: folder.url)
    #expect(outcome.status == status)
    #expect(outcome.errors.hasPrefix(says), "\(outcome.errors)")
    #expect(try folder.files(in: "").isEmpty)
  }

  @Test("the version is a version")
  func version() throws {
    let outcome = try run("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output == Sitegen.version + "\n")
    #expect(Sitegen.version.wholeMatch(of: /(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)/) != nil)
  }

  @Test("a folder of templates that somebody named must be there")
  func namedTemplates() throws {
    try folder.write("title: Site\n", to: "content/site.yml")
    #expect(try run("check").status == 0)
    let named = try run("check", "--templates", "theme")
    #expect(named.status == 1)
    #expect(named.errors == "error: There is no templates folder “theme”. Name it with --templates.\n")
  }

  @Test("one file of one’s own is laid over the theme, by build and check")
  func overlay() throws {
    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.write("p { color: red }", to: "templates/style.css")
    #expect(try run("build").status == 0)
    #expect(try text("public/style.css") == "p { color: red }")
    // A build sees an edit of it.
    try folder.write("<h1>Mine</h1>", to: "templates/home.mustache")
    #expect(try run("build").status == 0)
    #expect(try text("public/index.html") == "<h1>Mine</h1>")
    try folder.write("", to: "templates/hom.mustache")
    let check = try run("check")
    #expect(check.status == 1)
    #expect(
      check.errors
        == "templates/hom.mustache: error: The theme has no file “hom.mustache”, and no template here names it. "
        + "Did you mean “home.mustache”?\n")
  }

  @Test("a build sees a file that is laid over the theme, and that it is taken away")
  func comesAndGoes() throws {
    try folder.write("title: Site\n", to: "content/site.yml")
    #expect(try run("build").status == 0)
    let theme = try folder.files(in: "public")
    try folder.write("<h1>Mine</h1>", to: "templates/home.mustache")
    #expect(try run("build").status == 0)
    #expect(try text("public/index.html") == "<h1>Mine</h1>")
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("templates"))
    #expect(try run("build").status == 0)
    #expect(try folder.files(in: "public").filter { $0.key != ".sitegen" } == theme.filter { $0.key != ".sitegen" })
  }

  @Test("the catalogue makes a card, and what comes from elsewhere in its place is refused")
  func pull() throws {
    try folder.write("title: Site\n", to: "content/site.yml")
    // Port 9 of loopback answers nobody.
    let refused = try run("model", "pull", "resnet18", "--url", "http://127.0.0.1:9/resnet18.onnx")
    #expect(refused.status == 1)
    #expect(refused.output == "Wrote content/models/resnet18/labels.txt\nWrote content/models/resnet18.md\n")
    #expect(
      refused.errors.hasPrefix(
        "content/models/resnet18.md:5:3: error: http://127.0.0.1:9/resnet18.onnx cannot be fetched: "),
      "\(refused.errors)")
    let check = try run("check")
    #expect(check.errors.contains("Try “sitegen model pull resnet18”."), "\(check.errors)")
    let again = try run("model", "pull", "resnet18", "--url", "http://127.0.0.1:9/x.onnx")
    #expect(
      again.errors
        == "error: There is a card “resnet18” already, which says where its file is. "
        + "Leave out --url, or edit `source:` in the card.\n")
  }
}
