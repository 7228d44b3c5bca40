public import Diagnostics
import Files
import Foundation
public import Gallery

/// Shows a site on this machine while it is being written.
///
/// It brings the site up to date whenever its content or templates change, and has browsers load it again. Nothing is written
/// but explanations to the store. It ends with `stop`.
public final class PreviewServer: Sendable {
  private let live: LiveSite
  private let server: HTTPServer
  private let wakePipe: WakePipe
  private let wishes = Guarded(Wishes())
  private let ended = DispatchSemaphore(value: 0)

  /// What the thread that keeps the site up to date is waked for.
  private struct Wishes {
    var isEnding = false
    /// Whether a file of the site is gone.
    var repairs = false
  }

  /// Begins to serve at the loopback interface, and to make the site.
  ///
  /// - Parameters:
  ///   - port: 0 lets the system choose one.
  ///   - tell: is told what happens, from any thread.
  /// - Throws: where the port cannot be had.
  public convenience init(
    _ options: BuildOptions, port: UInt16, tell: @escaping @Sendable (PreviewReport) -> Void
  ) throws(Diagnostic) {
    try self.init(options, port: port, limits: HTTPLimits(), tell: tell)
  }

  init(
    _ options: BuildOptions, port: UInt16, limits: HTTPLimits, tell: @escaping @Sendable (PreviewReport) -> Void
  ) throws(Diagnostic) {
    let wakePipe: WakePipe
    do throws(SystemError) {
      wakePipe = try WakePipe()
    } catch {
      throw .error("The preview cannot be started: \(error).")
    }
    self.wakePipe = wakePipe
    let live = LiveSite { [wishes] in
      wishes.withLock { $0.repairs = true }
      wakePipe.wake()
    }
    self.live = live
    server = try HTTPServer(port: port, limits: limits) { live.answer($0) }
    server.start()
    let thread = Thread { [self] in
      work(options, tell)
      ended.signal()
    }
    // As large as the main thread's, on which builds run.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Where the site is: `http://127.0.0.1:8000/`.
  public var address: String { "http://127.0.0.1:\(server.port)/" }

  /// Ends all connections, then the use of the store. Call it once.
  ///
  /// - Parameter patience: how long is waited for work that goes on.
  /// - Returns: whether that has ended; if not, it goes on until the process ends.
  public func stop(within patience: Duration) -> Bool {
    wishes.withLock { $0.isEnding = true }
    wakePipe.wake()
    server.stop()
    let nanoseconds = Int(patience / .nanoseconds(1))
    return ended.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success
  }

  // MARK: - The thread that keeps the site up to date

  private func work(_ options: BuildOptions, _ tell: @escaping @Sendable (PreviewReport) -> Void) {
    let session = SiteSession(options) { [live, server] step in
      let line = "\(step)"
      tell(.progress(line))
      live.note(progress: line)
      server.send(ServerEvent(name: PreviewFiles.progressEvent, data: line))
    }
    let folders = WatchedFolders(roots: [options.content, options.templates], followedLinks: options.followedLinks)
    var watcher = firstWatcher(folders, tell)
    while true {
      wakePipe.clear()
      let wishes = self.wishes.withLock { wishes in
        defer { wishes.repairs = false }
        return wishes
      }
      if wishes.isEnding { return }
      do throws(SystemError) {
        try watcher.arm()
      } catch {
        tell(.polls(reason: error.description))
        let polling = PollingWatcher(folders, wakePipe: wakePipe)
        polling.arm()
        watcher = polling
      }
      update(session, repairs: wishes.repairs, tell)
      _ = watcher.wait()
    }
  }

  private func firstWatcher(
    _ folders: WatchedFolders, _ tell: (PreviewReport) -> Void
  ) -> any ChangeWatcher {
    #if os(Linux)
      do throws(SystemError) {
        return try InotifyWatcher(folders, wakePipe: wakePipe)
      } catch {
        tell(.polls(reason: error.description))
      }
    #endif
    return PollingWatcher(folders, wakePipe: wakePipe)
  }

  private func update(_ session: SiteSession, repairs: Bool, _ tell: (PreviewReport) -> Void) {
    let start = ContinuousClock.now
    let hasChanged: Bool
    let report: PreviewReport
    do {
      let changes = try session.update(looksAtPictures: repairs)
      hasChanged = live.publish(session.site, isRepaired: changes.paintedPictures > 0)
      report = .updated(changes, time: .now - start)
    } catch {
      let faults = Self.faults(error)
      hasChanged = live.publish(faults)
      report = .faults(faults)
    }
    live.note(progress: "")
    if hasChanged { server.send(ServerEvent(name: PreviewFiles.stateEvent, data: live.stateName)) }
    server.send(ServerEvent(name: PreviewFiles.progressEvent, data: ""))
    tell(report)
  }

  /// What went wrong, as it is shown. What is no fault of the content's is one of ours.
  private static func faults(_ error: any Error) -> DiagnosticList {
    if let faults = error as? DiagnosticList { return faults }
    if let fault = error as? Diagnostic { return DiagnosticList([fault]) }
    return DiagnosticList([
      .error("The site cannot be made: internal error: \(error)", hint: "This is a bug of sitegen's. Please report it.")
    ])
  }
}
