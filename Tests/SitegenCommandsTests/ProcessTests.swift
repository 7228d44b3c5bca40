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

  private static let page = """
    ---
    title: Mug or apple?
    model: tabletop
    image: mug-apple.jpg
    classes: [mug, apple]
    ---
    """

  @Test("a gallery is built with a summary on stdout and progress on stderr")
  func build() throws {
    let folder = try TabletopContent(["mug-apple": Self.page]).folder
    let outcome = try run(
      "build", "--content", folder.path("content"), "--templates", TabletopContent.templates.path, "--output",
      folder.path("public"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("Built 6 pages with 2 explanations of 1 pictures in "))
    #expect(outcome.errors == "[1/1] images/mug-apple.jpg, Tabletop\n")
    #expect(FileManager.default.fileExists(atPath: folder.path("public/experiments/mug-apple.html")))
  }

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

  @Test("a program that runs a network on several threads starts itself again, with threads that sleep while they wait")
  func waitPolicy() throws {
    let folder = try TabletopContent(["mug-apple": Self.page]).folder
    // Has the OpenMP runtime tell its settings each time it is loaded.
    let telling = ["OMP_DISPLAY_ENV": "true"]
    func starts(_ outcome: Outcome) -> Int {
      outcome.errors.components(separatedBy: "DISPLAY ENVIRONMENT BEGIN").count - 1
    }
    let reading = try run("check", "--content", folder.path("content"), environment: telling)
    let running = try run(
      "explain", TabletopContent.photo.path, "--model", folder.path("content/models/tabletop.md"), "--class", "mug",
      "--output", folder.path("out"), environment: telling)
    #expect(running.status == 0, "\(running.errors)")
    #expect(starts(running) == 2 * starts(reading))
    #expect(starts(reading) == 0 || running.errors.contains("OMP_WAIT_POLICY = 'PASSIVE'"))
  }
}
