import Diagnostics
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
  /// Where its bytes are until they are whole.
  public var partialPath: String { PartialFile.path(for: path) }

  /// Reads the card of this name, or at this path.
  ///
  /// - Parameter content: the folder in which card names are looked up.
  /// - Throws: `DiagnosticList` where there is no card, or where it does not say where its file can be had.
  public init(_ name: String, content: String = "content") throws {
    guard case .card(let card) = try ModelReference(name, content: content) else {
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
  /// It appears under its name only when all of it has arrived and its SHA-256 is the card's.
  ///
  /// - Parameter progress: is told how many bytes have come, of how many, as they come.
  /// - Throws: `DiagnosticList` with what came instead, at the card's `source:`.
  public func run(progress: @escaping (_ count: Int, _ total: Int?) -> Void = { _, _ in }) throws -> Outcome {
    var faults = DiagnosticList()
    let outcome = try faults.collect(at: source.location) { () throws -> Outcome in
      if FileManager.default.fileExists(atPath: path) { return try checkPresent() }
      let address = source.url.absoluteString
      let file = try PartialFile(path)
      defer { file.discard() }
      try WebTransfer(to: file, from: address, expectedCount: source.bytes, progress: progress).run(source.url)
      let digest = file.digest
      guard digest == source.sha256 else {
        throw Diagnostic.error(
          "What lies at \(address) is another file: its SHA-256 is \(digest), but the card says \(source.sha256).",
          hint: "Mend `sha256` only if you trust the new file.")
      }
      try file.commit()
      return .fetched(path: path, bytes: file.count)
    }
    guard let outcome else { throw faults }
    return outcome
  }

  /// A file that somebody put there is left alone.
  private func checkPresent() throws -> Outcome {
    guard let digest = try? SHA256.hash(ofFileAt: URL(fileURLWithPath: path)).hexadecimal else {
      throw Diagnostic.error("“\(path)” cannot be read.")
    }
    guard digest == source.sha256 else {
      throw Diagnostic.error(
        "“\(path)” is there already, but is another file: its SHA-256 is \(digest), but the card says "
          + "\(source.sha256).",
        hint: "Move it away to fetch the card’s.")
    }
    return .alreadyThere(path: path)
  }
}
