import Diagnostics
import Files
import Foundation
import Hashing
import NeuralNetwork
import Site

/// Knows whether anything that a build reads has changed since the last one, without reading any of it.
struct BuildMemory {
  /// What is remembered of a build.
  private struct Entry: Codable {
    let inputs: StoreKey
    let pages: Int
    let pictures: Int
    let explanations: Int
  }

  private let file: URL
  private let store: Store
  private let inputs: BuildInputs

  /// - Parameters:
  ///   - timeSteps: the seconds between two times that the file system tells apart.
  ///   - faults: receives the folders that cannot be read.
  init(_ options: BuildOptions, file: URL, store: Store, timeSteps: Double, faults: inout DiagnosticList) {
    self.file = file
    self.store = store
    inputs = BuildInputs(options, timeSteps: timeSteps, faults: &faults)
  }

  /// The report of a build with nothing to do, if there is nothing to do.
  func report(of writer: SiteWriter) -> BuildReport? {
    guard let stored = try? RegularFile(file.path, atMost: 1 << 20), let bytes = Sealed.open(stored.bytes),
      let entry = try? JSONDecoder().decode(Entry.self, from: Data(bytes)), entry.inputs == inputs.key,
      let count = writer.recordedFileCount()
    else { return nil }
    var report = BuildReport()
    report.isUnchanged = true
    report.pages = entry.pages
    report.pictures = entry.pictures
    report.explanations = entry.explanations
    report.unchangedFiles = count
    return report
  }

  /// Remembers a build. One with warnings is not remembered, so that they are told again.
  func remember(_ report: BuildReport) {
    guard inputs.areSettled, report.warnings.all.isEmpty else { return }
    let entry = Entry(
      inputs: inputs.key, pages: report.pages, pictures: report.pictures, explanations: report.explanations)
    guard let bytes = try? JSONEncoder().encode(entry) else { return }
    try? store.put(Sealed.seal([UInt8](bytes)), at: file)
  }
}

extension DiagnosticList {
  /// Looks through a folder that a build reads; what cannot be listed is a fault, for its pages would vanish.
  ///
  /// - Parameter others: folders outside that links in it may lead into.
  mutating func scan(_ folder: String, following others: [String]) -> FolderScan? {
    do throws(FolderFault) {
      return try FolderScan(folder, following: others)
    } catch {
      append(error.diagnostic)
      return nil
    }
  }
}

/// The files that a build reads, as the file system tells of them before it begins.
private struct BuildInputs {
  /// Another whenever a file, an option or the program is.
  let key: StoreKey
  /// Whether every file would have another stamp if it were changed from now on.
  let areSettled: Bool

  init(_ options: BuildOptions, timeSteps: Double, faults: inout DiagnosticList) {
    let start = Date().timeIntervalSince1970
    var parts = [Network.engineVersion, options.includesDrafts.description, Self.program]
    parts += [options.url?.absoluteString ?? ""] + options.followedLinks
    var areSettled = true
    for folder in [options.content, options.templates] {
      parts.append(URL(fileURLWithPath: folder).standardizedFileURL.path)
      guard let scan = faults.scan(folder, following: options.followedLinks) else {
        areSettled = false
        continue
      }
      for (path, state) in scan.entries {
        parts.append("\(path)\0\(state)")
        if case .file(let stamp) = state, stamp.isFresh(at: start, inStepsOf: timeSteps) { areSettled = false }
      }
    }
    key = StoreKey("inputs", parts)
    self.areSettled = areSettled
  }

  /// Tells builds of this program apart.
  private static var program: String { ProgramFile.stamp?.description ?? "" }
}
