public import Diagnostics

extension Network {
  /// Another text whenever another build of this program, or another library below it, may come to other numbers.
  ///
  /// The first figure is ours: raise it with every change after which any activation or gradient differs in any bit.
  public static var engineVersion: String {
    "9, oneDNN \(LibraryVersion.current.map(\.description) ?? "?"), \(Engine.instructionSet)"
  }

  /// What is to be said of the oneDNN below: an error where it is known to compute otherwise, a warning where nobody has
  /// tested it, `nil` where all is well.
  public static let libraryDiagnostic: Diagnostic? = LibraryVersion.current?.diagnostic {
    try Engine().deviatingFunction()
  }
}
