import NeuralNetwork
import Saliency

/// What is to be said of the rows of a figure beside their pictures.
struct RowFindings {
  typealias Subject = (subject: FigureRecord.Subject, attributions: Attributions)

  let subjects: [Subject]
  private let methods: [Saliency.Method]
  private let scores: Scores?
  private let function: ScoreFunction
  /// What the results of several classes have in common, by method and layer.
  private let same: [Cell: Finding]

  /// - Parameters:
  ///   - subjects: classes and other targets, in the order of the figure's rows.
  ///   - scores: what the network says of the picture; `nil` where no class is explained.
  ///   - function: how scores become probabilities.
  /// - Throws: `Diagnostic` where a method was not asked for.
  init(_ plan: PlannedFigure, _ subjects: [Subject], scores: Scores?, _ function: ScoreFunction) throws {
    self.subjects = subjects
    self.scores = scores
    self.function = function
    methods = plan.methods
    let classes = subjects.filter { $0.subject.classIndex != nil }.map(\.attributions)
    same = try Finding.sameness(of: plan.methods, at: plan.layersOrNone, classes)
  }

  /// What is to be said of a subject at a layer.
  func findings(of number: Int, at layer: Layer?) -> [Finding] {
    let (subject, attributions) = subjects[number]
    var found = methods.compactMap { attributions.finding($0, at: layer) }
    if let classIndex = subject.classIndex {
      found += methods.compactMap { same[Cell($0, at: layer)] }
      if let finding = scores.flatMap({ Finding.saturation(of: classIndex, $0, function) }) { found.append(finding) }
    }
    return found.withoutRepetitions
  }
}

extension PlannedFigure {
  /// Whether classes are explained, and not other targets alone.
  var hasClasses: Bool { !classes.isEmpty }
}

extension FigureRecord.Subject {
  /// The class, where it is one.
  var classIndex: Int? { if case .class(let verdict) = self { verdict.index } else { nil } }
}
