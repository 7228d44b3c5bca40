public import Diagnostics
public import Vocabulary

/// What a block asks of the numbers that `sitegen evaluate` wrote: a table of them, or a card for each method.
public struct EvaluationRequest: Hashable, Sendable, Identifiable {
  /// Tells such blocks of a site apart.
  public struct ID: Hashable, Sendable {
    /// The page's path in the content folder.
    public let page: String
    /// The block's place among those of its page, counted from 1.
    public let number: Int
  }

  /// How they are shown.
  public enum Form: Hashable, Sendable {
    /// A table with a line for each method and layer, of these measures; `nil` for all that there are.
    case table([Located<EvaluationMeasure>]?)
    /// A card for each method.
    case methodCards
  }

  /// Which block this is.
  public let id: ID
  /// The line of the block's fence.
  public let location: SourceLocation
  /// How they are shown.
  public let form: Form
  /// The file of numbers; cards can do without.
  public let file: Located<ContentFile>?
  /// The methods, in the order in which they are shown; `nil` for all that there are.
  public let methods: [Located<MethodName>]?
  /// What stands above a table.
  public let caption: String?
}

extension EvaluationRequest {
  /// Reads a block; what is wrong with it goes to `mapping`.
  ///
  /// - Returns: `nil` where it lacks something that it cannot do without.
  init?(
    _ kind: FencedBlock.Kind, _ mapping: inout YAMLMapping, id: ID, at location: SourceLocation,
    _ context: SettingsContext
  ) {
    let path = mapping.text("file")
    let file = path.flatMap { path in
      mapping.attempt { () throws(Diagnostic) in
        Located(
          try context.folder.find(path, in: [context.directory, "models"], as: "evaluation"), at: path.location)
      }
    }
    let methods = mapping.distinct("methods") { mapping, value in
      mapping.choice(of: value, "methods", in: context.names.methods.all, named: \.id)
    }
    self.id = id
    self.location = location
    self.file = file
    self.methods = methods
    guard kind == .evaluation else {
      (form, caption) = (.methodCards, nil)
      guard path == nil || file != nil else { return nil }
      return
    }
    form = .table(mapping.distinct("measures") { $0.choice(of: $1, "measures", EvaluationMeasure.self) })
    caption = mapping.text("caption")?.value
    mapping.reportIfMissing("file", hint: "Add `file: evaluation.json`, which `sitegen evaluate --json` writes.")
    guard file != nil else { return nil }
  }
}
