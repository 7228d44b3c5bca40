import Files
import Foundation
import Site

/// Stands for what a planned figure, and all words about it, are made from.
struct FigureSources: Hashable, Sendable {
  /// The page with its request, and what the cards say.
  let page: Fingerprint
  /// The network's files, and its labels.
  let model: Fingerprint

  /// The hash of each model's label file, by the model's name.
  ///
  /// To be taken before the labels are read: if the file is changed meanwhile, it will have another.
  static func labelHashes(_ models: [SiteContent.Model], _ hashes: FileHashes) -> [String: String] {
    let found = models.map { model in
      (model.card.name, model.card.labels.flatMap { hashes.hash(of: $0.value.url.path) } ?? "")
    }
    return Dictionary(found) { _, last in last }
  }

  /// The sources of each request's figure; a figure that is not among them is planned anew each time.
  ///
  /// - Parameter labels: the hashes of the label files, by the names of models.
  static func all(
    in content: SiteContent, models: [String: LoadedModel], identities: [String: NetworkIdentity],
    labels: [String: String]
  ) -> [ExplainRequest.ID: FigureSources] {
    var fingerprints: [String: Fingerprint] = [:]
    for model in content.models {
      let name = model.card.name
      guard let loaded = models[name], let identity = identities[name] else { continue }
      fingerprints[name] = Fingerprint(
        of: [name, loaded.path, identity.key.hex, labels[name] ?? ""])
    }
    var sources: [ExplainRequest.ID: FigureSources] = [:]
    for page in content.allPages {
      // What reads vocabularies and arrays is planned anew: it is cheap, and there are files that nobody watches here.
      for request in page.requests where request.inputs.isEmpty && request.subjects.targets.isEmpty {
        guard let model = fingerprints[request.model.value] else { continue }
        sources[request.id] = FigureSources(page: page.fingerprint, model: model)
      }
    }
    return sources
  }
}
