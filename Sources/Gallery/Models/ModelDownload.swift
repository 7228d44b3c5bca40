import Diagnostics
import Files
import Foundation
import Hashing
import Site

/// Fetches the .onnx file that a model card names with `source:`.
public struct ModelDownload {
  /// What a download came to.
  public enum Outcome: Equatable, Sendable {
    /// The file is new.
    case fetched(path: String, bytes: Int)
    /// The file was there already, as the card says.
    case alreadyThere(path: String)
  }

  private let card: ModelCard
  private let source: ModelCard.Source
  /// Where the file goes.
  public let path: String
  var limits = TransferLimits()

  /// Reads the card of this name, or at this path.
  ///
  /// - Parameters:
  ///   - content: the folder in which card names are looked up.
  ///   - followedLinks: folders outside that links beside the card may lead into.
  /// - Throws: `DiagnosticList` where there is no card, or where it does not say where its file can be had.
  public init(_ name: String, content: String = "content", followedLinks: [String] = []) throws {
    guard case .card(let card) = try ModelReference(name, content: content, followedLinks: followedLinks) else {
      throw DiagnosticList([
        .error("“\(name)” is no model card.", hint: "Only a card says where its file can be had.")
      ])
    }
    guard let source = card.source else {
      throw DiagnosticList([
        .error(
          "The card does not say where its file can be had.", at: card.location,
          hint: "Add `source:` with url, sha256 and bytes.")
      ])
    }
    self.card = card
    self.source = source
    path = card.file.value.shownPath
  }

  /// Fetches the file, unless it is there already.
  ///
  /// It appears under its name only when all of it has arrived and its SHA-256 is the card's. What a broken transfer leaves
  /// is gone on with by the next one.
  ///
  /// - Parameter progress: is told how many bytes have come, of how many, as they come.
  /// - Throws: `DiagnosticList` with what came instead, at the card's `source:`.
  public func run(progress: @escaping (_ count: Int, _ total: Int?) -> Void = { _, _ in }) throws -> Outcome {
    var faults = DiagnosticList()
    let outcome = try faults.collect(at: source.location) { () throws -> Outcome in
      if PlainFiles.hasAnything(at: path) { return try checkPresent() }
      try checkFolders()
      let file = try PartialFile(path)
      do throws(TransferFault) {
        try fetch(file, progress)
        try TransferFault.located { () throws(Diagnostic) in try file.commit() }
      } catch {
        file.close(keeps: error.keepsPart)
        throw error.diagnostic
      }
      return .fetched(path: path, bytes: file.count)
    }
    guard let outcome else { throw faults }
    return outcome
  }

  private func fetch(_ file: PartialFile, _ progress: @escaping (Int, Int?) -> Void) throws(TransferFault) {
    let address = source.url.absoluteString
    func transfer() throws(TransferFault) {
      try WebTransfer(to: file, from: address, expectedCount: source.bytes, limits: limits, progress: progress)
        .run(source.url)
    }
    try TransferFault.located { () throws(Diagnostic) in
      try file.resume(atMost: source.bytes ?? limits.unknownCount)
    }
    let isLeftWhole = file.count > 0 && file.digest == source.sha256
    // What has all of its bytes and is wrong cannot be gone on with.
    if !isLeftWhole, file.count != source.bytes { try transfer() }
    if file.isResumed, file.digest != source.sha256 {
      // What was left may have been of another file.
      try TransferFault.located { () throws(Diagnostic) in try file.restart() }
      try transfer()
    }
    let digest = file.digest
    guard digest == source.sha256 else {
      throw TransferFault(
        .error(
          "What lies at \(address) is another file: its SHA-256 is \(digest), but the card says \(source.sha256).",
          hint: "Mend `sha256` only if you trust the new file."), keepsPart: false)
    }
  }

  /// A file that somebody put there is left alone, also where it is a link to one.
  private func checkPresent() throws(Diagnostic) -> Outcome {
    let digest: String
    do throws(RegularFile.Fault) {
      digest = try FileDigest(ofFileAt: path).hexadecimal
    } catch {
      throw .error("“\(path)” is there already, but cannot be read: \(error).", hint: "Move it away.")
    }
    guard digest == source.sha256 else {
      throw .error(
        "“\(path)” is there already, but is another file: its SHA-256 is \(digest), but the card says "
          + "\(source.sha256).",
        hint: "Move it away to fetch the card’s.")
    }
    return .alreadyThere(path: path)
  }

  /// Below the card's own folder, nothing is written through links.
  private func checkFolders() throws(Diagnostic) {
    let inner = card.file.value.path.utf8.split(separator: UInt8(ascii: "/")).dropLast().map { String(Substring($0)) }
    var folder = card.file.value.url.deletingLastPathComponent()
    for name in inner.reversed() {
      var status = stat()
      if lstat(folder.path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw .error(
          "“\(name)” on the way to “\(path)” is a link, and nothing is fetched through links.",
          hint: "Make it a folder, or put the file there yourself.")
      }
      folder.deleteLastPathComponent()
    }
  }
}
