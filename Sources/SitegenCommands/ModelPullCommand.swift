import ArgumentParser
import Foundation
import Gallery

/// `sitegen model pull`
struct ModelPullCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Fetch the file of a model card from its source, or a network of the catalogue.",
    discussion: """
      The file appears only when it is whole and its SHA-256 is the card's. A transfer that was broken off goes on where it \
      ended.

      Where there is no card, the catalogue makes one, with its labels: \(CataloguedNetwork.all.map(\.name).joined(separator: ", ")).
      """)

  @Argument(help: "The name of a card in the content folder, the path of a card, or a name of the catalogue.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "Where a network of the catalogue is fetched instead, such as a store of your own.", valueName: "address"))
  var url: String?

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      let made = try CataloguedNetwork.writeCard(name, content: cards.content, url: url)
      if let made { NewCommand.tell(of: made) }
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
