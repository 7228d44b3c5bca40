import Foundation

/// The system's own words for a failed file operation: `No space left on device`.
public func systemReason(_ error: any Error) -> String {
  guard let cause = (error as? CocoaError)?.underlying as? POSIXError ?? error as? POSIXError else {
    return error.localizedDescription
  }
  return String(cString: strerror(cause.code.rawValue))
}
