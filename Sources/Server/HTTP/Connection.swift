import Files
import Foundation

/// A client: its requests are read and answered, one after the other, as far as can be done without waiting.
///
/// One thread uses it.
final class Connection {
  /// What is waited for.
  private enum Phase {
    /// The next request, or the rest of it.
    case reading
    /// That the client takes what it asked for.
    case writing
    /// Events for the client, or its end.
    case following
    /// That the client has read the last answer: one who is cut off before loses it.
    case closing
    case closed
  }

  let descriptor: Int32
  private let limits: HTTPLimits
  private let answer: @Sendable (HTTPRequest) -> HTTPResponse
  private var phase = Phase.reading
  private var input: RequestBuffer
  private var output: [UInt8] = []
  private var sent = 0
  private var file: (file: OpenedFile, offset: Int)?
  private var isLast = false
  private var isStream = false
  /// When something must have happened; `nil` where nothing need.
  private(set) var deadline: ContinuousClock.Instant?

  /// The most bytes of events that wait for a client; one that takes none is no longer there.
  private static let longestWait = 1 << 16

  #if os(Linux)
    /// Who has gone away is told by a fault, and not by a signal.
    private static let flags = Int32(MSG_NOSIGNAL)
  #else
    private static let flags: Int32 = 0
  #endif

  init(
    _ descriptor: Int32, port: UInt16, limits: HTTPLimits, answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) {
    self.descriptor = descriptor
    self.limits = limits
    self.answer = answer
    input = RequestBuffer(port: port, limits: limits)
    deadline = .now + limits.idleTime
  }

  deinit { close(descriptor) }

  var isClosed: Bool { phase == .closed }

  /// What `poll` is to look out for.
  var wanted: Int16 {
    switch phase {
    case .reading, .closing: Int16(POLLIN)
    case .writing: Int16(POLLOUT)
    case .following: Int16(POLLIN) | (sent < output.count ? Int16(POLLOUT) : 0)
    case .closed: 0
    }
  }

  /// Does what can be done now.
  ///
  /// - Parameter ready: what `poll` has found.
  func advance(_ ready: Int16) {
    if ready & Int16(POLLIN | POLLERR | POLLHUP) != 0 { receive() }
    while step() {}
  }

  /// Does what is to be done when the deadline has passed.
  func expire() {
    guard phase == .reading, !input.isEmpty else { return phase = .closed }
    begin(HTTPResponse(HTTPFault(.requestTimeout, "The request did not arrive in time.")), keepsConnection: false)
    while step() {}
  }

  /// Sends events, if the client follows them.
  func send(events: [UInt8]) {
    guard isStream, phase != .closed else { return }
    output = Array(output[sent...]) + events
    sent = 0
    if output.count > Self.longestWait { return phase = .closed }
    while step() {}
  }

  // MARK: - Steps

  private func receive() {
    guard phase == .reading || phase == .following || phase == .closing else { return }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else {
      if count == 0 || ![EAGAIN, EWOULDBLOCK, EINTR].contains(errno) { phase = .closed }
      return
    }
    // What comes behind the last request is read and forgotten.
    guard phase == .reading else { return }
    if input.isEmpty { deadline = .now + limits.requestTime }
    input.append(bytes[..<count])
  }

  /// - Returns: whether something was done, so that more may follow.
  private func step() -> Bool {
    switch phase {
    case .reading: return takeRequest()
    case .writing, .following: return write()
    case .closing, .closed: return false
    }
  }

  private func takeRequest() -> Bool {
    do throws(HTTPFault) {
      guard let request = try input.next() else { return false }
      var response = answer(request)
      if request.method == .head { response.omitsBody = true }
      begin(response, keepsConnection: request.keepsConnection)
    } catch {
      begin(HTTPResponse(error), keepsConnection: false)
    }
    return true
  }

  private func begin(_ response: HTTPResponse, keepsConnection: Bool) {
    isStream = response.isStream && !response.omitsBody
    isLast = !keepsConnection || response.isStream
    output = response.head(keepsConnection: !isLast)
    sent = 0
    if !response.omitsBody {
      switch response.body {
      case .bytes(let bytes), .events(let bytes): output += bytes
      case .file(let opened): file = (opened, 0)
      }
    }
    phase = .writing
    deadline = .now + limits.writingTime
  }

  private func write() -> Bool {
    if sent == output.count { return refill() }
    let count = output[sent...].withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Self.flags) }
    guard count > 0 else {
      if ![EAGAIN, EWOULDBLOCK, EINTR].contains(errno) { phase = .closed }
      return false
    }
    sent += count
    if phase == .writing { deadline = .now + limits.writingTime }
    return true
  }

  /// Goes on where all that was to be sent has been.
  private func refill() -> Bool {
    output = []
    sent = 0
    if let (opened, offset) = file, offset < opened.count {
      output = opened.piece(at: offset)
      file = (opened, offset + output.count)
      // A file that has been cut off: only the end of the connection tells that something is missing.
      if output.isEmpty { phase = .closed }
      return !output.isEmpty
    }
    file = nil
    if phase == .following { return false }
    if isStream {
      phase = .following
      deadline = nil
      return false
    }
    if isLast {
      shutdown(descriptor, Int32(SHUT_WR))
      phase = .closing
      deadline = .now + limits.closingTime
      return false
    }
    phase = .reading
    deadline = .now + (input.isEmpty ? limits.idleTime : limits.requestTime)
    return true
  }
}
