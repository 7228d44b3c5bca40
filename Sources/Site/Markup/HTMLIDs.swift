extension String {
  /// The ids that a piece of HTML gives where they are written out: `id="a"`, `<a name='b'>`, without quotes too.
  var htmlIDs: [String] {
    matches(of: #/(?:\sid|<a\s+name)\s*=\s*(?:"([^"{}]+)"|'([^'{}]+)'|([^\s"'<>{}]+))/#.ignoresCase()).compactMap {
      ($0.output.1 ?? $0.output.2 ?? $0.output.3).map(String.init)
    }
  }
}
