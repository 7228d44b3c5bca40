import CProcess
import Foundation

/// What this process was started with, without a look at `/proc`.
enum ProcessArguments {
  /// The arguments behind the program's name. Bytes that are no UTF-8 are replaced.
  static var texts: [String] { raw.dropFirst().map { String(cString: $0) } }

  /// All arguments, byte by byte.
  private static var raw: [UnsafePointer<CChar>] {
    let count = Int(process_argument_count())
    guard count > 0, let arguments = process_arguments() else { return fallback }
    return (0..<count).compactMap { arguments[$0].map { UnsafePointer($0) } }
  }

  /// What Swift itself finds; the copies live as long as the process.
  nonisolated(unsafe) private static let fallback: [UnsafePointer<CChar>] = CommandLine.arguments.compactMap {
    strdup($0)
  }
  .map { UnsafePointer($0) }
}
