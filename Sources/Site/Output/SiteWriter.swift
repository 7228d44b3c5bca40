public import Diagnostics
public import Files
public import Foundation

/// Makes a folder hold a site.
///
/// What has changed is put together in a folder of the build's own, and takes its place when everything is known to be right:
/// in one step where the file system can do that, else file by file, so that every page is whole at every moment. A failure
/// leaves the old site. Where nothing has changed, nothing is touched. A folder is ours only by the marker in it, and in it
/// only the files that the marker lists; all others stay.
public struct SiteWriter: Sendable {
  let place: OutputPlace
  private let placement: Placement
  private let record: URL?
  private let isAtomic: Bool
  private let disk: Disk

  /// Creates a writer for a folder.
  ///
  /// - Parameters:
  ///   - output: the folder, which need not exist and may be a link to a folder.
  ///   - shownAs: the folder as the user wrote it, for messages, where that is another text.
  ///   - guarded: what the output may neither be, contain nor lie in: the content, the templates, the store.
  ///   - record: a file that remembers what was written, so that the next build need not read it again.
  ///   - isAtomic: whether a site is replaced in one step or not at all.
  public init(
    output: String, shownAs: String? = nil, apartFrom guarded: [Placement.Guarded] = [], record: URL? = nil,
    isAtomic: Bool = false
  ) {
    self.init(
      output: output, shownAs: shownAs, apartFrom: guarded, record: record, isAtomic: isAtomic, disk: Disk())
  }

  init(
    output: String, shownAs: String?, apartFrom guarded: [Placement.Guarded] = [], record: URL? = nil,
    isAtomic: Bool = false, disk: Disk
  ) {
    place = OutputPlace(output, shownAs: shownAs ?? output)
    placement = Placement(apartFrom: guarded)
    self.record = record
    self.isAtomic = isAtomic
    self.disk = disk
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

  /// The number of files of the site, if every one of them is as the last build left it, and that build was not interrupted.
  public func recordedFileCount() -> Int? {
    let entries = record.map(FileRecord.init(contentsOf:))?.entries ?? [:]
    guard !entries.isEmpty, StagingFolder.leftovers(of: place, disk: disk).isEmpty else { return nil }
    let isWhole = Parallel.map(Array(entries)) { [place] path, entry in
      (try? FileState(of: place.file(path.path)))?.stamp == entry.stamp
    }
    return isWhole.allSatisfy { $0 } ? entries.count : nil
  }

  /// Takes the output folder and begins to write a site whose files come one after the other.
  ///
  /// Another build that is writing the folder is waited for. What a killed one left behind is completed or taken away.
  ///
  /// - Parameter tell: is told why it takes longer.
  /// - Throws: where the output folder may not or cannot be written.
  public func begin(tell: (String) -> Void = { _ in }) throws(DiagnosticList) -> SiteUpdate {
    try check()
    do throws(Diagnostic) {
      let claim = try OutputClaim(place, disk: disk, tell: tell)
      if isAtomic, claim.staging.isInside {
        throw Diagnostic.error(
          "The output folder “\(place.shownAs)” cannot be replaced in one step: it is a mount point, or the folder around "
            + "it cannot be written to.", hint: "Build without --atomic: files are replaced one by one then.")
      }
      return try SiteUpdate(claim, record: record, isAtomic: isAtomic)
    } catch {
      throw DiagnosticList([error])
    }
  }
}
