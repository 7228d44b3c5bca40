import Diagnostics
import Files
import Foundation
import Saliency
import Site
import Vocabulary

/// Makes what pages show of evaluations.
struct EvaluationViews {
  /// SHA-256 of the networks' files, by the names of their cards.
  let networks: [String: String]

  /// What the blocks of a site become.
  ///
  /// - Parameter faults: receives what is wrong with their files, and a warning where numbers are of a network that has changed since.
  func all(
    of requests: [EvaluationRequest], in content: SiteContent, _ faults: inout DiagnosticList
  ) throws -> [EvaluationRequest.ID: EvaluationView] {
    var views: [EvaluationRequest.ID: EvaluationView] = [:]
    let stringsByPage = content.stringsByPage
    for request in requests {
      let found = try faults.collect { () throws -> EvaluationReport? in try request.file.map { try read($0) } }
      guard let report = found else { continue }
      let strings = stringsByPage[ExactPath(request.id.page)] ?? .english
      let warning = report.flatMap { change(of: $0, request.file) }
      if let warning { faults.append(warning) }
      views[request.id] = try faults.collect {
        try view(
          of: request, report,
          warning == nil ? [] : [strings(.measuredBeforeChange)], strings)
      }
    }
    return views
  }

  /// A warning where the network is another than that which was measured.
  private func change(of report: EvaluationReport, _ file: Located<ContentFile>?) -> Diagnostic? {
    guard let file, let hash = networks[report.model], hash != report.network else { return nil }
    return .warning(
      "The numbers of “\(file.value.path)” were measured before the network “\(report.model)” became what it is now.",
      at: file.location, hint: "Measure again: \(report.command) --json \(file.value.shownPath.shellWord)")
  }

  private func view(
    of request: EvaluationRequest, _ report: EvaluationReport?, _ notes: [String], _ strings: Strings
  ) throws -> EvaluationView {
    switch request.form {
    case .table(let measures):
      guard let report else { throw Diagnostic.error("A table needs a file of numbers.", at: request.location) }
      return try table(request, report, measures, notes, strings)
    case .methodCards: return try cards(request, report, notes, strings)
    }
  }

  private func read(_ file: Located<ContentFile>) throws(Diagnostic) -> EvaluationReport {
    let bytes: [UInt8]
    do throws(RegularFile.Fault) {
      bytes = try RegularFile(file.value.url.path, atMost: 1 << 24).bytes
    } catch {
      throw .error("“\(file.value.path)” cannot be read: \(error).", at: file.location)
    }
    guard let report = try? JSONDecoder().decode(EvaluationReport.self, from: Data(bytes)) else {
      throw .error(
        "“\(file.value.path)” is no evaluation.", at: file.location,
        hint: "Have it written by `sitegen evaluate --json`.")
    }
    return report
  }

  // MARK: - Tables

  private func table(
    _ request: EvaluationRequest, _ report: EvaluationReport, _ asked: [Located<EvaluationMeasure>]?, _ notes: [String],
    _ strings: Strings
  ) throws -> EvaluationView {
    let entries = try entries(of: report, request)
    for measure in asked ?? [] where !report.measures.contains(measure.value) {
      throw Diagnostic.error(
        "“\(measure.value.rawValue)” was not measured.", at: measure.location,
        hint: "Measure it with `sitegen evaluate --evidence`, or leave it out.")
    }
    let measures = asked?.map(\.value) ?? report.measures
    var notes = notes
    if measures.contains(where: { !$0.isOfMapsAlone && $0 != .completeness }), report.evidencePictures < report.pictures
    {
      let titles = measures.filter { !$0.isOfMapsAlone && $0 != .completeness }.map { strings.title(of: $0) }
      notes.append(
        strings(
          .ofFirstPictures,
          ["count": String(report.evidencePictures), "titles": titles.joined(separator: ", ")]))
    }
    return EvaluationView(
      number: request.id.number, caption: request.caption,
      columns: measures.map { measure in
        let title = strings.title(of: measure)
        return EvaluationView.Column(
          title: measure.unit == .share ? strings(.inPercent, ["title": title]) : title,
          meaning: strings.meaning(of: measure).sentence)
      } + [EvaluationView.Column(title: strings(.time), meaning: strings(.timeMeaning))],
      rows: entries.map { entry in
        EvaluationView.Row(
          method: title(of: entry, strings), layer: entry.layer,
          cells: measures.map { measure in
            guard let mean = entry.measures[measure] else { return .none }
            return Measured(
              mean: mean.mean, low: mean.low, high: mean.high, isShare: measure.unit == .share,
              isBest: isBest(mean, measure, among: entries), in: strings)
          } + [Measured(text: strings(.times, ["number": runs(entry.seconds, report, strings)]))])
      }, subject: subject(of: report, strings), command: report.command, notes: notes)
  }

  private func isBest(
    _ mean: BootstrapMean, _ measure: EvaluationMeasure, among entries: [EvaluationReport.Entry]
  ) -> Bool {
    guard let prefersMore = measure.prefersMore else { return false }
    let all = entries.compactMap { $0.measures[measure]?.mean }
    return mean.mean == (prefersMore ? all.max() : all.min())
  }

  // MARK: - Cards

  private func cards(
    _ request: EvaluationRequest, _ report: EvaluationReport?, _ notes: [String], _ strings: Strings
  ) throws -> EvaluationView {
    let names = try report.map { try entries(of: $0, request).map(\.method).withoutRepetitions }
    let methods = names ?? request.methods?.map(\.value.id) ?? Saliency.Method.all.map(\.id)
    return EvaluationView(
      number: request.id.number,
      cards: try methods.map { id in
        MethodCard(
          method: try Saliency.Method.named(id), entry: report?.entries.first { $0.method == id },
          seconds: report?.seconds, strings: strings
        ).view(number: request.id.number)
      }, subject: report.map { subject(of: $0, strings) }, command: report?.command, notes: notes)
  }

  // MARK: - Both

  /// The entries that a block asks for, in its order.
  private func entries(
    of report: EvaluationReport, _ request: EvaluationRequest
  ) throws(Diagnostic) -> [EvaluationReport.Entry] {
    guard let methods = request.methods else { return report.entries }
    var entries: [EvaluationReport.Entry] = []
    for method in methods {
      let found = report.entries.filter { $0.method == method.value.id }
      guard !found.isEmpty else {
        throw .error(
          "“\(method.value.id)” was not measured.", at: method.location,
          hint: "The file has \(report.entries.map(\.method).withoutRepetitions.joined(separator: ", ")).")
      }
      entries += found
    }
    return entries
  }

  private func title(of entry: EvaluationReport.Entry, _ strings: Strings) -> String {
    (try? Saliency.Method.named(entry.method)).map { strings.title(of: $0.name) } ?? entry.method
  }

  /// How many runs of the network take so long.
  private func runs(_ seconds: Double, _ report: EvaluationReport, _ strings: Strings) -> String {
    strings.numbers.written(String(format: "%.1f", seconds / max(report.seconds, .leastNonzeroMagnitude)))
  }

  private func subject(of report: EvaluationReport, _ strings: Strings) -> String {
    strings(
      .evaluationSubject,
      [
        "things": strings.numbers.count(report.things), "pictures": strings.numbers.count(report.pictures),
        "chance": report.chance.text(.share, strings), "accuracy": report.accuracy.text(.share, strings),
      ])
  }
}

extension BootstrapMean {
  /// `82.1 (79.9–84.0)`, per cent, or `0.421 (0.398–0.443)`, as readers of a page see it.
  func text(_ unit: EvaluationMeasure.Unit, _ strings: Strings) -> String {
    func text(_ value: Double) -> String {
      unit == .share ? strings.numbers.percent(value) : strings.numbers.signed(value, places: 3)
    }
    let interval = strings(low < 0 ? .intervalSigned : .interval, ["low": text(low), "high": text(high)])
    return "\(text(mean)) (\(interval))"
  }
}

extension String {
  /// With a capital letter and a full stop.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
