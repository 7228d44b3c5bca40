public import Diagnostics
import Files
public import Foundation
public import Vocabulary

extension ModelCard {
  /// Reads a single card, outside of any site.
  ///
  /// - Parameters:
  ///   - url: the card's Markdown file.
  ///   - shownAs: the file as the user wrote it, for messages.
  ///   - followedLinks: folders outside the card's own that links may lead into.
  ///   - diagnostics: receives all faults.
  /// - Returns: the card, or `nil` when it lacks something that it cannot do without.
  public static func load(
    from url: URL, shownAs: String, methods: MethodNames, followedLinks: [String] = [],
    diagnostics: inout DiagnosticList
  ) -> ModelCard? {
    let parent = PathText.folder(of: shownAs)
    let folder = ContentFolder(
      url: url.deletingLastPathComponent(), name: parent.isEmpty ? "." : parent, followedLinks: followedLinks)
    // The card itself may be a link: whoever names it means what it leads to.
    guard
      let matter = diagnostics.attempt({ () throws(Diagnostic) in
        try FrontMatter(of: try SourceFile.read(url, name: shownAs))
      })
    else { return nil }
    var mapping = YAMLMapping(matter, ContentMapping.card.keys, diagnostics: &diagnostics)
    let context = SettingsContext(folder: folder, directory: "", names: KnownNames(models: [], methods: methods))
    let name = MarkdownName.stem(of: shownAs) ?? url.lastPathComponent
    let card = ModelCard(&mapping, name: name, context)
    _ = mapping.text("summary")
    _ = mapping.bool("raw_html")
    _ = mapping.aliases()
    diagnostics.append(contentsOf: mapping.finish().all)
    return card
  }

  /// The card that the front matter gives; faults are left in `mapping`.
  init?(_ mapping: inout YAMLMapping, name: String, _ context: SettingsContext) {
    let location = mapping.location
    let title = mapping.requiredText("title", example: "title: ResNet-50")
    let source = mapping.source()
    let file = mapping.modelFile(isRequired: source == nil, name: name, context)
    let labels = mapping.labelFile(context)
    let input = mapping.modelInput()
    let output = mapping.text("output")
    let inputs = mapping.cardInputs(context)
    let outputs = mapping.cardOutputs(context)
    let defaults = mapping.explainSettings(for: .modelCard, context)
    guard let title, let file, let input else { return nil }
    self.init(
      name: name, title: title.value, location: SourceLocation(file: location.file), file: file, source: source,
      labels: labels, input: input, output: output, defaults: defaults)
    furtherInputs = inputs
    furtherOutputs = outputs
  }
}

extension YAMLMapping {
  /// The mapping of a file's front matter; YAML faults go to `diagnostics` at once.
  init(_ matter: FrontMatter, _ keys: YAMLKeys, diagnostics: inout DiagnosticList) {
    let value = YAMLParser.parse(matter.yaml, from: matter.origin, diagnostics: &diagnostics)
    self.init(value, keys, at: SourceLocation(file: matter.origin.file, line: 1))
  }

  fileprivate mutating func labelFile(_ context: SettingsContext) -> Located<ContentFile>? {
    guard let path = text("labels") else { return nil }
    return attempt { () throws(Diagnostic) in
      Located(try context.folder.find(path, in: [context.directory], as: "label file"), at: path.location)
    }
  }

  /// The ONNX file: it must exist unless the card says where it can be had.
  fileprivate mutating func modelFile(
    isRequired: Bool, name: String, _ context: SettingsContext
  ) -> Located<ContentFile>? {
    guard let path = text("file") else {
      guard location(of: "file") == nil, location(of: "source") == nil else {
        let path = RelativePath.resolve("\(name)/model.onnx", in: context.directory)
        return path.map { Located(context.folder.file($0), at: location) }
      }
      reportIfMissing("file", hint: "Add `file: \(name)/model.onnx`, or `source:` with url and sha256.")
      return nil
    }
    if !isRequired, let inside = RelativePath.resolve(path.value, in: context.directory) {
      return attempt { () throws(Diagnostic) in
        Located(
          try context.folder.regularFile(inside, at: path.location) ?? context.folder.file(inside), at: path.location)
      }
    }
    return attempt { () throws(Diagnostic) in
      Located(try context.folder.find(path, in: [context.directory], as: "model file"), at: path.location)
    }
  }

  fileprivate mutating func source() -> ModelCard.Source? {
    guard var source = mapping("source", ContentMapping.source.keys) else { return nil }
    let address = source.requiredText("url", example: "url: https://…/model.onnx")
    let digest = source.requiredText("sha256", example: "sha256: …")
    let bytes = source.integer("bytes", in: 1...(1 << 40), "the file's size in bytes")
    let url = address.flatMap { source.webAddress($0, "url") }
    let isDigest = digest.map { $0.value.utf8.count == 64 && $0.value.allSatisfy(\.isHexDigit) } ?? true
    if let digest, !isDigest {
      source.report(
        .error(
          "“sha256” must be 64 hexadecimal digits.", at: digest.location, hint: "`sha256sum model.onnx` prints them."))
    }
    let place = source.location
    report(source.finish())
    guard let url, let digest, isDigest else { return nil }
    return ModelCard.Source(url: url, sha256: digest.value.lowercased(), bytes: bytes?.value, location: place)
  }

  /// The URL that `text` holds, if it is an absolute http or https address.
  mutating func webAddress(_ text: Located<String>, _ key: String) -> URL? {
    guard let url = URL(string: text.value), ["http", "https"].contains(url.scheme?.lowercased()),
      url.host?.isEmpty == false
    else {
      report(
        .error(
          "“\(key)” must be an absolute address, not “\(text.value)”.", at: text.location,
          hint: "Begin it with https://."))
      return nil
    }
    return url
  }
}
