import CEmbedded

/// A file of the project that is built into the program, so that an installed program needs nothing beside it.
///
/// The bytes are the project's own files, which the C compiler reads (`#embed`): there is no second copy that could differ.
public struct BuiltInFile: Sendable {
  /// Its path, with `/` between parts: `style.css`.
  public let path: String
  /// The bytes.
  public let bytes: [UInt8]

  /// The files of the theme: `templates/`.
  public static let theme = all(embedded_theme)

  /// The words of the interface, a file a language: `strings/`.
  public static let strings = all(embedded_strings)

  /// The content folder with which a new site begins: pages, a small network, and two pictures.
  public static let starter = all(embedded_starter)

  /// The networks that can be fetched by name, and the names of their classes: `catalogue/`.
  public static let catalogue = all(embedded_catalogue)

  private static func all(
    _ list: (UnsafeMutablePointer<Int>) -> UnsafePointer<embedded_file>?
  ) -> [BuiltInFile] {
    var count = 0
    let first = list(&count)
    return UnsafeBufferPointer(start: first, count: count).map { file in
      BuiltInFile(
        path: String(cString: file.path),
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
  }
}
