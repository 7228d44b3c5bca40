import Foundation
import SitegenCommands
import TestSupport
import Testing

/// The real executable, as people run it.
@Suite("The command line")
struct ProcessTests {
  private struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The executable lies beside the test bundle.
  private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("sitegen")

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    let folder = try TemporaryFolder()
    try folder.write("", to: "out")
    try folder.write("", to: "err")
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: folder.url.appendingPathComponent("out"))
    process.standardError = try FileHandle(forWritingTo: folder.url.appendingPathComponent("err"))
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.url.appendingPathComponent(name)), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }

  @Test("a command line that makes no sense ends with 2 and says how to use it")
  func usage() throws {
    let outcome = try run("build", "--contents", "x")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Unknown option '--contents'"))
    #expect(outcome.output.isEmpty)
  }

  @Test("help goes to stdout and ends with 0")
  func help() throws {
    let outcome = try run("--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("explain"))
  }

  @Test("content at fault ends with 1 and says what is wrong")
  func missingContent() throws {
    let outcome = try run("check", "--content", "no-such-folder")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("error: There is no content folder “no-such-folder”."))
  }

  @Test("--strict lets no warning pass, and asks for what readers may miss")
  func strict() throws {
    let folder = try TemporaryFolder()
    try folder.write("title: Site\ndescription: About.\nlanguage: en\n", to: "content/site.yml")
    let page = "---\ntitle: A\nsummary: S.\n---\n## One\n\n[x](#one)\n"
    try folder.write(page, to: "content/pages/a.md")
    let sound = try shell("$sitegen check --strict", in: folder)
    #expect(sound.errors == "" && sound.output == "No warnings in content.\n" && sound.status == 0)

    try folder.write(page + "\n#### Two\n", to: "content/pages/a.md")
    let strict = try shell("$sitegen check --strict", in: folder)
    #expect(strict.errors.hasPrefix("content/pages/a.md:9: warning: The heading “Two” skips a level."))
    #expect(strict.errors.hasSuffix("\n--strict lets no warning pass.\n"))
    #expect(strict.output == "" && strict.status == 1)
    let ordinary = try shell("$sitegen check", in: folder)
    #expect(ordinary.errors == "" && ordinary.output == "No errors in content.\n" && ordinary.status == 0)

    try folder.write(page + "\n[y](#two)\n", to: "content/pages/a.md")
    let warned = try shell("$sitegen check", in: folder)
    #expect(warned.errors.contains("There is no “#two” on this page.") && warned.status == 0)
    #expect(try shell("$sitegen check --strict", in: folder).status == 1)
  }

  private static let page = """
    ---
    title: Mug or apple?
    model: tabletop
    image: mug-apple.jpg
    classes: [mug, apple]
    ---
    """

  /// Runs a line of the shell, in which `$sitegen` is the executable.
  private func shell(_ line: String, in folder: TemporaryFolder) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "{ \(line); } >out 2>err"]
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment.merging(["sitegen": Self.executable.path]) { $1 }
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.url.appendingPathComponent(name)), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }

  /// A folder with the smallest content and the project's own templates.
  private func smallSite(_ content: String = "content") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("title: S\n", to: content + "/site.yml")
    let templates = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../templates").standardizedFileURL
    try FileManager.default.copyItem(at: templates, to: folder.url.appendingPathComponent("templates"))
    return folder
  }

  @Test(
    "a stream that is closed or full ends no run in the middle; a result that is lost fails it",
    arguments: [
      ("$sitegen check 2>&-", 0, "No errors in content.\n", ""),
      ("$sitegen check 2>/dev/full", 0, "No errors in content.\n", ""),
      ("$sitegen check --content none 2>&-", 1, "", ""), ("$sitegen check --content none 2>/dev/full", 1, "", ""),
      ("$sitegen check >/dev/full", 1, "", "error: The results cannot be written: No space left on device.\n"),
      ("$sitegen check >&-", 1, "", "error: The results cannot be written: Bad file descriptor.\n"),
      ("$sitegen --help >/dev/full", 1, "", ""), ("$sitegen check <&- >&- 2>&-", 1, "", ""),
      ("$sitegen build --nonsense 2>&-", 2, "", ""),
    ] as [(String, Int32, String, String)])
  func streams(line: String, status: Int32, output: String, errors: String) throws {
    let outcome = try shell(line, in: smallSite())
    #expect(outcome.status == status)
    #expect(outcome.output == output)
    #expect(outcome.errors == errors)
  }

  @Test("nothing is written into files because a stream was closed, and a build whose reader has gone is whole")
  func closedStreams() throws {
    let folder = try smallSite()
    #expect(try shell("$sitegen build <&- >&- 2>&-", in: folder).status == 1)
    let page = try String(contentsOfFile: folder.path("public/index.html"), encoding: .utf8)
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(try shell("{ $sitegen build --output other; echo $? >&2; } | true", in: folder).errors.hasSuffix("1\n"))
    #expect(FileManager.default.fileExists(atPath: folder.path("other/index.html")))
  }

  @Test(
    "content in the folder itself, or in one of a single letter, is found", arguments: [".", "c", "./c", "c/", "./c/"])
  func shortPaths(path: String) throws {
    let folder = try smallSite(path)
    try folder.write("---\ntitle: A\n---\n[x](nothing.md)\n", to: path + "/experiments/a.md")
    let outcome = try shell("$sitegen check --content \(path)", in: folder)
    let shown = path.hasSuffix("/") ? path : path + "/"
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == "\(shown)experiments/a.md:4: error: There is no page “nothing.md” in \(shown)experiments.\n")
  }

  #if os(Linux)
    /// Whether this machine lets a process hide its `/proc`.
    private static let canHideProc: Bool = {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "unshare -rm mount -t tmpfs none /proc 2>/dev/null"]
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }()

    @Test("the command line is understood without /proc", .enabled(if: canHideProc, "needs user namespaces"))
    func noProc() throws {
      let folder = try smallSite()
      let line = "unshare -rm sh -c 'mount -t tmpfs none /proc && $sitegen check --content none'"
      let outcome = try shell(line, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errors == "error: There is no content folder “none”. Name it with --content.\n")
    }
  #endif

  @Test("names from elsewhere are shown to the terminal, not obeyed by it")
  func escapes() throws {
    let folder = try smallSite()
    try folder.write("---\ntitle: A\n\"k\\e[31mey\": x\n---\n", to: "content/experiments/a\u{1B}[2J\u{202E}b\u{7}.md")
    let outcome = try shell("$sitegen check", in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix(
        "content/experiments/a\\u{1B}[2J\\u{202E}b\\u{7}.md:3:1: error: “k\\u{1B}[31mey” is not a key of"))
    #expect(!outcome.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("a gallery is built with a summary on stdout and progress on stderr")
  func build() throws {
    let folder = try TabletopContent(["mug-apple": Self.page]).folder
    let outcome = try run(
      "build", "--content", folder.path("content"), "--templates", TabletopContent.templates.path, "--output",
      folder.path("public"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("Built 7 pages with 2 explanations of 1 pictures in "))
    #expect(outcome.errors == "[1/1] images/mug-apple.jpg, Tabletop\n")
    #expect(FileManager.default.fileExists(atPath: folder.path("public/experiments/mug-apple.html")))
  }

  #if arch(x86_64)
    @Test(
      "manifests name the instructions that numbers were made with, as the processor has them and the user limits them")
    func instructions() throws {
      let folder = try TabletopContent(["mug-apple": Self.page]).folder
      func engine(_ limit: [String: String]) throws -> String {
        let outcome = try run(
          "build", "--content", folder.path("content"), "--templates", TabletopContent.templates.path, "--output",
          folder.path("public"), environment: limit)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let manifest = try Data(
          contentsOf: URL(fileURLWithPath: folder.path("public/explanations/experiments/mug-apple/1/manifest.json")))
        return try #require(JSONSerialization.jsonObject(with: manifest) as? [String: Any])["engine"] as? String ?? ""
      }
      #expect(try engine(["ONEDNN_MAX_CPU_ISA": "SSE41"]).hasSuffix("x86-64, SSE4.1"))
      #expect(try !engine(["ONEDNN_MAX_CPU_ISA": "NONSENSE"]).contains("NONSENSE"))
      // Where there is AVX-512 too, it is not used unless somebody asks for it.
      #expect(try engine([:]).wholeMatch(of: /.*x86-64, (SSE4.1|AVX|AVX2)/) != nil)
    }
  #endif

  @Test("two processes, each with its own store, seed of hashing and number of jobs, give the same bytes")
  func determinism() throws {
    let folder = try TabletopContent(["mug-apple": Self.page, "another": Self.page]).folder
    for jobs in ["1", "3"] {
      let outcome = try run(
        "build", "--content", folder.path("content"), "--templates", TabletopContent.templates.path, "--output",
        folder.path("public-\(jobs)"), "--store", folder.path("store-\(jobs)"), "--jobs", jobs)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("1 runs of networks"))
    }
    let files = try folder.files(in: "public-1")
    #expect(files.count > 10)
    #expect(try folder.files(in: "public-3") == files)
  }

  @Test("a program that runs a network starts once")
  func oneStart() throws {
    let folder = try TabletopContent(["mug-apple": Self.page]).folder
    // Has the OpenMP runtime tell its settings each time it is loaded.
    let running = try run(
      "explain", TabletopContent.photo.path, "--model", folder.path("content/models/tabletop.md"), "--class", "mug",
      "--output", folder.path("out"), environment: ["OMP_DISPLAY_ENV": "true"])
    #expect(running.status == 0, "\(running.errors)")
    #expect(running.errors.components(separatedBy: "DISPLAY ENVIRONMENT BEGIN").count <= 2)
  }
}
