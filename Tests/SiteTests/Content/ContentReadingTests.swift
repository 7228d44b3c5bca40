import Diagnostics
import Foundation
import Site
import Testing
import Vocabulary

@Suite("Which files of a content folder are read")
struct ContentReadingTests {
  @Test("links inside are followed, links out of the content are refused unless allowed")
  func links() throws {
    let outside = try ContentFixture(["photo.png": "pixels", "page.md": "---\ntitle: Out\n---\n", "robots.txt": "x"])
    let fixture = try ContentFixture([
      "experiments/a.md": "---\ntitle: A\n---\n![p](out.png) ![q](in.png)\n", "static/real/x.txt": "x",
    ])
    let real = outside.url.resolvingSymlinksInPath().path
    for (target, link) in [
      ("../images/photo.png", "experiments/in.png"), (real + "/photo.png", "experiments/out.png"),
      (real + "/page.md", "pages/out.md"), (real + "/robots.txt", "static/robots.txt"), ("real", "static/copy"),
      ("/etc", "static/etc"),
    ] {
      let path = fixture.url.appendingPathComponent(link)
      try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: path.path, withDestinationPath: target)
    }
    func refusal(_ place: String, _ path: String, _ target: String, _ folder: String) -> String {
      "\(place): error: “content/\(path)” leads out of content, to \(target). "
        + "Copy it into content, or allow its folder with `--follow-links \(folder)`."
    }
    #expect(
      fixture.load().faults.split(separator: "\n").map(String.init) == [
        refusal("content/experiments/a.md:4", "experiments/out.png", real + "/photo.png", real),
        refusal("content/pages/out.md", "pages/out.md", real + "/page.md", real),
        refusal("content/static/etc", "static/etc", "/etc", "/"),
        refusal("content/static/robots.txt", "static/robots.txt", real + "/robots.txt", real),
      ])
    try FileManager.default.removeItem(at: fixture.url.appendingPathComponent("static/etc"))
    var diagnostics = DiagnosticList()
    let content = SiteContent.load(
      from: fixture.url, shownAs: "content", methods: .sample, followedLinks: [outside.url.path],
      diagnostics: &diagnostics)
    #expect(diagnostics.description == "")
    #expect(content?.staticFiles.map(\.path) == ["copy/x.txt", "real/x.txt", "robots.txt"])
    #expect(content?.pages.map(\.title) == ["Out"])
  }

  @Test("only regular files are read, and what cannot be seen is a fault")
  func irregular() throws {
    let fixture = try ContentFixture([
      "experiments/a.md": "---\ntitle: A\nimage: pipe.png\ntop: 1\nmodel: net\n---\n![x](pipe.png)\n"
    ])
    for path in ["images/pipe.png", "static", "pages/p.md"] {
      let file = fixture.url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      if path == "static" {
        try "a file".write(to: file, atomically: true, encoding: .utf8)
      } else {
        mkfifo(file.path, 0o600)
      }
    }
    symlink("loop", fixture.url.appendingPathComponent("images/loop").path)
    #expect(
      fixture.load().faults.split(separator: "\n").map(String.init) == [
        "content/experiments/a.md:3:8: error: “content/images/pipe.png” is not a regular file. "
          + "Put a file there, or remove it.",
        "content/experiments/a.md:7: error: “content/images/pipe.png” is not a regular file. "
          + "Put a file there, or remove it.",
        "content/pages/p.md: error: “content/pages/p.md” is not a regular file. Put a file there, or remove it.",
        "content/static: error: The folder cannot be read: Not a directory.",
      ])
  }

  @Test(
    "a folder that cannot be listed is a fault, not an empty one",
    .enabled(if: getuid() != 0, "root may read everything"))
  func closedFolder() throws {
    let fixture = try ContentFixture(["experiments/a.md": "---\ntitle: A\n---\n"])
    let folder = fixture.url.appendingPathComponent("experiments").path
    chmod(folder, 0)
    defer { chmod(folder, 0o700) }
    #expect(
      fixture.load().faults
        == "content/experiments: error: The folder cannot be read: Permission denied.")
  }

  @Test("a link that leads to a folder it lies in is a fault, and not followed without end")
  func circle() throws {
    let fixture = try ContentFixture(["static/a/x.txt": "x"])
    symlink("..", fixture.url.appendingPathComponent("static/a/up").path)
    symlink("nothing", fixture.url.appendingPathComponent("static/lost").path)
    #expect(
      fixture.load().faults == """
        content/static/a/up: error: This link leads to a folder that it lies in. Remove it.
        content/static/lost: error: This link leads nowhere. Remove it.
        """)
  }
}
