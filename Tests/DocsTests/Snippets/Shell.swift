import Foundation
import TestSupport

/// Other programs, by command lines.
enum Shell {
  /// The folder with the programs of this package, beside the test bundle.
  static let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path

  /// Whether there is a Python.
  static let hasPython = (try? run("python3 --version").status) == 0

  /// Options with which the Swift compiler finds the modules of this package, and those of C that these are made of.
  static var modules: String {
    let sources = Document.root.appendingPathComponent("Sources").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: sources)) ?? []
    let maps = names.flatMap { ["\(sources)/\($0)", "\(programs)/\($0).build"] }
      .filter { FileManager.default.fileExists(atPath: "\($0)/module.modulemap") }
    return (["\(programs)/Modules"] + maps).map { "-I '\($0)'" }.joined(separator: " ")
  }

  /// Runs a command line to its end.
  ///
  /// - Parameters:
  ///   - input: what it reads.
  ///   - folder: the current folder.
  ///   - pathPrefix: a folder in which programs are looked for first.
  /// - Returns: how it ended, and all that it said.
  static func run(
    _ command: String, input: String = "", in folder: URL? = nil, pathPrefix: String? = nil
  ) throws -> (status: Int32, output: String) {
    let talk = try TemporaryFolder()
    try talk.write(input, to: "in")
    try talk.write("", to: "out")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder ?? talk.url
    var environment = ProcessInfo.processInfo.environment
    if let pathPrefix { environment["PATH"] = "\(pathPrefix):\(environment["PATH"] ?? "")" }
    process.environment = environment
    process.standardInput = try FileHandle(forReadingFrom: talk.url.appendingPathComponent("in"))
    let output = try FileHandle(forWritingTo: talk.url.appendingPathComponent("out"))
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    let text = try Data(contentsOf: talk.url.appendingPathComponent("out"))
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
