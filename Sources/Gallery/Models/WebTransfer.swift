import Diagnostics
import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Streams what lies at a web address into a file, from where the file ends on, and stops as soon as it cannot be what was
/// expected, when nothing comes for a while, or when it takes too long.
///
/// The session calls from one queue at a time, and the thread that runs the transfer watches the clock meanwhile; what
/// both touch is guarded by a lock.
final class WebTransfer: NSObject, URLSessionDataDelegate, @unchecked Sendable {
  private let address: String
  private let expectedCount: Int?
  private let limits: TransferLimits
  private let file: PartialFile
  private let progress: (_ count: Int, _ total: Int?) -> Void
  private let done = DispatchSemaphore(value: 0)

  private let lock = NSLock()
  // Guarded by `lock`, and so is the file.
  private var fault: TransferFault?
  private var announcedCount: Int?
  private var lastSign = ContinuousClock.now
  private var redirections = 0

  /// - Parameter expectedCount: the only number of bytes that is right, if it is known.
  init(
    to file: PartialFile, from address: String, expectedCount: Int?, limits: TransferLimits,
    progress: @escaping (Int, Int?) -> Void
  ) {
    self.address = address
    self.expectedCount = expectedCount
    self.limits = limits
    self.file = file
    self.progress = progress
  }

  private var limit: Int { expectedCount ?? limits.unknownCount }

  /// Fetches what is missing of the address, to its end.
  ///
  /// - Throws: `TransferFault` that says what came instead.
  func run(_ url: URL) throws(TransferFault) {
    var request = URLRequest(url: url)
    // The bytes themselves are what the hash is of.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if file.count > 0 { request.setValue("bytes=\(file.count)-", forHTTPHeaderField: "Range") }
    let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
    let task = session.dataTask(with: request)
    task.resume()
    watch(task)
    session.invalidateAndCancel()
    let failure = lock.withLock { () -> TransferFault? in
      if let fault { return fault }
      let expected = expectedCount ?? announcedCount
      return expected.flatMap { file.count == $0 ? nil : wrongLength(file.count, $0) }
    }
    if let failure { throw failure }
  }

  /// Waits for the end of the transfer, or for its time to be up.
  private func watch(_ task: URLSessionTask) {
    let start = ContinuousClock.now
    let deadline = limits.deadline(limit)
    while done.wait(timeout: .now() + 0.1) == .timedOut {
      let isUp = lock.withLock { () -> Bool in
        guard fault == nil else { return true }
        let now = ContinuousClock.now
        if now - lastSign > .seconds(limits.silence) {
          fault = broken("\(address) has sent nothing for \(Int(limits.silence)) seconds")
        } else if now - start > .seconds(deadline) {
          fault = broken("\(address) has not come in \(Int(deadline)) seconds")
        }
        return fault != nil
      }
      guard isUp else { continue }
      task.cancel()
      // After a fault nothing is written any more, however late a call comes.
      _ = done.wait(timeout: .now() + 5)
      return
    }
  }

  // MARK: - What the session tells

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) {
    // Foundation makes an address of the web of whatever it is sent to.
    let source = response.url ?? task.currentRequest?.url
    let target = response.value(forHTTPHeaderField: "Location").flatMap { URL(string: $0, relativeTo: source) }?
      .absoluteURL
    let isAllowed = lock.withLock { () -> Bool in
      lastSign = .now
      redirections += 1
      if let objection = Redirection.objection(from: source, to: target) {
        fault = fault ?? misled(target, objection)
      } else if redirections > limits.redirections {
        let diagnostic = Diagnostic.error(
          "\(address) sends us on more than \(limits.redirections) times.", hint: "Mend `url` in the card.")
        fault = fault ?? TransferFault(diagnostic)
      }
      return fault == nil
    }
    var request = request
    request.url = target
    completionHandler(isAllowed ? request : nil)
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let isAllowed = lock.withLock { () -> Bool in
      lastSign = .now
      guard fault == nil else { return false }
      do throws(TransferFault) {
        try begin(response)
      } catch {
        fault = error
      }
      return fault == nil
    }
    completionHandler(isAllowed ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isAllowed = lock.withLock { () -> Bool in
      lastSign = .now
      guard fault == nil else { return false }
      do throws(TransferFault) {
        guard file.count + data.count <= limit else { throw tooMuch(file.count + data.count) }
        try TransferFault.located { () throws(Diagnostic) in try file.append(data) }
        progress(file.count, expectedCount ?? announcedCount)
      } catch {
        fault = error
      }
      return fault == nil
    }
    if !isAllowed { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    lock.withLock {
      if let error, fault == nil {
        fault =
          file.count > 0
          ? connectionBroke
          : TransferFault(
            .error(
              "\(address) cannot be fetched: \(error.localizedDescription)",
              hint: "Check the address and the connection, then try again."))
      }
    }
    done.signal()
  }

  // MARK: - Judging it

  /// Makes the file end where the response begins.
  private func begin(_ response: URLResponse) throws(TransferFault) {
    let length = response.expectedContentLength >= 0 ? Int(response.expectedContentLength) : nil
    let answer = response as? HTTPURLResponse
    switch answer?.statusCode ?? 200 {
    case 200:
      try TransferFault.located { () throws(Diagnostic) in if file.count > 0 { try file.restart() } }
      announcedCount = length
    case 206:
      guard let range = answer?.value(forHTTPHeaderField: "Content-Range").flatMap(ContentRange.init),
        range.first == file.count
      else {
        throw TransferFault(
          .error("The server sends another part of \(address) than was asked for.", hint: "Try again."),
          keepsPart: false)
      }
      announcedCount = range.total ?? length.map { file.count + $0 }
    case let status:
      throw TransferFault(
        .error("The server answers \(status) for \(address).", hint: "Mend `url`, or try again later."),
        // There is nothing behind the end of what is there: it may be whole, or another file's.
        keepsPart: status != 416)
    }
    guard let announcedCount else { return }
    if let expectedCount, announcedCount != expectedCount { throw wrongLength(announcedCount, expectedCount) }
    if announcedCount > limit { throw tooMuch(announcedCount) }
  }

  private func misled(_ target: URL?, _ objection: String) -> TransferFault {
    TransferFault(
      .error(
        "\(address) sends us to \(target?.absoluteString ?? "nowhere"), \(objection).", hint: "Mend `url` in the card.")
    )
  }

  private var connectionBroke: TransferFault { broken("The connection broke", of: " of \(address)") }

  /// - Parameter place: what the bytes are of, where `what` does not say so.
  private func broken(_ what: String, of place: String = "") -> TransferFault {
    let total = (expectedCount ?? announcedCount).map { " of \($0)" } ?? ""
    guard file.count > 0 else { return TransferFault(.error("\(what).", hint: "Try again later.")) }
    return TransferFault(
      .error("\(what) after \(file.count)\(total) bytes\(place).", hint: "Try again: it goes on from there."))
  }

  private func wrongLength(_ found: Int, _ expected: Int) -> TransferFault {
    guard expectedCount != nil else { return connectionBroke }
    return TransferFault(
      .error(
        "What lies at \(address) has \(found) bytes, but the card says \(expected).",
        hint: "Mend `url` or `bytes` in the card."), keepsPart: found < expected)
  }

  private func tooMuch(_ found: Int) -> TransferFault {
    if let expectedCount { return wrongLength(found, expectedCount) }
    return TransferFault(
      .error(
        "What lies at \(address) has more than \(limits.unknownCount) bytes, and the card does not say how many.",
        hint: "Add `bytes` to the card if it may have so many."), keepsPart: false)
  }
}

/// What went wrong with a transfer.
struct TransferFault: Error {
  let diagnostic: Diagnostic
  /// Whether what has come is of use to the next one.
  let keepsPart: Bool

  init(_ diagnostic: Diagnostic, keepsPart: Bool = true) {
    self.diagnostic = diagnostic
    self.keepsPart = keepsPart
  }

  /// Runs `work`, whose faults leave what has come as it is.
  static func located<Result>(_ work: () throws(Diagnostic) -> Result) throws(TransferFault) -> Result {
    do throws(Diagnostic) {
      return try work()
    } catch {
      throw TransferFault(error)
    }
  }
}

/// `Content-Range: bytes 100-299/300`: which part of how much a response is. Source: RFC 9110, 14.4.
struct ContentRange: Equatable {
  let first: Int
  /// Bytes of the whole, if the server knows.
  let total: Int?

  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /bytes ([0-9]{1,18})-([0-9]{1,18})\/([0-9]{1,18}|\*)/),
      let first = Int(match.1), let last = Int(match.2), first <= last
    else { return nil }
    self.first = first
    total = Int(match.3)
    if let total, last >= total { return nil }
  }
}
