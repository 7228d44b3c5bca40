import Diagnostics

/// Parses Mustache: variables, sections, comments, partials with fixed and dynamic names, inheritance, changed delimiters.
///
/// Source: the Mustache specification 1.4 without lambdas; transforms such as `empty(tags)` are those of swift-mustache, which
/// sites have been written for.
struct TemplateParser {
  private let file: String
  private let bytes: [UInt8]
  private let lineStarts: [Int]
  private var open = Array("{{".utf8)
  private var close = Array("}}".utf8)
  /// Where the text begins that has not been added yet.
  private var textStart = 0
  private var frames: [Frame] = []
  /// The last place that was asked for.
  private var last = (line: 0, offset: 0, column: 1)
  private(set) var warnings: [Diagnostic] = []

  /// Something that is open.
  private struct Frame {
    enum Kind {
      case template
      case section(TemplateName, isInverted: Bool)
      case block(String)
      case parent(TemplateInclusion.Source, indentation: String)
    }

    let kind: Kind
    /// What the closing tag must say.
    let name: String
    let location: SourceLocation
    var nodes: [TemplateNode] = []
    var blocks: [String: TemplateBlock] = [:]
  }

  init(_ source: SourceFile) {
    file = source.name
    let bytes = Array(source.text.utf8)
    self.bytes = bytes
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    frames = [Frame(kind: .template, name: "", location: SourceLocation(file: file))]
  }

  /// The nodes of the template.
  mutating func parse() throws(Diagnostic) -> [TemplateNode] {
    while let start = find(open, from: textStart) {
      try readTag(at: start)
    }
    addText(textStart..<bytes.count)
    if frames.count > 1, let frame = frames.last {
      throw fault("a section is never closed", at: frame.location)
    }
    return frames.first?.nodes ?? []
  }

  // MARK: - Tags

  private mutating func readTag(at start: Int) throws(Diagnostic) {
    let place = location(of: start)
    let inside = start + open.count
    guard inside < bytes.count else { throw fault("the tag has no end", at: place) }
    let sigil = bytes[inside]
    let isTriple = sigil == UInt8(ascii: "{")
    let isDelimiters = sigil == UInt8(ascii: "=")
    let ending = (isTriple ? [UInt8(ascii: "}")] : isDelimiters ? [UInt8(ascii: "=")] : []) + close
    let hasSigil = "#^/$<>!&{=%".utf8.contains(sigil)
    let nameStart = inside + (hasSigil ? 1 : 0)
    guard let nameEnd = find(ending, from: nameStart) else { throw fault("the tag has no end", at: place) }
    let end = nameEnd + ending.count
    let words = String(decoding: bytes[nameStart..<nameEnd], as: UTF8.self)
    let text = words.trimmed
    guard hasSigil, !"&{".utf8.contains(sigil) else {
      addText(textStart..<start)
      textStart = end
      let name = try self.name(text, at: place)
      return try add(.variable(name, isEscaped: !hasSigil), at: place)
    }
    if sigil == UInt8(ascii: ">"), text.hasPrefix(Template.stringPrefix) {
      addText(textStart..<start)
      textStart = end
      return try add(.string(name: String(text.dropFirst(Template.stringPrefix.count)), place), at: place)
    }
    let indentation = takeText(before: start, tagEnd: end)
    switch Character(Unicode.Scalar(sigil)) {
    case "#", "^":
      try push(
        Frame(
          kind: .section(try name(text, at: place), isInverted: sigil == UInt8(ascii: "^")), name: text, location: place
        ))
    case "$":
      guard Self.isPlain(text) else { throw fault("“\(text)” is no name of a block", at: place) }
      try push(Frame(kind: .block(text), name: text, location: place))
    case "<":
      try push(
        Frame(
          kind: .parent(try source(text, at: place), indentation: indentation), name: text, location: place))
    case ">":
      try add(
        .inclusion(
          TemplateInclusion(
            source: try source(text, at: place), location: place, indentation: indentation, blocks: [:])),
        at: place)
    case "/": try closeFrame(text, at: place)
    case "=": try changeDelimiters(text, at: place)
    case "%": throw fault("settings of the parser are not supported", at: place)
    default: break  // A comment.
    }
  }

  private mutating func push(_ frame: Frame) throws(Diagnostic) {
    guard frames.count <= Template.deepest else {
      throw fault("sections are nested deeper than \(Template.deepest) here", at: frame.location)
    }
    let isBlock = if case .block = frame.kind { true } else { false }
    if isInParent, !isBlock { throw fault("only blocks may stand in an inherited template", at: frame.location) }
    frames.append(frame)
  }

  private mutating func closeFrame(_ text: String, at place: SourceLocation) throws(Diagnostic) {
    guard frames.count > 1, let frame = frames.last, frame.name == text else {
      throw fault("this tag closes a section that is not open", at: place)
    }
    frames.removeLast()
    switch frame.kind {
    case .template: break
    case .section(let name, let isInverted):
      try add(.section(name, isInverted: isInverted, frame.nodes), at: frame.location)
    case .block(let name):
      let block = TemplateBlock(nodes: frame.nodes, location: frame.location)
      if isInParent {
        frames[frames.count - 1].blocks[name] = block
      } else {
        try add(.block(name: name, block), at: frame.location)
      }
    case .parent(let source, let indentation):
      let inclusion = TemplateInclusion(
        source: source, location: frame.location, indentation: indentation, blocks: frame.blocks)
      try add(.inclusion(inclusion), at: frame.location)
    }
  }

  private mutating func changeDelimiters(_ text: String, at place: SourceLocation) throws(Diagnostic) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, !words.contains(where: { $0.contains("=") }) else {
      throw fault("the delimiters are wrong", at: place)
    }
    open = Array(words[0].utf8)
    close = Array(words[1].utf8)
  }

  /// Whether what comes stands directly in an inherited template.
  private var isInParent: Bool {
    if case .parent? = frames.last?.kind { true } else { false }
  }

  // MARK: - Names

  private func source(_ text: String, at place: SourceLocation) throws(Diagnostic) -> TemplateInclusion.Source {
    if text.hasPrefix("*") { return .valueOf(try name(String(text.dropFirst()).trimmed, at: place)) }
    guard !text.isEmpty else { throw fault("the tag has no name", at: place) }
    return .named(text)
  }

  private func name(_ text: String, at place: SourceLocation) throws(Diagnostic) -> TemplateName {
    var pieces = text.split(separator: "(", omittingEmptySubsequences: false).map { String($0).trimmed }
    let inner = pieces.removeLast()
    let path = pieces.isEmpty ? inner : String(inner.prefix { $0 != ")" })
    let closing = inner.dropFirst(path.count).filter { $0 != " " }
    guard closing == String(repeating: ")", count: pieces.count), pieces.allSatisfy(Self.isPlain) else {
      throw fault("“\(text)” is no name", at: place)
    }
    let isOwn = path.hasPrefix(".")
    let names = isOwn ? path.dropFirst() : path[...]
    let parts = path == "." ? [] : names.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isPosition = path.isEmpty && !pieces.isEmpty
    guard isPosition || parts.allSatisfy(Self.isPlain) else {
      throw fault(text.isEmpty ? "the tag has no name" : "“\(text)” is no name", at: place)
    }
    return TemplateName(
      text: text, isOwn: isOwn, parts: isPosition ? [] : parts, transforms: pieces, location: place)
  }

  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || ["-", "_", "?"].contains($0) }
  }

  // MARK: - Text

  private mutating func add(_ node: TemplateNode, at place: SourceLocation) throws(Diagnostic) {
    if isInParent { throw fault("only blocks may stand in an inherited template", at: place) }
    frames[frames.count - 1].nodes.append(node)
  }

  private mutating func addText(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let text = String(decoding: bytes[range], as: UTF8.self)
    if isInParent {
      let isText = { (index: Int) in !Self.isBlank(bytes[index]) && bytes[index] != UInt8(ascii: "\n") }
      guard let first = range.first(where: isText) else { return }
      return warnings.append(
        .warning(
          "This text is never shown: in an inherited template only blocks count.", at: location(of: first),
          hint: "Put it into a block, or remove it."))
    }
    frames[frames.count - 1].nodes.append(.text(text))
  }

  /// Adds the text before a tag that is no variable. A line with nothing but such a tag vanishes as a whole.
  ///
  /// - Returns: what stood before the tag on a line that vanishes.
  private mutating func takeText(before start: Int, tagEnd: Int) -> String {
    var lineStart = start
    while lineStart > textStart, Self.isBlank(bytes[lineStart - 1]) { lineStart -= 1 }
    var lineEnd = tagEnd
    while lineEnd < bytes.count, Self.isBlank(bytes[lineEnd]) { lineEnd += 1 }
    let isFirst = lineStart == 0 || bytes[lineStart - 1] == UInt8(ascii: "\n")
    let isLast = lineEnd == bytes.count || bytes[lineEnd] == UInt8(ascii: "\n")
    guard isFirst, isLast else {
      addText(textStart..<start)
      textStart = tagEnd
      return ""
    }
    addText(textStart..<lineStart)
    textStart = min(lineEnd + 1, bytes.count)
    return String(decoding: bytes[lineStart..<start], as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private func find(_ pattern: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first else { return nil }
    var index = start
    while index + pattern.count <= bytes.count {
      if bytes[index] == first, bytes[index..<index + pattern.count].elementsEqual(pattern) { return index }
      index += 1
    }
    return nil
  }

  // MARK: - Places

  private mutating func location(of offset: Int) -> SourceLocation {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    // Columns are counted on from the last place of the line, for a line may have any number of tags.
    let known = last.line == low && last.offset <= offset ? last : (line: low, offset: lineStarts[low], column: 1)
    last = (low, offset, known.column + String(decoding: bytes[known.offset..<offset], as: UTF8.self).count)
    return SourceLocation(file: file, line: low + 1, column: last.column)
  }

  private func fault(_ reason: String, at place: SourceLocation) -> Diagnostic {
    .error("This is not a valid template: \(reason).", at: place)
  }
}
