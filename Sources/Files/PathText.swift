/// Arithmetic on paths as people write them, which need not exist.
///
/// They are cut at the byte `/`, as the system cuts them. To Swift, a slash with an accent behind it is another character.
public enum PathText {
  private static let slash = UInt8(ascii: "/")

  /// `name` in `folder`: `a` and `b` make `a/b`, `/` and `b` make `/b`; an empty part is left out.
  public static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty || name.isEmpty { return folder + name }
    return folder.utf8.last == slash ? folder + name : folder + "/" + name
  }

  /// The folder of what lies at `path`: `a` for `a/b` and `a/b/`, `/` for `/a`, nothing for `a`.
  public static func folder(of path: String) -> String {
    let whole = withoutSlashes(path.utf8[...])
    guard let last = whole.lastIndex(of: slash) else { return "" }
    let folder = withoutSlashes(whole[..<last])
    return folder.isEmpty ? "/" : String(Substring(folder))
  }

  /// The last part of `path`: `b` for `a/b` and `a/b/`.
  public static func name(of path: String) -> String {
    let whole = withoutSlashes(path.utf8[...])
    return String(Substring(whole.lastIndex(of: slash).map { whole[whole.index(after: $0)...] } ?? whole))
  }

  private static func withoutSlashes(_ path: Substring.UTF8View) -> Substring.UTF8View {
    path.lastIndex { $0 != slash }.map { path[...$0] } ?? path[..<path.startIndex]
  }
}
