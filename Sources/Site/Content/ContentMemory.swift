import Diagnostics
import Files
import Foundation

/// What the files of a content folder said when they were read last, so that only what has changed is read again.
///
/// Only files without errors are kept: why something cannot be found depends on everything that is there.
public struct ContentMemory: Sendable {
  /// A Markdown file.
  struct File: Sendable {
    /// What the file system told of it before it was read.
    let stamp: FileStamp
    /// Where files were looked for that it names, and what was there.
    let looks: SeenFiles
    let reading: Reading
  }

  /// What a Markdown file says.
  struct Reading: Sendable {
    /// What a model's file says of the network.
    var card: ModelCard?
    /// The YAML at the file's top.
    var frontMatter: String
    /// `nil` for a draft that is left out, and after a fault.
    var page: Page?
    var isDraft: Bool
    var faults: DiagnosticList
  }

  /// Where the links of a page lead.
  struct Links: Sendable {
    /// Stands for the page.
    let page: Fingerprint
    /// Where files were looked for, and what was there.
    let looks: SeenFiles
    let links: PageLinks
  }

  private let timeSteps: Double
  private var files: [ExactPath: File] = [:]
  /// Stands for what the cards had in common.
  private var names: Fingerprint?
  /// Stands for what the pages had in common.
  private var surroundings: Fingerprint?
  private var links: [ExactPath: Links] = [:]
  /// Stands for the pages that links can lead to.
  private var targets: Fingerprint?
  /// The Markdown files that were read last time.
  public private(set) var readFiles: [String] = []

  /// A memory of nothing.
  ///
  /// - Parameter timeSteps: the seconds between two times that the file system tells apart: a file that was changed less than
  ///   that before it was read is read again.
  public init(timeSteps: Double = 2) {
    self.timeSteps = timeSteps
  }

  /// The file at `path`, where reading it would give the same card again.
  func card(at path: String, in folder: ContentFolder, names: Fingerprint) -> File? {
    names == self.names ? file(at: path, in: folder) : nil
  }

  /// The file at `path`, where reading it would give the same page again.
  func page(at path: String, in folder: ContentFolder, surroundings: Fingerprint) -> File? {
    surroundings == self.surroundings ? file(at: path, in: folder) : nil
  }

  /// Where the links of a page lead, if following them would give the same again.
  ///
  /// - Parameter targets: stands for the pages that links can lead to.
  func links(of page: Page, in folder: ContentFolder, targets: Fingerprint) -> Links? {
    guard targets == self.targets, let links = links[ExactPath(page.sourcePath)], links.page == page.fingerprint,
      links.looks.isSame(in: folder)
    else { return nil }
    return links
  }

  /// Keeps the links of pages, in place of those that were known. Those with faults are followed anew each time.
  mutating func keep(links found: [(path: String, links: Links)], targets: Fingerprint) {
    let sound = found.filter { $0.links.links.faults.all.isEmpty }
    links = Dictionary(sound.map { (ExactPath($0.path), $0.links) }) { first, _ in first }
    self.targets = targets
  }

  private func file(at path: String, in folder: ContentFolder) -> File? {
    guard let file = files[ExactPath(path)], FileStamp(of: folder.file(path).url.path) == file.stamp,
      file.looks.isSame(in: folder)
    else { return nil }
    return file
  }

  /// Keeps what was found, in place of what was known.
  ///
  /// - Parameters:
  ///   - found: the files that are there, those that were not read again among them.
  ///   - read: the paths of those that were read.
  ///   - start: when reading began, in seconds since 1970.
  mutating func keep(
    _ found: [ExactPath: File], read: [String], names: Fingerprint, surroundings: Fingerprint, since start: Double
  ) {
    files = found.filter {
      !$1.stamp.isFresh(at: start, inStepsOf: timeSteps) && !$1.looks.isFresh(at: start, inStepsOf: timeSteps)
    }
    readFiles = read
    self.names = names
    self.surroundings = surroundings
  }
}
