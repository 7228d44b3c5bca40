import Diagnostics
import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Streams what lies at a web address into a file, and stops as soon as it cannot be what was expected.
///
/// The session calls from one queue at a time, and the thread that runs the transfer waits for the last call, so that
/// nothing is touched by two at once.
final class WebTransfer: NSObject, URLSessionDataDelegate, @unchecked Sendable {
  private let address: String
  private let expectedCount: Int?
  private let file: PartialFile
  private let progress: (_ count: Int, _ total: Int?) -> Void
  private let done = DispatchSemaphore(value: 0)
  /// What went wrong; touched by the session's queue, and by the waiting thread once that is done.
  private var fault: Diagnostic?
  private var announcedCount: Int?

  /// - Parameter expectedCount: the only number of bytes that is right, if it is known.
  init(
    to file: PartialFile, from address: String, expectedCount: Int?, progress: @escaping (Int, Int?) -> Void
  ) {
    self.address = address
    self.expectedCount = expectedCount
    self.file = file
    self.progress = progress
  }

  /// Fetches the address to its end.
  ///
  /// - Throws: `Diagnostic` that says what came instead.
  func run(_ url: URL) throws(Diagnostic) {
    var request = URLRequest(url: url)
    // The bytes themselves are what the hash is of.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
    session.dataTask(with: request).resume()
    done.wait()
    session.invalidateAndCancel()
    if let fault { throw fault }
    let expected = expectedCount ?? announcedCount
    if let expected, file.count != expected { throw wrongLength(file.count, expected) }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    announcedCount = response.expectedContentLength >= 0 ? Int(response.expectedContentLength) : nil
    if let status = (response as? HTTPURLResponse)?.statusCode, status != 200 {
      fault = .error(
        "The server answers \(status) for \(address).", hint: "Mend `url`, or try again later.")
    } else if let expectedCount, let announcedCount, announcedCount != expectedCount {
      fault = wrongLength(announcedCount, expectedCount)
    }
    completionHandler(fault == nil ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    guard fault == nil else { return }
    do throws(Diagnostic) {
      try file.append(data)
      if let expectedCount, file.count > expectedCount { throw wrongLength(file.count, expectedCount) }
      progress(file.count, expectedCount ?? announcedCount)
    } catch {
      fault = error
      dataTask.cancel()
    }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    if let error, fault == nil {
      let total = (expectedCount ?? announcedCount).map { " of \($0)" } ?? ""
      fault =
        file.count > 0
        ? .error("The connection broke after \(file.count)\(total) bytes of \(address).", hint: "Try again.")
        : .error(
          "\(address) cannot be fetched: \(error.localizedDescription)",
          hint: "Check the address and the connection, then try again.")
    }
    done.signal()
  }

  private func wrongLength(_ found: Int, _ expected: Int) -> Diagnostic {
    guard expectedCount != nil else {
      return .error("The connection broke after \(found) of \(expected) bytes of \(address).", hint: "Try again.")
    }
    return .error(
      "What lies at \(address) has \(found) bytes, but the card says \(expected).",
      hint: "Mend `url` or `bytes` in the card.")
  }
}
