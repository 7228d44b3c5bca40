import Foundation
import Gallery

/// How far long work has come: a line of a terminal that is written over and over, and elsewhere a line from time to time.
final class ProgressLine {
  private let isTerminal = isatty(2) != 0
  private let clock = ContinuousClock()
  private var shown: (at: ContinuousClock.Instant, subject: String)?
  /// Columns of the terminal that the last line took.
  private var width = 0

  func show(_ progress: WorkProgress) {
    let now = clock.now
    if let shown, shown.subject == progress.subject, now - shown.at < (isTerminal ? .milliseconds(100) : .seconds(10)) {
      return
    }
    shown = (now, progress.subject)
    let text = "\(progress.subject): \(progress.done) of \(progress.count) runs of the network"
    guard isTerminal else { return CommandRunner.tell(text) }
    rewrite(text)
  }

  /// Leaves the terminal as if nothing had been shown.
  func end() {
    if width > 0 { rewrite("") }
    if width > 0 { StandardStreams.rewriteLine("") }
    width = 0
  }

  private func rewrite(_ text: String) {
    StandardStreams.rewriteLine(text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0))
    width = max(width, text.count)
  }
}
