public import Diagnostics
import Files
public import Foundation

/// Makes a folder hold a site, all of it or nothing.
///
/// What has changed goes to a folder beside the output, what has not is linked there, and the two folders change places
/// in one step. Until then the old site stands untouched, and a failure leaves it whole. Where nothing has changed,
/// nothing is touched. The output folder carries a marker file; a folder with other contents and without the marker is
/// never replaced.
public struct SiteWriter: Sendable {
  /// The file that marks a folder as written by this program.
  public static let markerName = ".sitegen"

  let place: OutputPlace
  private let record: URL?

  /// Creates a writer for the folder at `output`, which need not exist and may be a link to a folder.
  ///
  /// - Parameters:
  ///   - shownAs: the folder as the user wrote it, for messages.
  ///   - record: a file that remembers what was written, so that the next build need not read it again.
  public init(output: URL, shownAs: String, record: URL? = nil) {
    place = OutputPlace(url: output, shownAs: shownAs)
    self.record = record
  }

  /// The number of files of the output folder, if every one of them is as the last build left it.
  public func recordedFileCount() -> Int? {
    let entries = record.map(FileRecord.init(contentsOf:))?.entries ?? [:]
    let paths = place.standingPaths
    guard !entries.isEmpty, paths.count == entries.count else { return nil }
    let isWhole = Parallel.map(paths) { path in
      FileStamp(of: place.path + "/" + path).map { $0 == entries[path]?.stamp } ?? false
    }
    return isWhole.allSatisfy { $0 } ? paths.count : nil
  }

  /// Begins to write a site whose files come one after the other.
  ///
  /// - Throws: where the output folder may not be replaced.
  public func begin() throws(DiagnosticList) -> SiteUpdate {
    do throws(Diagnostic) {
      try place.check()
      return SiteUpdate(place: place, record: record)
    } catch {
      throw DiagnosticList([error])
    }
  }
}
