import Foundation
import Gallery
import TestSupport

/// A content folder with the reference SqueezeNet, the reference photo and experiments of a test's own.
struct ImageNetSite {
  let folder: TemporaryFolder

  /// The templates of the project itself.
  static let templates = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../templates")
    .standardizedFileURL

  init(_ experiments: [String: String]) throws {
    folder = try TemporaryFolder()
    try folder.write("title: Site\n", to: "content/site.yml")
    let reference = ReferenceData.url("imagenet/content")
    for name in ["models/squeezenet.md", "models/squeezenet", "images"] {
      try folder.link(reference.appendingPathComponent(name), as: "content/" + name)
    }
    for (name, text) in experiments { try folder.write(text, to: "content/experiments/\(name).md") }
  }

  var options: BuildOptions {
    BuildOptions(content: folder.path("content"), templates: Self.templates.path, output: folder.path("public"))
  }

  func build() throws -> BuildReport { try Gallery(options).build() }

  /// What a build complains of, with the temporary folder's path taken out.
  func faults() throws -> String {
    do {
      _ = try build()
      return ""
    } catch {
      return "\(error)".replacingOccurrences(of: folder.url.path + "/", with: "")
    }
  }

  func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path("public/" + path))), as: UTF8.self)
  }
}
