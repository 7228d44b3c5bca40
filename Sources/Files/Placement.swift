public import Diagnostics
import Foundation

/// Where a folder may lie that is written: apart from all that is read, and from what else is kept.
public struct Placement: Sendable {
  /// A folder that nothing may be written over.
  public struct Guarded: Sendable {
    /// What it is, for messages: `content folder`.
    public let role: String
    /// The folder as the user wrote it.
    public let path: String

    /// Creates a guarded folder, which need not exist.
    public init(_ role: String, _ path: String) {
      self.role = role
      self.path = path
    }
  }

  private let guarded: [Guarded]
  private let base: String?

  /// - Parameters:
  ///   - guarded: folders that the written one may neither be, contain nor lie in.
  ///   - base: the current folder, which the written one may neither be nor contain; `nil` means the process's.
  public init(apartFrom guarded: [Guarded], currentFolder base: String? = nil) {
    self.guarded = guarded
    self.base = base
  }

  /// Checks a folder before anything is created.
  ///
  /// Links are resolved. Case and the forms of Unicode do not count, since on some file systems they do not.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - shownAs: the folder as the user wrote it, where that is another text.
  ///   - role: what it is, for messages: `output folder`.
  ///   - option: the option that names it: `--output`.
  public func check(
    _ folder: String, shownAs: String? = nil, role: String, option: String
  ) throws(Diagnostic) {
    let shown = "The \(role) “\(shownAs ?? folder)”"
    func fault(_ summary: String) -> Diagnostic { .error(summary, hint: "Name another with \(option).") }
    guard !folder.isEmpty else { throw fault("The name of the \(role) is empty.") }
    guard !folder.utf8.contains(0) else { throw fault("The name of the \(role) holds a zero byte.") }
    let place = PhysicalPath(folder, from: base)
    guard !place.parts.isEmpty else { throw fault("\(shown) is the root of the file system.") }
    let current = PhysicalPath(".", from: base)
    if place.isSame(as: current) { throw fault("\(shown) is the current folder.") }
    for other in guarded {
      let path = PhysicalPath(other.path, from: base)
      let what = "the \(other.role) “\(other.path)”"
      if place.isSame(as: path) { throw fault("\(shown) is \(what).") }
      if path.lies(in: place) { throw fault("\(shown) contains \(what).") }
      if place.lies(in: path) { throw fault("\(shown) lies in \(what).") }
    }
    if current.lies(in: place) { throw fault("\(shown) contains the current folder.") }
  }
}
