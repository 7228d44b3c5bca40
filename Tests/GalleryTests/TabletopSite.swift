import Foundation
import TestSupport

@testable import Gallery

/// A site of the project's own network that can be built.
struct TabletopSite {
  static let templates = TabletopContent.templates

  private let content: TabletopContent

  /// - Parameter experiments: text by file name without `.md`.
  init(_ experiments: [String: String]) throws { content = try TabletopContent(experiments) }

  var folder: TemporaryFolder { content.folder }

  var options: BuildOptions {
    BuildOptions(content: folder.path("content"), templates: Self.templates.path, output: folder.path("public"))
  }

  func build() throws -> BuildReport { try Gallery(options).build() }

  /// Builds as if the files had been changed long ago.
  func buildLater(_ options: BuildOptions? = nil) throws -> BuildReport {
    try Gallery(options ?? self.options, timeSteps: 0).build()
  }

  /// What a build complains of, with the temporary folder's path taken out.
  func faults(later: Bool = false) throws -> String {
    do {
      _ = later ? try buildLater() : try build()
      return ""
    } catch {
      return "\(error)".replacingOccurrences(of: folder.url.path + "/", with: "")
    }
  }

  func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path("public/" + path))), as: UTF8.self)
  }
}
