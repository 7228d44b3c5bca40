import Diagnostics
import Files
import Foundation

/// Answers requests of programs on this machine, all of them on one thread.
///
/// A client that is slow, or many, take a place each in a list and nothing else: no thread waits for them.
final class HTTPServer: Sendable {
  private let socket: LoopbackPort
  private let limits: HTTPLimits
  private let answer: @Sendable (HTTPRequest) -> HTTPResponse
  private let wakePipe: WakePipe
  private let outbox = Guarded(Outbox())
  private let ended = DispatchSemaphore(value: 0)

  private struct Outbox {
    var events: [UInt8] = []
    var isEnding = false
  }

  /// Listens at a port of the loopback interface; nothing is answered before `start`.
  ///
  /// - Parameter answer: is asked for each request, on the server's thread; others wait meanwhile.
  init(
    port: UInt16, limits: HTTPLimits = HTTPLimits(), answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) throws(Diagnostic) {
    socket = try LoopbackPort(port)
    do throws(SystemError) {
      wakePipe = try WakePipe()
    } catch {
      throw .error("The server cannot be started: \(error).")
    }
    self.limits = limits
    self.answer = answer
  }

  /// The port at which it listens.
  var port: UInt16 { socket.number }

  func start() {
    Thread {
      self.run()
      self.ended.signal()
    }.start()
  }

  /// Sends an event to all who follow them.
  func send(_ event: ServerEvent) {
    outbox.withLock { $0.events += event.bytes }
    wakePipe.wake()
  }

  /// Ends all connections, and waits until that is done. Call it once, after `start`.
  func stop() {
    outbox.withLock { $0.isEnding = true }
    wakePipe.wake()
    ended.wait()
  }

  // MARK: - The thread

  private func run() {
    var connections: [Connection] = []
    // Where the system has no more descriptors, asking again at once would only keep a processor busy.
    var acceptsFrom = ContinuousClock.now
    while true {
      let (events, isEnding) = outbox.withLock { outbox in
        defer { outbox.events = [] }
        return (outbox.events, outbox.isEnding)
      }
      if isEnding { return }
      if !events.isEmpty { connections.forEach { $0.send(events: events) } }
      connections.removeAll(where: \.isClosed)

      let now = ContinuousClock.now
      let accepts = connections.count < limits.connections && acceptsFrom <= now
      var places = [
        pollfd(fd: wakePipe.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: accepts ? socket.descriptor : -1, events: Int16(POLLIN), revents: 0),
      ]
      places += connections.map { pollfd(fd: $0.descriptor, events: $0.wanted, revents: 0) }
      let deadlines = connections.compactMap(\.deadline) + (acceptsFrom > now ? [acceptsFrom] : [])
      _ = poll(&places, nfds_t(places.count), Self.milliseconds(from: now, to: deadlines.min()))

      if places[0].revents != 0 { wakePipe.clear() }
      let then = ContinuousClock.now
      for (connection, place) in zip(connections, places.dropFirst(2)) {
        if place.revents != 0 {
          connection.advance(place.revents)
        } else if let deadline = connection.deadline, deadline <= then {
          connection.expire()
        }
      }
      if places[1].revents != 0 { acceptsFrom = accept(to: &connections) }
    }
  }

  /// Takes in those who wait.
  ///
  /// - Returns: when others can be.
  private func accept(to connections: inout [Connection]) -> ContinuousClock.Instant {
    do throws(SystemError) {
      while connections.count < limits.connections, let descriptor = try socket.accept() {
        connections.append(Connection(descriptor, port: port, limits: limits, answer: answer))
      }
      return .now
    } catch {
      return .now + .milliseconds(100)
    }
  }

  private static func milliseconds(from now: ContinuousClock.Instant, to deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let parts = max(.zero, deadline - now).components
    return Int32(clamping: parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000 + 1)
  }
}
