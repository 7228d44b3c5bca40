import Diagnostics
import Files
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// Everything that a build needs to know before it computes: content, templates, models, and the requests in groups.
struct GalleryPlan: Sendable {
  /// The content folder as the user wrote it.
  let contentFolder: String
  let content: SiteContent
  /// The words of the interface on each page, by its path in the content folder.
  private let stringsByPage: [ExactPath: Strings]
  let templates: TemplateLibrary
  /// The models whose cards are sound, by name.
  let models: [String: LoadedModel]
  /// What the numbers of these models depend on, as they are without any figure.
  let identities: [NetworkIdentity]
  /// What figures are made from, by the requests of the content.
  let sources: [ExplainRequest.ID: FigureSources]
  /// What pages show of evaluations.
  let evaluations: [EvaluationRequest.ID: EvaluationView]
  /// The requests by model and picture, in the order in which they are first met.
  let groups: [Group]

  /// The figures that one forward run serves.
  struct Group: Sendable {
    let model: LoadedModel
    let identity: NetworkIdentity
    let image: Located<ContentFile>
    var figures: [PlannedFigure]

    /// The picture and the model, for messages.
    var subject: String { "“\(image.value.path)” under \(model.title)" }

    /// Stands for the network, its input and the picture; `nil` where the picture cannot be read.
    func run(_ hashes: FileHashes) -> StoreKey? { hashes.hash(of: image.value.url.path).map(run) }

    private func run(_ hash: String) -> StoreKey { StoreKey("run", [identity.key.hex, hash]) }

    /// The picture, and what stands for the network, its input and the very bytes that were decoded; `nil` after a fault,
    /// which is placed where the picture was named.
    func decode(_ faults: inout DiagnosticList, _ hashes: FileHashes) throws -> (image: Image, run: StoreKey)? {
      let path = image.value.url.path
      let start = Date().timeIntervalSince1970
      do {
        let file = try Image.file(at: path)
        let hash = hashes.hash(of: file, readFrom: path, since: start)
        let picture = try Image(decoding: file.bytes, name: path)
        try model.input.check(picture)
        return (picture, run(hash))
      } catch let fault as Diagnostic {
        // Said where the writer named the picture, not at the picture's own path.
        faults.append(.error("“\(image.value.path)”: \(fault.summary)", at: image.location, hint: fault.hint))
        return nil
      }
    }
  }

  /// Reads content and templates, finds out about the models, and resolves every request.
  ///
  /// - Parameters:
  ///   - networks: what is known of networks already.
  ///   - diagnostics: receives all faults.
  /// - Returns: `nil` where content or templates cannot be read at all.
  init?(_ options: BuildOptions, networks: NetworkStore, diagnostics: inout DiagnosticList) throws {
    var memory = PlanMemory()
    try self.init(options, networks: networks, memory: &memory, diagnostics: &diagnostics)
  }

  /// Does so, and does again only what comes out otherwise than last time.
  ///
  /// - Parameter memory: what was found last time, under the same options; receives what is found now.
  init?(
    _ options: BuildOptions, networks: NetworkStore, memory: inout PlanMemory, diagnostics: inout DiagnosticList
  ) throws {
    let templates = TemplateLibrary.load(
      from: URL(fileURLWithPath: options.templates), shownAs: options.templates,
      isOptional: options.templates == BuildOptions.standardTemplates, followedLinks: options.followedLinks,
      knowing: memory.templates, diagnostics: &diagnostics)
    if let templates { memory.templates = templates }
    var loaded = SiteContent.load(
      from: URL(fileURLWithPath: options.content), shownAs: options.content, methods: .engine,
      includingDrafts: options.includesDrafts,
      followedLinks: options.followedLinks, reservedIDs: templates?.ids ?? ["main"], memory: &memory.content,
      diagnostics: &diagnostics)
    if let url = options.url { loaded?.configuration.url = url }
    guard let content = loaded, let templates else { return nil }
    contentFolder = options.content
    self.content = content
    stringsByPage = content.stringsByPage
    self.templates = templates
    if !content.models.isEmpty, let fault = Network.libraryDiagnostic { diagnostics.append(fault) }
    let labels = FigureSources.labelHashes(content.models, networks.hashes)
    var planned = PlannedModels(options, networks)
    var names: Set<String> = []
    for card in content.models.map(\.card) {
      // Pages name models by what they read, however that is spelled in bytes.
      if !names.insert(card.name).inserted {
        diagnostics.append(
          .error("Another card’s name reads the same as this one’s.", at: card.location, hint: "Rename one of them."))
      }
      try planned.add(card, &diagnostics)
    }
    let models = planned.models
    identities = Array(planned.identities.values)
    for card in content.models.map(\.card) {
      // A choice that the card leaves open is said where the card would make it.
      for choice in models[card.name]?.choices ?? [] {
        diagnostics.append(.warning(choice, at: card.location))
      }
    }
    self.models = models
    evaluations = try EvaluationViews(networks: planned.identities.mapValues { $0.files[0].hash })
      .all(of: content.evaluations, in: content, &diagnostics)
    let sources = FigureSources.all(in: content, models: models, identities: planned.identities, labels: labels)
    self.sources = sources
    memory.begin()
    var groups: [Group] = []
    var positions: [GroupName: Int] = [:]
    for (request, partCount) in content.figures.flatMap({ figure in figure.parts.map { ($0, figure.parts.count) } }) {
      // A model that could not be loaded has been complained of already.
      guard
        let figure = try diagnostics.collect({ () -> (GroupName, UsedModel, PlannedFigure)? in
          guard let used = try planned.model(for: request) else { return nil }
          let figure = try memory.figure(
            request, partCount: partCount, model: used.model, inputs: used.inputs, targets: used.targets,
            from: sources[request.id])
          let name = GroupName(
            model: request.model.value, use: used.model.use, image: ExactPath(request.image.value.path))
          return (name, used, figure)
        }) ?? nil
      else { continue }
      let (key, used, plan) = figure
      if let position = positions[key] {
        groups[position].figures.append(plan)
      } else {
        positions[key] = groups.count
        groups.append(Group(model: used.model, identity: used.identity, image: request.image, figures: [plan]))
      }
    }
    self.groups = groups
    memory.end()
    SiteRenderer(content: content, templates: templates, figures: [:]).checkOutputs(&diagnostics)
  }

  /// What the site can be built without, and some of its readers cannot be served without.
  var omissions: [Diagnostic] {
    content.omissions
      + content.models.map(\.card).compactMap { card in models[card.name].flatMap { card.labelsWarning($0.facts) } }
  }

  /// What the models' pages tell of the networks.
  var modelViews: [String: ModelView] {
    Dictionary(
      content.models.compactMap { model in
        models[model.card.name].map { (model.card.name, $0.view(in: content.strings[model.page.language])) }
      }
    ) { first, _ in first }
  }

  /// The words of the interface on the page of these figures.
  func strings(of page: Delivery.Page) -> Strings {
    page.first.flatMap { stringsByPage[ExactPath($0.request.id.page)] } ?? .english
  }

  /// Decodes every picture and forgets it, to find the faults.
  ///
  /// - Parameter memory: knows the pictures that have none.
  func checkImages(_ faults: inout DiagnosticList, _ hashes: FileHashes, _ memory: FigureMemory) throws {
    let found = try Parallel.map(groups) { group in
      var faults = DiagnosticList()
      if let run = group.run(hashes), memory.isSound(run) { return faults }
      if let (_, run) = try group.decode(&faults, hashes) { memory.noteSound(run) }
      return faults
    }
    for list in found { faults.append(contentsOf: list.all) }
  }
}

/// Tells groups apart.
private struct GroupName: Hashable {
  let model: String
  let use: NetworkUse
  let image: ExactPath
}
