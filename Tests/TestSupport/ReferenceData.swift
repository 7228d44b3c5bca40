public import Foundation

/// Where the reference answers lie that tests compare with.
///
/// They are not part of the project: tests that need them are skipped where they are absent
/// (`@Test(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))`).
public enum ReferenceData {
  /// `SITEGEN_TEST_DATA` if set, else `../shared/data` beside the package.
  public static let directory: URL =
    ProcessInfo.processInfo.environment["SITEGEN_TEST_DATA"].map { URL(fileURLWithPath: $0) }
    ?? URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../shared/data").standardizedFileURL

  /// Whether the folder exists.
  public static var isPresent: Bool { FileManager.default.fileExists(atPath: directory.path) }

  /// The line that a skipped test shows.
  public static let absence = "Reference data not found; set SITEGEN_TEST_DATA to its folder."

  /// The file or folder at `path` below the directory.
  public static func url(_ path: String) -> URL { directory.appendingPathComponent(path) }

  /// The folder at `path` below the directory, or where the environment variable says.
  public static func url(_ path: String, orVariable variable: String) -> URL {
    ProcessInfo.processInfo.environment[variable].map { URL(fileURLWithPath: $0) } ?? url(path)
  }
}
