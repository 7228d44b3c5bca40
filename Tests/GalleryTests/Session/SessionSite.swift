import Diagnostics
import Foundation
import Imaging
import Site
import TestSupport

@testable import Gallery

/// A site in a session, beside which the same content can be built from nothing.
final class SessionSite {
  let content: TabletopContent
  let options: BuildOptions
  let session: SiteSession
  private let made: TemporaryFolder

  var folder: TemporaryFolder { content.folder }

  /// - Parameters:
  ///   - timeSteps: the seconds between two times that the file system is taken to tell apart.
  ///   - write: writes more of the content.
  init(timeSteps: Double = 0, _ write: (TemporaryFolder) throws -> Void) throws {
    content = try TabletopContent()
    made = try TemporaryFolder(inMemory: true)
    try content.folder.copy(TabletopContent.templates, as: "templates")
    try write(content.folder)
    options = BuildOptions(
      content: content.folder.path("content"), templates: content.folder.path("templates"),
      output: made.path("public"), store: made.path("store"))
    session = SiteSession(options, timeSteps: timeSteps)
  }

  /// A picture of 24 × 24 pixels that no other number has.
  static func picture(_ number: Int) throws -> Data {
    var generator = SplitMix(state: UInt64(number))
    let pixels = (0..<24 * 24 * 3).map { _ in UInt8.random(in: 0...255, using: &generator) }
    return Data(try Image(width: 24, height: 24, pixels: pixels).pngData())
  }

  func write(_ data: Data, to path: String) throws {
    let file = folder.url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: folder.path(path), encoding: .utf8)
    try folder.write(text.replacing(old, with: new), to: path)
  }

  // MARK: - What is compared

  /// The site in memory, or nothing before there is one.
  func kept() throws -> [String: Data] {
    guard let site = session.site else { return [:] }
    return try site.paths.reduce(into: [:]) { files, path in
      switch site[path]?.contents {
      case .bytes(let bytes)?: files[path] = Data(bytes)
      case .file(let url, _)?: files[path] = try Data(contentsOf: url)
      case nil: break
      }
    }
  }

  /// The site that the session has written.
  func written() throws -> [String: Data] { try made.files(in: "public") }

  /// The site that a build makes which knows nothing of any other, and what it says; its store alone stays.
  func fresh() throws -> (files: [String: Data]?, words: String) {
    var options = options
    options.output = made.path("fresh")
    options.store = made.path("fresh-store")
    try? FileManager.default.removeItem(atPath: options.output)
    do {
      let report = try Gallery(options).build()
      return (try made.files(in: "fresh"), report.warnings.description)
    } catch let faults as DiagnosticList {
      return (nil, faults.description)
    }
  }
}

extension [String: Data] {
  /// Without the list that the output folder has of itself.
  var withoutMarker: [String: Data] { filter { $0.key != ".sitegen" } }

  /// The paths whose files are not the same in both.
  func differences(from other: [String: Data]) -> [String] {
    Set(keys).union(other.keys).filter { self[$0] != other[$0] }.sorted()
  }
}
