import ArgumentParser
import Foundation

/// `sitegen-bench preview`
struct PreviewBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Times how soon an edit is in the browser with “sitegen serve”.",
    discussion: """
      From before the file is written until the last byte of the new page has come, which is asked for when its event \
      comes, as a browser does. Two kinds of edits: of a page's text, and of its title, which also stands in the lists.
      """)

  @OptionGroup var options: ProgramOptions

  @Option(help: "How many pages.")
  var pages = 1000

  @Option(help: "Edits of each kind.")
  var edits = 20

  @Option(help: "The project's templates.")
  var templates = "templates"

  /// Milliseconds.
  private struct Result: Encodable {
    var pages: Int
    var textEdit: Times
    var titleEdit: Times
  }

  private struct Times: Encodable {
    var median: Double
    var fastest: Double
    var slowest: Double

    init(_ times: [Double]) {
      let times = times.sorted()
      (median, fastest, slowest) = (times[times.count / 2], times[0], times[times.count - 1])
    }
  }

  func validate() throws {
    guard pages > 0, edits > 0 else { throw ValidationError("--pages and --edits must be 1 at least.") }
  }

  func run() throws {
    try withScratchFolder { folder in
      try folder.write("title: Benchmark\n", to: "content/site.yml")
      for number in 0..<pages { try write(number, title: "Page \(number)", words: "Words.", in: folder) }
      let server = Process()
      server.executableURL = URL(fileURLWithPath: options.program)
      server.arguments = [
        "serve", "--port", "0", "--content", folder.path + "/content", "--templates",
        URL(fileURLWithPath: templates).path,
      ]
      let output = Pipe()
      server.standardOutput = output
      server.standardError = FileHandle.nullDevice
      try server.run()
      defer {
        server.terminate()
        server.waitUntilExit()
      }
      let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      guard let match = line.firstMatch(of: /127\.0\.0\.1:([0-9]+)/), let port = UInt16(match.1) else {
        throw LoopbackStream.Failure(description: "The program does not say where it serves: \(line)")
      }
      let events = try LoopbackStream(port: port)
      try events.ask("/.sitegen/events", port: port)
      repeat { try waitForState(events) } while try !page(port).contains("Words.")
      // Files that have just been written are looked at more closely.
      Thread.sleep(forTimeInterval: 2.5)
      try printJSON(
        Result(
          pages: pages,
          textEdit: try time(folder, port, events) { ("Page 5", "Words, edited \($0) times.") },
          titleEdit: try time(folder, port, events) { ("Page 5 with title \($0)", "Words.") }))
    }
  }

  private func time(
    _ folder: URL, _ port: UInt16, _ events: LoopbackStream, _ edit: (Int) -> (title: String, words: String)
  ) throws -> Times {
    var times: [Double] = []
    for number in 0..<edits {
      let (title, words) = edit(number)
      let start = ContinuousClock.now
      try write(min(5, pages - 1), title: title, words: words, in: folder)
      repeat { try waitForState(events) } while try !page(port).isShowing(title, words)
      times.append((ContinuousClock.now - start) / .milliseconds(1))
      Thread.sleep(forTimeInterval: 0.1)
    }
    return Times(times)
  }

  private func write(_ number: Int, title: String, words: String, in folder: URL) throws {
    let paragraph = String(repeating: "This page goes on as if *somebody* had written it. ", count: 8)
    try folder.write(
      "---\ntitle: \(title)\nsummary: About \(number).\n---\n\(words)\n\n## More\n\n\(paragraph)\n",
      to: "content/experiments/page-\(number).md")
  }

  private func page(_ port: UInt16) throws -> String {
    let stream = try LoopbackStream(port: port)
    try stream.ask("/experiments/page-\(min(5, pages - 1)).html", port: port)
    return try stream.rest()
  }

  private func waitForState(_ events: LoopbackStream) throws {
    while try events.line() != "event: state" {}
  }
}

extension String {
  fileprivate func isShowing(_ title: String, _ words: String) -> Bool { contains(title) && contains(words) }
}
