import Diagnostics

/// A fenced code block whose info string is `explain`.
struct ExplainBlock {
  /// The block's YAML.
  let yaml: String
  /// Where the YAML stands in the file.
  let origin: TextOrigin
  /// The line of the opening fence.
  let location: SourceLocation
  /// The block in its tree.
  let node: Int

  /// The fence word that makes a code block an explain block.
  private static let word = "explain"

  /// The explain blocks of `tree`, parsed from `source`, in reading order, inside lists and quotes too.
  static func all(in tree: MarkdownTree, of source: MarkdownSource) -> [ExplainBlock] {
    let blocks = tree.nodes.indices.filter { tree.nodes[$0].fenceWord == word }
    guard !blocks.isEmpty else { return [] }
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    return blocks.compactMap { index in
      guard let line = tree.nodes[index].line, case .codeBlock(_, let yaml) = tree.nodes[index].kind else { return nil }
      // libcmark has taken away what stands before the block in its container; the rest is the end of the line.
      let pieces = yaml.split(separator: "\n", omittingEmptySubsequences: false)
      let offsets = zip(pieces, lines.dropFirst(line)).map { max(0, $1.unicodeScalars.count - $0.unicodeScalars.count) }
      return ExplainBlock(
        yaml: yaml, origin: TextOrigin(file: source.file, firstLine: line + 1, columnOffsets: offsets),
        location: SourceLocation(file: source.file, line: line), node: index)
    }
  }

  /// A fault for each code block that shows a text which looks like a misspelt `explain`: it would be shown as code.
  static func misspelt(in tree: MarkdownTree, of source: MarkdownSource) -> [Diagnostic] {
    tree.nodes.compactMap { node in
      guard let found = node.fenceWord, found != word, Suggestion.nearest(to: found, in: [word]) != nil else {
        return nil
      }
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
