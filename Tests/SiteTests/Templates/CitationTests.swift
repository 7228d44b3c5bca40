import Foundation
import Testing

@testable import Site

@Suite("How pages are cited")
struct CitationTests {
  private func citation(_ page: String, _ site: String) throws -> String {
    let fixture = try ContentFixture(["experiments/a-b.md": page, "site.yml": site])
    let content = try #require(fixture.load().content)
    return Citation(try #require(content.experiments.first), figure: 2, of: content.configuration, .english)
      .bibTeX
  }

  @Test("a figure has title, author, site, year and address")
  func whole() throws {
    let found = try citation(
      "---\ntitle: Cats\ndate: 2026-11-22\n---\n", "title: Site\nauthor: Ada and Bob\nurl: https://example.org/g\n")
    #expect(
      found == """
        @misc{a-b-figure-2,
          title = {Figure 2 in “Cats”},
          author = {{Ada and Bob}},
          howpublished = {Site},
          year = {2026},
          url = {https://example.org/g/experiments/a-b.html#figure-2},
        }
        """)
  }

  @Test("what is not known is left out, and nothing in a title is a command to TeX")
  func hostile() throws {
    let found = try citation("---\ntitle: '{50% of $a_b \\input{x} #1 & ~^'\n---\n", "title: S\n")
    #expect(
      found == """
        @misc{a-b-figure-2,
          title = {Figure 2 in “\\{50\\% of \\$a\\_b \\textbackslash{}input\\{x\\} \\#1 \\& \\textasciitilde{}\\textasciicircum{}”},
          author = {{S}},
          howpublished = {S},
        }
        """)
  }
}
