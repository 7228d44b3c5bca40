import ArgumentParser
import Foundation
import Gallery

/// `sitegen model pull`
struct ModelPullCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Fetch the file of a model card from its source.",
    discussion: """
      The file appears only when it is whole and its SHA-256 is the card's. A transfer that was broken off goes on where it \
      ended.
      """)

  @Argument(help: "The name of a card in the content folder, or the path of a card.")
  var name: String

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      let download = try ModelDownload(name, content: cards.content, followedLinks: cards.links.followed)
      let report = TransferReport()
      let outcome = try download.run { report.show($0, of: $1) }
      report.finish()
      switch outcome {
      case .fetched(let path, let bytes): CommandRunner.print("Fetched \(path) (\(bytes) bytes).")
      case .alreadyThere(let path): CommandRunner.print("\(path) is there already.")
      }
    }
  }
}

/// Says on stderr how far a transfer has come: in place on a terminal, a line for each tenth elsewhere.
final class TransferReport: @unchecked Sendable {
  private let isTerminal = isatty(2) == 1
  private var shown = -1

  /// - Parameters:
  ///   - count: bytes so far.
  ///   - total: bytes in all, if they are known.
  func show(_ count: Int, of total: Int?) {
    guard let total, total > 0 else { return }
    let percent = count * 100 / total
    guard percent / step > shown / step || shown < 0 else { return }
    shown = percent
    let line = "\(percent) % of \(total) bytes"
    isTerminal ? StandardStreams.rewriteLine(line) : CommandRunner.say(line)
  }

  /// Ends the line.
  func finish() {
    if isTerminal, shown >= 0 { CommandRunner.say("") }
  }

  private var step: Int { isTerminal ? 1 : 10 }
}
