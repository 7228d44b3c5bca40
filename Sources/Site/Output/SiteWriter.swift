public import Diagnostics
public import Files
public import Foundation

/// Makes a folder hold a site, all of it or nothing.
///
/// What has changed goes to a folder beside the output, what has not is linked there, and the two folders change places
/// in one step. Until then the old site stands untouched, and a failure leaves it whole. Where nothing has changed,
/// nothing is touched. The output folder carries a marker file; a folder with other contents and without the marker is
/// never replaced.
public struct SiteWriter: Sendable {
  let place: OutputPlace
  private let placement: Placement
  private let record: URL?

  /// Creates a writer for a folder.
  ///
  /// - Parameters:
  ///   - output: the folder, which need not exist and may be a link to a folder.
  ///   - shownAs: the folder as the user wrote it, for messages, where that is another text.
  ///   - guarded: what the output may neither be, contain nor lie in: the content, the templates, the store.
  ///   - record: a file that remembers what was written, so that the next build need not read it again.
  public init(
    output: String, shownAs: String? = nil, apartFrom guarded: [Placement.Guarded] = [], record: URL? = nil
  ) {
    place = OutputPlace(output, shownAs: shownAs ?? output)
    placement = Placement(apartFrom: guarded)
    self.record = record
  }

  /// Checks that the output folder may be written, before anything is created or computed.
  ///
  /// - Throws: where it lies in the way of what is guarded, or holds what no build wrote.
  public func check() throws(DiagnosticList) {
    do throws(Diagnostic) {
      try place.check(placement)
    } catch {
      throw DiagnosticList([error])
    }
  }

  /// The number of files of the output folder, if every one of them is as the last build left it.
  public func recordedFileCount() -> Int? {
    let known = record.map(FileRecord.init(contentsOf:)) ?? FileRecord()
    guard let paths = try? place.standingPaths, !known.entries.isEmpty, paths.count == known.entries.count
    else { return nil }
    let isWhole = Parallel.map(paths) { path in
      FileStamp(of: place.path + "/" + path).map { $0 == known[path]?.stamp } ?? false
    }
    return isWhole.allSatisfy { $0 } ? paths.count : nil
  }

  /// Begins to write a site whose files come one after the other.
  ///
  /// - Throws: where the output folder may not be replaced.
  public func begin() throws(DiagnosticList) -> SiteUpdate {
    try check()
    return SiteUpdate(place: place, record: record)
  }
}
