import Foundation
import TestSupport

/// A project without pictures, for tests that run the program many times.
final class SmallSite {
  let folder: TemporaryFolder
  var url: URL { folder.url }

  /// - Parameter inMemory: whether the site may lie in memory.
  init(pages: Int = 12, words: String = "old", inMemory: Bool = true) throws {
    folder = try TemporaryFolder(inMemory: inMemory)
    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.link(Program.templates, as: "templates")
    try write(pages: pages, words: words)
  }

  func write(pages: Int = 12, words: String) throws {
    for number in 0..<pages {
      try folder.write("---\ntitle: Page \(number)\n---\nSays \(words).\n", to: "content/pages/p\(number).md")
    }
    try folder.write(words, to: "content/static/data.txt")
  }

  /// The words of each page of the output, and of the file that goes with them.
  func words(in output: String = "public") throws -> [String: String] {
    try folder.files(in: output).reduce(into: [:]) { words, file in
      let text = String(decoding: file.value, as: UTF8.self)
      if file.key == "data.txt" { words[file.key] = text }
      if let match = text.firstMatch(of: /Says ([a-z]+)\./) { words[file.key] = String(match.1) }
    }
  }

  func names(in path: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(path)).sorted()
  }

  /// Runs a script with mounts of its own; `$SITEGEN` is the program.
  func run(withMounts script: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-m", "bash", "-c", "set -e; exec 2>&1; " + script]
    process.currentDirectoryURL = url
    process.environment = ProcessInfo.processInfo.environment.merging([
      "SITEGEN": Program.executable.path, "LC_ALL": "C",
    ]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Whether this machine lets a test mount and make namespaces.
  static let canMount: Bool = {
    guard getuid() == 0, let site = try? SmallSite(pages: 0) else { return false }
    let script = "mkdir m && mount -t tmpfs none m && unshare -p -f true && echo yes"
    return (try? site.run(withMounts: script).output) == "yes\n"
  }()
}
