import Diagnostics

/// A fenced code block that stands for something else than code, by the first word of its info string.
struct FencedBlock {
  /// What it stands for.
  enum Kind: String, CaseIterable {
    /// A figure.
    case explain
    /// A table of what `sitegen evaluate` measured.
    case evaluation
    /// A card for each of several methods.
    case methodCards = "method-cards"
  }

  /// What it stands for.
  let kind: Kind
  /// The block's YAML.
  let yaml: String
  /// Where the YAML stands in the file.
  let origin: TextOrigin
  /// The line of the opening fence.
  let location: SourceLocation
  /// The block in its tree.
  let node: Int

  /// The blocks of `tree`, parsed from `source`, in reading order, inside lists and quotes too.
  static func all(in tree: MarkdownTree, of source: MarkdownSource) -> [FencedBlock] {
    let blocks = tree.nodes.indices.compactMap { index in
      tree.nodes[index].fenceWord.flatMap(Kind.init).map { (index, $0) }
    }
    guard !blocks.isEmpty else { return [] }
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    return blocks.compactMap { index, kind in
      guard let line = tree.nodes[index].line, case .codeBlock(_, let yaml) = tree.nodes[index].kind else { return nil }
      // libcmark has taken away what stands before the block in its container; the rest is the end of the line.
      let pieces = yaml.split(separator: "\n", omittingEmptySubsequences: false)
      let offsets = zip(pieces, lines.dropFirst(line)).map { max(0, $1.unicodeScalars.count - $0.unicodeScalars.count) }
      return FencedBlock(
        kind: kind, yaml: yaml,
        origin: TextOrigin(file: source.file, firstLine: line + 1, columnOffsets: offsets),
        location: SourceLocation(file: source.file, line: line), node: index)
    }
  }

  /// A fault for each code block whose word looks like a misspelt one of these: it would be shown as code.
  static func misspelt(in tree: MarkdownTree, of source: MarkdownSource) -> [Diagnostic] {
    tree.nodes.compactMap { node in
      guard let found = node.fenceWord, Kind(rawValue: found) == nil,
        let word = Suggestion.nearest(to: found, in: Kind.allCases.map(\.rawValue))
      else { return nil }
      return .error(
        "“\(found)” is not a kind of block, and would be shown as code.",
        at: SourceLocation(file: source.file, line: node.line), hint: "Did you mean “\(word)”?")
    }
  }
}

extension MarkdownNode {
  /// The first word after the opening fence of a code block.
  fileprivate var fenceWord: String? {
    guard case .codeBlock(let info, _) = kind else { return nil }
    return info.split { $0 == " " || $0 == "\t" }.first.map(String.init)
  }
}
