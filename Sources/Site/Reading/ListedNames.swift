extension Swift.Collection<String> {
  /// The first three in quotes, and how many more there are: for messages about thousands.
  var listed: String {
    let shown = prefix(3).map { "“\($0)”" }.joined(separator: ", ")
    return count > 3 ? "\(shown) and \(count - 3) more" : shown
  }
}
