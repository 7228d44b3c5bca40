import Diagnostics
import Foundation

/// The folder that `sitegen explain` fills.
struct ResultFolder {
  private let path: String

  init(_ path: String) {
    self.path = path
  }

  /// Writes one file, making the folders it needs.
  ///
  /// - Throws: `DiagnosticList` with the system's reason.
  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file, options: .atomic)
    } catch {
      throw DiagnosticList([
        .error(
          "“\(path)/\(name)” cannot be written: \(error.localizedDescription)", hint: "Name another with --output.")
      ])
    }
  }
}
