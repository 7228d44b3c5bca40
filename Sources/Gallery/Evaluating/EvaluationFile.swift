public import Diagnostics
import Files
import Foundation

/// The file that an evaluation's numbers are written to. Only an evaluation's is ever overwritten.
public struct EvaluationFile: Sendable {
  private let path: String

  /// - Throws: `Diagnostic` where something else stands at `path`, or where there is no folder for it: said before hours of work.
  public init(_ path: String) throws(Diagnostic) {
    self.path = path
    let parent = PathText.folder(of: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: parent.isEmpty ? "." : parent, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw .error("There is no folder “\(parent)” for the file “\(path)”.", hint: "Make it, or name another file.")
    }
    guard PlainFiles.hasAnything(at: path) else { return }
    let bytes = try DataSet.bytes(path)
    guard (try? JSONDecoder().decode(EvaluationReport.self, from: Data(bytes))) != nil else {
      throw .error(
        "The file “\(path)” is no evaluation, and stays as it is.", hint: "Name another with --json.")
    }
  }

  /// Writes a report.
  ///
  /// - Throws: `Diagnostic` where it cannot be written.
  public func write(_ report: EvaluationReport) throws {
    let bytes = try report.json
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Diagnostic.error("The file “\(path)” cannot be written: \(error.localizedDescription)")
    }
  }
}
