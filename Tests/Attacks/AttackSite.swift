import Foundation
import Imaging
import NeuralNetwork
import TestSupport

/// A small site in a folder of its own, on which one attack is tried.
///
///     site/content/…        an experiment, a page, a picture, a network of three classes, a static file
///     site/templates/…      the project's own
///     site/notes.txt        somebody's work
///     outside/…             what no site may read
///     kit/…                 hostile models and pictures to take from
struct AttackSite {
  /// What became of a command.
  struct Outcome {
    let status: Int32
    /// stdout and stderr.
    let text: String
  }

  /// The program lies beside the test bundle.
  private static let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
  private static let kit = Result { try AttackKit() }

  private let folder: TemporaryFolder
  /// The folder in which commands run.
  var url: URL { folder.url.appendingPathComponent("site") }

  init() throws {
    folder = try TemporaryFolder()
    for (name, text) in [
      "site/content/site.yml": "title: Site\n",
      "site/content/experiments/a.md":
        "---\ntitle: First\nmodel: net\nimage: picture.png\nclasses: [cat]\nmethods: [grad-cam]\n---\nText.\n",
      "site/content/pages/about.md": "---\ntitle: About\n---\nText.\n",
      "site/content/models/net.md": "---\ntitle: Net\nfile: net.onnx\nlabels: labels.txt\ninput: {size: 16}\n---\n",
      "site/content/models/labels.txt": "cat\ndog\nmug\n",
      "site/content/static/robots.txt": "User-agent: *\n",
      "site/notes.txt": "work of years\n",
      "site/.gitignore": "mine\n",
      "outside/secret.txt": "secret words\n",
      "outside/page.md": "---\ntitle: Secret\n---\nsecret words\n",
    ] { try folder.write(text, to: name) }
    try folder.copy(TabletopContent.templates, as: "site/templates")
    let kit = try Self.kit.get()
    try kit.write("net.onnx", to: url.appendingPathComponent("content/models/net.onnx"))
    try kit.write("net.onnx", to: folder.url.appendingPathComponent("outside/net.onnx"))
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent("content/images"), withIntermediateDirectories: true)
    try kit.write("picture.png", to: url.appendingPathComponent("content/images/picture.png"))
    try kit.write("picture.png", to: folder.url.appendingPathComponent("outside/secret.png"))
  }

  /// A site of one of the reference data's cases, with its network and a photo in their places.
  init(case name: String) throws {
    folder = try TemporaryFolder()
    let source = ReferenceData.url("cases/\(name)")
    try folder.copy(source, as: "site")
    _ = try run("chmod -R u+w .; mkdir -p ../outside")
    try folder.copy(TabletopContent.templates, as: "site/templates")
    if FileManager.default.fileExists(atPath: url.appendingPathComponent("content").path) {
      try folder.copy(source.appendingPathComponent("model.onnx"), as: "site/content/models/net.onnx")
      try folder.copy(
        TabletopContent.original.appendingPathComponent("images/mug.jpg"), as: "site/content/experiments/mug.jpg")
    }
    _ = try run("chmod -R u+w .")
  }

  /// Runs shell commands in the site's folder; `sitegen` is the program, `$KIT` what `AttackKit` has, `$OUTSIDE` a folder
  /// beside the site.
  func run(_ commands: String) throws -> Outcome {
    let report = folder.path("report")
    _ = FileManager.default.createFile(atPath: report, contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", Self.prelude + commands]
    process.currentDirectoryURL = url
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PATH": Self.programs + ":/usr/sbin:/usr/bin:/sbin:/bin", "KIT": try Self.kit.get().folder.url.path,
      "OUTSIDE": folder.path("outside"), "SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8",
    ]) { $1 }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: report))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: report)), as: UTF8.self)
    let signal = process.terminationReason == .uncaughtSignal
    return Outcome(status: process.terminationStatus + (signal ? 128 : 0), text: text)
  }

  /// What rows have in common.
  private static let prelude = """
    # Tries a command as somebody who may not read and write everything.
    as_nobody() { chown -R 65534:65534 ..; setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    # Writes a page whose body is stdin.
    page() { mkdir -p "$(dirname "content/$1")"; { printf -- '---\\ntitle: %s\\n%s---\\n' "${2:-Page}" "$3"; cat; } > "content/$1"; }
    # Makes the explanation of another picture the first page's.
    picture() { cp "$1" content/images/other.png; sed -i.bak 's/picture.png/other.png/' content/experiments/a.md; rm content/experiments/a.md.bak; }
    # Puts another network in the place of the site's.
    network() { cp "$1" content/models/net.onnx; }
    # Adds a line to the front matter of the first page.
    front() { sed -i.bak "2i\\\\
    $1" content/experiments/a.md; rm content/experiments/a.md.bak; }

    """

  /// Every file below the site and beside it, with its bytes, and every folder and link: all that must not change.
  func tree(except changes: [String]) throws -> [String: Data] {
    var tree: [String: Data] = [:]
    let manager = FileManager.default
    for root in ["site", "outside"] {
      let base = folder.url.appendingPathComponent(root)
      for path in try manager.subpathsOfDirectory(atPath: base.path) {
        if root == "site", changes.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) { continue }
        let file = base.appendingPathComponent(path)
        let attributes = try manager.attributesOfItem(atPath: file.path)
        switch attributes[.type] as? FileAttributeType {
        case .typeRegular?: tree["\(root)/\(path)"] = (try? Data(contentsOf: file)) ?? Data("cannot be read".utf8)
        case .typeSymbolicLink?:
          tree["\(root)/\(path)"] = Data("→ \((try? manager.destinationOfSymbolicLink(atPath: file.path)) ?? "")".utf8)
        case .typeDirectory?: tree["\(root)/\(path)/"] = Data()
        default: tree["\(root)/\(path)"] = Data("special".utf8)
        }
      }
    }
    return tree
  }
}
