import Diagnostics
import Foundation

@testable import Site

/// Any bytes as the template of pages, beside the project's others.
func fuzzTemplate(_ bytes: [UInt8]) throws {
  let folder = FuzzFolder.url.appendingPathComponent("templates")
  if !FileManager.default.fileExists(atPath: folder.path) {
    try? FileManager.default.copyItem(at: URL(fileURLWithPath: "templates"), to: folder)
  }
  FuzzFolder.write(bytes, to: "templates/page.mustache")
  var faults = DiagnosticList()
  let library = TemplateLibrary.load(from: folder, shownAs: "templates", diagnostics: &faults)
  _ = faults.description
  guard let library else { return }
  try FuzzSite.build("pages/about.md", "---\ntitle: About\n---\nText.\n".utf8, templates: library)
}
