import Foundation
import TestSupport

/// A site of words in several scripts, built for an address with a path, and shown below that path.
final class PublishedSite {
  /// The path of the site’s address.
  static let path = "/a/b/"

  private let folder: TemporaryFolder
  private let server: FolderServer

  private static let files = [
    "site.yml": "title: Site\nurl: https://example.org\(path)\nauthor: Ada\n",
    "index.md": "---\ntitle: Welcome\n---\nHere are [an experiment](experiments/mug.md) and ![a picture](dot.svg).\n",
    "static/favicon.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "images/dot.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\"/>",
    "experiments/mug.md": """
    ---
    title: Mug or apple?
    summary: One picture, two classes.
    date: 2026-11-20
    tags: [still life]
    aliases: [old/mug.html, /earlier/]
    ---
    The network looks at the handle of a cup.

    ## What the heat map shows

    Warm colours, as in [a paper](https://example.org/paper)[^1] and [here](cafe.md).

    [^1]: And in [a book](https://example.org/book).
    """,
    "experiments/cafe.md": """
    ---
    title: Café
    date: 2026-11-21
    ---
    A mug of coffee, and [the other one](mug.md#what-the-heat-map-shows).
    """,
    "pages/고양이.md": "---\ntitle: 고양이 실험\nslug: cat\n---\n네트워크가 고양이를 봅니다.\n",
    "pages/neko.md": "---\ntitle: 猫の実験\n---\n犬も見ています。\n",
    "pages/hostile.md": """
    ---
    title: "<img src=x onerror=alert(1)> mug"
    summary: "</script><b>bold</b>"
    ---
    ## <i>handle</i> & more
    """,
  ]

  init() throws {
    folder = try TemporaryFolder()
    for (path, text) in Self.files { try folder.write(text, to: "content/" + path) }
    try FigureSite.build(in: folder)
    server = try FolderServer(folder.url.appendingPathComponent("public"), below: Self.path)
  }

  /// The address of a file of the site.
  func address(_ name: String, by visit: FigureSite.Visit = .web) -> String {
    visit == .web ? server.address + name : "file://" + folder.path("public/" + name)
  }

  /// The paths of its files, from the output folder, sorted.
  var files: [String] {
    get throws { try folder.files(in: "public").keys.filter { $0 != ".sitegen" }.sorted() }
  }
}
