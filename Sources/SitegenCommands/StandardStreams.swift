import Diagnostics
import Files
import Foundation

/// The streams that every process has, whatever whoever started it did to them: results go to stdout, messages to stderr.
///
/// Either may be closed, full, or read by nobody any more. A message that cannot be written is lost and nothing else. A result
/// that cannot be written makes the run fail in the end.
enum StandardStreams {
  /// Why results could not be written.
  private static let failure = Guarded<Int32?>(nil)

  /// Makes the streams safe to use. Call it before anything is opened.
  static func prepare() {
    // A reader that goes away is a failed write, not the end of this process in the middle of its work.
    signal(SIGPIPE, SIG_IGN)
    // A file that is opened while a stream is closed would get its number, and messages would be written into it.
    for stream: Int32 in 0...2 where fcntl(stream, F_GETFD) < 0 && errno == EBADF {
      let substitute = open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY)
      if substitute < 0 { _ = open("/", O_RDONLY) }
    }
  }

  /// Writes a message to stderr: text of ours, whose lines stay lines; whatever else a terminal would obey is written out.
  static func writeError(_ text: String) { _ = write(text.visibleLines, to: 2) }

  /// Writes a message over the last one on the terminal.
  static func rewriteLine(_ text: String) { _ = write("\r" + text.visible, to: 2) }

  /// Writes a result to stdout.
  static func writeResult(_ text: String) {
    guard let code = write(text.visibleLines, to: 1) else { return }
    failure.withLock { $0 = $0 ?? code }
  }

  /// Throws where a result could not be written.
  static func checkResults() throws(Diagnostic) {
    guard let code = failure.withLock({ $0 }) else { return }
    throw .error("The results cannot be written: \(String(cString: strerror(code))).")
  }

  /// - Returns: the system's number of the failure, or `nil` after all is written.
  private static func write(_ text: String, to stream: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes -> Int32? in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Foundation.write(stream, rest.baseAddress, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if count == 0 {
          return EIO
        } else if errno == EAGAIN {
          // Somebody has made the stream one that does not wait.
          var place = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
          _ = poll(&place, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}

extension String {
  /// Every line as a terminal may show it.
  fileprivate var visibleLines: String {
    guard visible.utf8.count != utf8.count else { return self }
    return split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }.joined(separator: "\n")
  }
}
