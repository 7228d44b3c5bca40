import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("Whatever is edited, a session makes what a build from nothing makes")
struct RandomEditsTests {
  @Test("byte for byte, with the same words, edit after edit", arguments: [1, 2, 3, 4] as [UInt64])
  func edits(seed: UInt64) throws {
    let site = try SessionSite { _ in }
    var random = try RandomSite(seed: seed, in: site)
    var before: [String: Data] = [:]
    var faulty = 0
    var rendered = 0
    for step in 0..<40 {
      let fresh = try site.fresh()
      var words = ""
      do {
        // Every fifth time the site is written as well.
        if step % 5 == 4 {
          words = try site.session.build().warnings.description
          #expect(try site.written().differences(from: try #require(fresh.files)) == [], "\(step): \(random.edit)")
        } else {
          let changes = try site.session.update()
          words = changes.warnings.description
          rendered += changes.renderedPages.count
        }
      } catch let faults as DiagnosticList {
        words = faults.description
      }
      #expect(words == fresh.words, "\(step): \(random.edit)")
      let kept = try site.kept()
      if let files = fresh.files?.withoutMarker {
        #expect(kept.differences(from: files) == [], "\(step): \(random.edit)")
        before = kept
        try random.change(site)
      } else {
        #expect(kept == before, "\(step): \(random.edit)")
        faulty += 1
        try random.mend(site)
      }
    }
    // It was neither faulty most of the time nor rendered as a whole each time.
    #expect(faulty < 20)
    #expect(rendered < 40 * 10)
  }
}
