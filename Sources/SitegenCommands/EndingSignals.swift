import Foundation

/// The signals that ask this process to end, waited for instead of obeyed at any moment.
struct EndingSignals {
  private var signals = sigset_t()

  /// Holds the signals back. Call it before other threads begin, which do as this one does.
  init() {
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Waits for one of them.
  func wait() {
    var signals = signals
    var signal: Int32 = 0
    while sigwait(&signals, &signal) != 0 {}
  }
}
