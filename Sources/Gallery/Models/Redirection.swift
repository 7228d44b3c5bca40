import Foundation

/// Where a server may send a transfer.
enum Redirection {
  /// Why `target` is not gone to, as the end of a sentence; `nil` where it may be.
  ///
  /// Only the web is gone to, and never from an encrypted address to one that anybody on the way can read and change.
  static func objection(from source: URL?, to target: URL?) -> String? {
    let scheme = target?.scheme?.lowercased() ?? ""
    guard ["http", "https"].contains(scheme) else { return "which is no address of the web" }
    if scheme == "http", source?.scheme?.lowercased() == "https" { return "which is not encrypted" }
    return nil
  }
}
