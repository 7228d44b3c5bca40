public import Diagnostics
import Foundation
import Imaging
import Site

/// Builds an explanation gallery: content in, site out.
public struct Gallery {
  private let options: BuildOptions
  private let progress: (String) -> Void

  /// Creates a gallery.
  ///
  /// - Parameter progress: is told what is being done, a line each time.
  public init(_ options: BuildOptions, progress: @escaping (String) -> Void = { _ in }) {
    self.options = options
    self.progress = progress
  }

  /// Builds the site.
  ///
  /// Nothing is written before everything is known to be right, and then all of it at once: after a fault the old site
  /// stands untouched.
  ///
  /// - Throws: `DiagnosticList` with everything that is wrong.
  public func build() throws -> BuildReport {
    var faults = DiagnosticList()
    let plan = try GalleryPlan(options, diagnostics: &faults)
    if faults.hasErrors {
      try plan?.checkImages(&faults)
      throw faults
    }
    guard let plan else { throw faults }

    var report = BuildReport()
    var figures: [ExplainRequest.ID: FigureView] = [:]
    var pictures = PictureFiles()
    for (index, group) in plan.groups.enumerated() {
      progress("[\(index + 1)/\(plan.groups.count)] \(group.image.value.path), \(group.model.title)")
      guard let image = try group.decode(&faults), !faults.hasErrors else { continue }
      let maker = try FigureMaker(group.model, image: image, figures: group.figures)
      for planned in group.figures {
        let figure = try maker.figure(planned, files: &pictures)
        figures[planned.request.id] = figure
        report.explanations += figure.rows.count
      }
    }
    try faults.throwIfErrors()
    let renderer = SiteRenderer(
      content: plan.content, templates: plan.templates, figures: figures, models: plan.models.mapValues(\.view))
    let files = try pictures.all + renderer.render()
    try SiteWriter(output: URL(fileURLWithPath: options.output), shownAs: options.output).write(files)
    report.pages = files.count { $0.path.hasSuffix(".html") }
    report.pictures = plan.groups.count
    report.warnings = faults
    return report
  }

  /// Finds everything that a build would complain of, and writes nothing.
  ///
  /// - Returns: the warnings.
  /// - Throws: `DiagnosticList` with the errors, and the warnings among them.
  public func check() throws -> DiagnosticList {
    var faults = DiagnosticList()
    try GalleryPlan(options, diagnostics: &faults)?.checkImages(&faults)
    try faults.throwIfErrors()
    return faults
  }
}
