import Foundation
import TestSupport
import Testing

/// Several real processes at one store.
@Suite("Processes that share a store")
struct SharedStoreTests {
  private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("sitegen")

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static func page(_ number: Int, classes: [String]) -> String {
    """
    ---
    title: Page \(number)
    model: tabletop
    image: mug-apple.jpg
    classes: [\(classes.joined(separator: ", "))]
    methods: [grad-cam, guided-backprop]
    layer: relu8
    ---
    """
  }

  private static let classes = ["0", "1", "2", "5", "6", "8", "9", "10"]

  /// Starts a command about the content in a folder of the test's.
  private func start(_ command: [String], content: TabletopContent, store: String, log: String) throws -> Process {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments =
      command + [
        "--content", content.folder.path("content"), "--templates", TabletopContent.templates.path, "--store",
        folder.path(store),
      ]
    try folder.write("", to: log)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: folder.url.appendingPathComponent(log))
    try process.run()
    return process
  }

  @Test("builds go on while another site prunes the store again and again, and come to the same")
  func pruning() throws {
    let sites = try (1...2).map { site in
      try TabletopContent(
        Dictionary(
          uniqueKeysWithValues: Self.classes.indices.map { number in
            ("p\(number)", Self.page(number, classes: [Self.classes[number], Self.classes[(number + site) % 8]]))
          }))
    }
    // Uses nothing of what the others do.
    let idle = try TabletopContent()
    let expected = try sites.enumerated().map { number, site in
      let build = try start(
        ["build", "--output", folder.path("expected-\(number)")], content: site, store: "own-\(number)", log: "log")
      build.waitUntilExit()
      #expect(build.terminationStatus == 0)
      return try folder.files(in: "expected-\(number)")
    }
    for round in 1...2 {
      let builds = try sites.enumerated().map { number, site in
        try start(
          ["build", "--output", folder.path("site-\(number)-\(round)")], content: site, store: "store",
          log: "log-\(number)")
      }
      var prunes = 0
      while builds.contains(where: \.isRunning) {
        let prune = try start(["store", "prune"], content: idle, store: "store", log: "log-prune")
        prune.waitUntilExit()
        let log = try String(contentsOfFile: folder.path("log-prune"), encoding: .utf8)
        #expect(prune.terminationStatus == 0, "\(log)")
        prunes += 1
      }
      #expect(prunes > 0)
      for (number, build) in builds.enumerated() {
        build.waitUntilExit()
        let log = try String(contentsOfFile: folder.path("log-\(number)"), encoding: .utf8)
        #expect(build.terminationStatus == 0, "\(log)")
        #expect(try folder.files(in: "site-\(number)-\(round)") == expected[number])
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/new")) == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/users")) == [])
  }

  @Test("what a killed build was writing goes with the next use of the store")
  func killed() throws {
    let site = try TabletopContent(["a": Self.page(1, classes: Self.classes)])
    for delay in stride(from: 0.05, through: 0.6, by: 0.05) {
      let build = try start(["build", "--output", folder.path("out")], content: site, store: "store", log: "log")
      Thread.sleep(forTimeInterval: delay)
      kill(build.processIdentifier, SIGKILL)
      build.waitUntilExit()
    }
    let build = try start(["build", "--output", folder.path("out")], content: site, store: "store", log: "log")
    build.waitUntilExit()
    #expect(build.terminationStatus == 0)
    // A build that had nothing to do would not have used the store.
    let prune = try start(["store", "prune"], content: site, store: "store", log: "log")
    prune.waitUntilExit()
    #expect(prune.terminationStatus == 0)
    for name in ["new", "users"] {
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/" + name)) == [])
    }
  }

  @Test("a store that cannot take what is written says so once, and keeps nothing half-written")
  func full() throws {
    // Several pictures, so that several threads meet the end of the room.
    let photos = ["desk", "mug", "mushroom", "pawn-die"]
    let site = try TabletopContent(
      Dictionary(
        uniqueKeysWithValues: photos.map {
          ($0, Self.page(1, classes: ["8"]).replacing("mug-apple.jpg", with: "\($0).jpg"))
        }))
    for photo in photos {
      let name = "images/\(photo).jpg"
      try site.folder.copy(TabletopContent.original.appendingPathComponent(name), as: "content/" + name)
    }
    // No file may be larger than 40 KiB, as if there were no more room; gradients are.
    let outcome = try Program.run(
      [
        "build", "--content", site.folder.path("content"), "--templates", TabletopContent.templates.path, "--output",
        folder.path("out"), "--store", "store",
      ], in: folder.url, wrapper: ["bash", "-c", #"trap "" XFSZ; ulimit -f 40; exec "$@""#, "limited"])
    #expect(outcome.status == 1)
    let faults = outcome.errors.split(separator: "\n").filter { $0.contains("error:") }
    #expect(faults == ["store: error: The store “store” cannot be written: File too large. Name another with --store."])
    for name in ["new", "users"] {
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/" + name)) == [])
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }
}
