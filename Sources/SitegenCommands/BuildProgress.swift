import Files
import Foundation
import Gallery

/// How far a build has come: a bar on a terminal; elsewhere a line for each picture, and of hundreds one from time to time.
final class BuildProgress: Sendable {
  private struct State {
    /// When something was shown last.
    var shown: ContinuousClock.Instant?
    /// Columns of the terminal that the bar takes.
    var width = 0
  }

  private let state = Guarded(State())
  private let isTerminal = isatty(2) != 0
  private let clock = ContinuousClock()

  /// So many lines nobody minds.
  private static let fewLines = 40
  private static let barWidth = 24

  /// Takes a step, from any thread.
  @Sendable func show(_ step: BuildStep) {
    state.withLock { state in
      switch step {
      case .note:
        clear(&state)
        CommandRunner.tell("\(step)")
      case .picture(let number, let count, let subject):
        let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
        let isDue = state.shown.map { clock.now - $0 >= pause } ?? true
        guard isDue || number == count || !isTerminal && count <= Self.fewLines else { return }
        state.shown = clock.now
        guard isTerminal else { return CommandRunner.tell("\(step)") }
        let done = Self.barWidth * number / max(count, 1)
        let bar = String(repeating: "█", count: done) + String(repeating: "░", count: Self.barWidth - done)
        let text = String("\(bar) \(number)/\(count) \(subject)".prefix(Self.columns - 1))
        StandardStreams.rewriteLine(text.padding(toLength: max(state.width, text.count), withPad: " ", startingAt: 0))
        state.width = max(state.width, text.count)
      }
    }
  }

  /// Leaves the terminal as if no bar had been shown.
  func end() { state.withLock { clear(&$0) } }

  private func clear(_ state: inout State) {
    guard state.width > 0 else { return }
    StandardStreams.rewriteLine(String(repeating: " ", count: state.width))
    StandardStreams.rewriteLine("")
    state.width = 0
  }

  /// The columns of the terminal.
  private static var columns: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
    return Int(size.ws_col)
  }
}
