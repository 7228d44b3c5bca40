import Diagnostics
import Foundation
import Site
import Vocabulary

/// A content folder to which something is added.
struct ContentPlace {
  private let name: String
  /// The card that `site.yml` names for all pages.
  let defaultModel: String?
  /// The names of all cards.
  private let models: [String]

  /// Looks at a content folder; what is wrong in it is not this one's to tell.
  ///
  /// - Throws: where there is no such folder.
  init(_ name: String, _ followedLinks: [String]) throws(DiagnosticList) {
    self.name = name
    var faults = DiagnosticList()
    let content = SiteContent.load(
      from: URL(fileURLWithPath: name), shownAs: name, methods: .engine, includingDrafts: true,
      followedLinks: followedLinks, diagnostics: &faults)
    guard let content else {
      throw DiagnosticList([
        .error(
          "There is no content folder “\(name)”.",
          hint: "Begin one with “sitegen new site DIR”, or name it with --content.")
      ])
    }
    defaultModel = content.configuration.defaults.models?.first?.value
    models = content.models.map(\.card.name)
  }

  /// The card that pages use which name none: that of `site.yml`, or the only one.
  func model() throws(DiagnosticList) -> String {
    if let defaultModel { return defaultModel }
    guard models.count == 1 else {
      throw DiagnosticList([
        .error(
          models.isEmpty ? "There is no model card in \(name)." : "There are \(models.count) model cards in \(name).",
          hint: models.isEmpty
            ? "Make one with “sitegen new model NAME --model FILE.onnx”."
            : "Name one with --model: \(models.joined(separator: ", ")).")
      ])
    }
    return models[0]
  }
}
