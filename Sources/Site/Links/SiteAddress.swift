/// An address before it is known on which page it stands.
enum SiteAddress: Hashable, Sendable {
  /// One that is passed on as it stands.
  case web(String)
  /// That of a file of the output folder, and what follows its path (`#heading`).
  case file(String, suffix: String = "")
}
