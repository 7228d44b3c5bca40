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
    of requests: [EvaluationRequest], _ faults: inout DiagnosticList
  ) throws -> [EvaluationRequest.ID: EvaluationView] {
    var views: [EvaluationRequest.ID: EvaluationView] = [:]
    for request in requests {
      let found = try faults.collect { () throws -> EvaluationReport? in try request.file.map { try read($0) } }
      guard let report = found else { continue }
      let warning = report.flatMap { change(of: $0, request.file) }
      if let warning { faults.append(warning) }
      views[request.id] = try faults.collect {
        try view(
          of: request, report,
          warning == nil ? [] : ["These numbers were measured before the network became what it is now."])
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
    of request: EvaluationRequest, _ report: EvaluationReport?, _ notes: [String]
  ) throws -> EvaluationView {
    switch request.form {
    case .table(let measures):
      guard let report else { throw Diagnostic.error("A table needs a file of numbers.", at: request.location) }
      return try table(request, report, measures, notes)
    case .methodCards: return try cards(request, report, notes)
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
    _ request: EvaluationRequest, _ report: EvaluationReport, _ asked: [Located<EvaluationMeasure>]?, _ notes: [String]
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
      let titles = measures.filter { !$0.isOfMapsAlone && $0 != .completeness }.map(\.title)
      notes.append("Of the first \(report.evidencePictures) pictures alone: \(titles.joined(separator: ", ")).")
    }
    return EvaluationView(
      number: request.id.number, caption: request.caption,
      columns: measures.map { measure in
        EvaluationView.Column(
          title: measure.title + (measure.unit == .share ? " (%)" : ""), meaning: measure.meaning.sentence)
      } + [EvaluationView.Column(title: "Time", meaning: "Of one map, in runs of the network.")],
      rows: entries.map { entry in
        EvaluationView.Row(
          method: title(of: entry), layer: entry.layer,
          cells: measures.map { measure in
            guard let mean = entry.measures[measure] else { return .none }
            return Measured(
              mean: mean.mean, low: mean.low, high: mean.high, isShare: measure.unit == .share,
              isBest: isBest(mean, measure, among: entries))
          } + [Measured(text: String(format: "%.1f ×", entry.seconds / max(report.seconds, .leastNonzeroMagnitude)))])
      }, subject: subject(of: report), command: report.command, notes: notes)
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
    _ request: EvaluationRequest, _ report: EvaluationReport?, _ notes: [String]
  ) throws -> EvaluationView {
    let names = try report.map { try entries(of: $0, request).map(\.method).withoutRepetitions }
    let methods = names ?? request.methods?.map(\.value.id) ?? Saliency.Method.all.map(\.id)
    return EvaluationView(
      number: request.id.number,
      cards: try methods.map { id in
        MethodCard(
          method: try Saliency.Method.named(id), entry: report?.entries.first { $0.method == id },
          seconds: report?.seconds
        ).view(number: request.id.number)
      }, subject: report.map(subject), command: report?.command, notes: notes)
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

  private func title(of entry: EvaluationReport.Entry) -> String {
    (try? Saliency.Method.named(entry.method))?.name.title ?? entry.method
  }

  private func subject(of report: EvaluationReport) -> String {
    func count(_ number: Int) -> String { number.formatted(.number.locale(Locale(identifier: "en"))) }
    return
      "\(count(report.things)) things in \(count(report.pictures)) pictures. A map that points anywhere would hit in "
      + "\(report.chance.text(.share)) % of cases; the network’s best answer is there in "
      + "\(report.accuracy.text(.share)) % of pictures. Behind each number stands the middle 95 % of a bootstrap over pictures."
  }
}

extension String {
  /// With a capital letter and a full stop.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
