import Diagnostics
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// A part of a figure with its names resolved: ready to run.
struct PlannedFigure: Sendable {
  let request: ExplainRequest
  /// The classes.
  let classes: PlannedClasses
  /// What the picture shows, as people say it: classes, each once.
  let truth: [Int]
  /// What is explained besides.
  let targets: [PlannedTarget]
  /// What the network's inputs beside the picture are given, as readers see it.
  let inputs: [(name: String, text: String)]
  /// The target layers, each with why it is this one; empty where no method looks at one.
  let layers: [(layer: Layer, choice: LayerChoice)]
  let methods: [Saliency.Method]
  /// How many parts the figure has.
  let partCount: Int
  /// The values that the strongest colours stand for, by method, where the parts of a figure share a scale; `nil` as long as nobody
  /// has compared them.
  var limits: [Saliency.Method: Float]?
  /// The boxes that people drew, each for a class or for all.
  let boxes: [(classIndex: Int?, box: Rect)]

  /// The target layers, or `nil` alone where no method looks at one: a row of the figure each.
  var layersOrNone: [Layer?] { layers.isEmpty ? [nil] : layers.map(\.layer) }

  /// What evidence is measured of: each method that yields a map or a tensor, at each layer that it looks at.
  func evidenceSubjects(_ model: LoadedModel) -> [EvidenceSession.Subject] {
    var known: Set<Cell> = []
    return layersOrNone.flatMap { layer in
      methods.filter { $0.name.picture != .boxes && known.insert(Cell($0, at: layer)).inserted }.map { method in
        EvidenceSession.Subject(
          method, at: layer, over: method.view(at: layer, classActivation: model.facts.classActivationView))
      }
    }
  }

  /// Resolves what a request names.
  ///
  /// - Throws: `DiagnosticList`: every name that means nothing.
  init(
    _ request: ExplainRequest, partCount: Int, model: LoadedModel, inputs: [ResolvedInput], targets reader: TargetReader
  )
    throws
  {
    var faults = DiagnosticList()
    self.request = request
    self.partCount = partCount
    self.inputs = inputs.map { ($0.name, $0.text) }
    let modelName = request.model.value
    let asked = try request.subjects.classes.map { try Self.classes($0, model, modelName, &faults) } ?? PlannedClasses()
    truth = try Self.truth(request.truth, model, modelName, &faults)
    // Of a picture of a collection: what the network takes it for, what was asked for, and what it is.
    classes =
      request.truth == nil
      ? asked : PlannedClasses(top: max(asked.top, 1), (asked.others + truth).withoutRepetitions)
    targets = try Self.targets(request.subjects.targets, model, reader, &faults)
    methods = try request.methods.compactMap { name in
      try faults.collect(at: request.location) { try Saliency.Method.named(name.id).under(request.profile) }
    }
    layers = try Self.layers(request, methods, model, targets, &faults)
    boxes = try Self.boxes(request.boxes, model, modelName, &faults)
    let needsHead = methods.contains { $0.needs.contains(.classActivationHead) }
    if needsHead, let target = targets.first {
      faults.append(
        .error(
          "“cam” explains classes, and “\(target.target)” is none.", at: request.location, hint: "Try “grad-cam”."))
    } else if needsHead, model.facts.classActivationLayer == nil {
      faults.append(
        .error(
          "“cam” needs a network that ends in global average pooling and one linear layer, which \(modelName) does not.",
          at: request.location, hint: "Try “grad-cam”, which works on any layer."))
    }
    let subjects = (request.subjects.classes == nil ? [] : [Target.class(0)]) + targets.map(\.target)
    for fault in model.facts.faults(of: methods, subjects, at: layers.map(\.layer)) {
      faults.append(fault.located(at: request.location))
    }
    try faults.throwIfErrors()
  }

  private static func classes(
    _ selection: ClassSelection, _ model: LoadedModel, _ modelName: String, _ faults: inout DiagnosticList
  ) throws -> PlannedClasses {
    guard model.facts.classCount > 0 else {
      let place =
        switch selection {
        case .named(let names): names.first?.location
        case .top(let count): count.location
        }
      faults.append(
        .error("\(modelName) has no classes.", at: place, hint: "Name what is explained with `target: output[index]`."))
      return PlannedClasses()
    }
    switch selection {
    case .top(let count):
      if count.value > model.facts.classCount {
        faults.append(
          .error(
            "\(modelName) has only \(model.facts.classCount) classes, not \(count.value).", at: count.location))
      }
      return PlannedClasses(top: count.value)
    case .named(let queries):
      var indices: [Int] = []
      for query in queries {
        let found = try faults.collect(at: query.location) {
          try model.labels.index(of: query.value, modelName: modelName)
        }
        guard let found else { continue }
        if indices.contains(found) {
          faults.append(.error("class “\(query.value)” is named twice.", at: query.location, hint: "Leave one out."))
        }
        indices.append(found)
      }
      return PlannedClasses(indices)
    }
  }

  private static func truth(
    _ truth: PictureTruth?, _ model: LoadedModel, _ modelName: String, _ faults: inout DiagnosticList
  ) throws -> [Int] {
    try (truth?.classes ?? []).compactMap { label in
      try faults.collect(at: label.location) { try model.labels.index(of: label.value, modelName: modelName) }
    }.withoutRepetitions
  }

  private static func targets(
    _ texts: [Located<TargetText>], _ model: LoadedModel, _ reader: TargetReader, _ faults: inout DiagnosticList
  ) throws -> [PlannedTarget] {
    try texts.flatMap { text in
      try faults.collect(at: text.location) {
        let found = try reader.targets(text.value.resolved)
        for target in found {
          guard let name = target.target.tensorName, let output = model.facts.outputs[name] else { continue }
          try target.target.check(shape: output.shape)
        }
        return found
      } ?? []
    }
  }

  private static func layers(
    _ request: ExplainRequest, _ methods: [Saliency.Method], _ model: LoadedModel, _ targets: [PlannedTarget],
    _ faults: inout DiagnosticList
  ) throws -> [(layer: Layer, choice: LayerChoice)] {
    guard methods.contains(where: \.needsLayer) else { return [] }
    if request.layers.isEmpty {
      let output = request.subjects.classes == nil ? targets.first?.target.tensorName : nil
      guard request.subjects.classes != nil || output != nil else { return [] }
      return try faults.collect(at: request.location) { [try model.layer(nil, for: output)] } ?? []
    }
    return try request.layers.compactMap { name in
      try faults.collect(at: name.location) { try model.layer(name.value) }
    }.map { found in
      // Nobody who reads the page asked for a layer that the page itself does not name.
      let isPages = request.layers[0].location.file == request.location.file
      guard isPages else { return (found.layer, .card) }
      return (found.layer, request.layers.count > 1 ? .askedAmongOthers : found.choice)
    }
  }

  private static func boxes(
    _ boxes: [ReferenceBox], _ model: LoadedModel, _ modelName: String, _ faults: inout DiagnosticList
  ) throws -> [(classIndex: Int?, box: Rect)] {
    try boxes.compactMap { box in
      let limit = 1e6
      guard box.x.magnitude < limit, box.y.magnitude < limit, box.width < limit, box.height < limit else {
        faults.append(.error("the box lies outside every picture.", at: box.location))
        return nil
      }
      let rect = Rect(
        x: Int(box.x.rounded()), y: Int(box.y.rounded()), width: max(1, Int(box.width.rounded())),
        height: max(1, Int(box.height.rounded())))
      guard let label = box.label else { return (nil, rect) }
      let found = try faults.collect(at: label.location) {
        try model.labels.index(of: label.value, modelName: modelName)
      }
      return found.map { ($0, rect) }
    }
  }

  /// What a row explains.
  func target(of subject: FigureRecord.Subject) -> Target {
    switch subject {
    case .class(let verdict): .class(verdict.index)
    case .target(let position, _): targets[position].target
    }
  }

  /// What readers call what a row explains: a class by its first name.
  func label(of subject: FigureRecord.Subject, _ labels: ClassLabels) -> String {
    switch subject {
    case .class(let verdict): labels.entries[verdict.index].names[0]
    case .target(let position, _): targets[position].label
    }
  }
}
