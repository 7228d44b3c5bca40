import CProcess
import Foundation

/// The file of this program.
public enum ProgramFile {
  /// The paths under which it can be found, the surest first.
  private static var paths: [String] {
    #if os(Linux)
      // A container need not have /proc.
      ["/proc/self/exe"] + [process_path().map { String(cString: $0) }].compactMap { $0 }
    #else
      [Bundle.main.executablePath].compactMap { $0 }
    #endif
  }

  /// Its stamp, which tells builds of the program apart.
  public static var stamp: FileStamp? { paths.lazy.compactMap { FileStamp(of: $0) }.first }
}
