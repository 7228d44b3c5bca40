import Foundation
import TestSupport
import Testing

@Suite("Builds that are killed or meet others")
struct KilledBuildTests {
  @Test(
    "killed at any moment, a build leaves the old site or the new one, and the next tidies up, even one with faults")
  func kill() throws {
    let site = try SmallSite()
    try site.folder.write("---\ntitle: Draft\ndraft: true\n---\nSecret.\n", to: "content/pages/draft.md")
    #expect(try Program.run(["build"], in: site.url).status == 0)
    try site.folder.write("example.org", to: "public/CNAME")
    let clock = ContinuousClock()
    let duration = try clock.measure { _ = try Program.run(["build", "--drafts"], in: site.url) }
    #expect(try Program.run(["build"], in: site.url).status == 0)
    var generator = SplitMix(state: 7)
    for round in 1...15 {
      let words = round % 2 == 0 ? "even" : "odd"
      try site.write(words: words)
      let build = try Program(["build", "--drafts"], in: site.url)
      let share = Double(generator.next() % 1000) / 1000
      usleep(UInt32(share * (duration / .microseconds(1))))
      build.kill()
      _ = try build.wait()
      let found = Set(try site.words().values)
      #expect(found.count == 1, "round \(round): \(found)")
      // A build with a fault writes nothing, and still leaves a whole site with nothing beside it.
      try site.folder.write("---\nno: key\n---\n", to: "content/pages/fault.md")
      #expect(try Program.run(["build"], in: site.url).status == 1)
      #expect(Set(try site.words().values) == found, "round \(round)")
      #expect(try site.names() == [".sitegen", "content", "public", "templates"])
      try FileManager.default.removeItem(atPath: site.folder.path("content/pages/fault.md"))
      #expect(try Program.run(["build"], in: site.url).status == 0)
      #expect(Set(try site.words().values) == [words])
      #expect(!FileManager.default.fileExists(atPath: site.folder.path("public/draft.html")))
      #expect(try site.names(in: "public").contains("CNAME"))
      #expect(try site.names(in: "public").filter { $0.hasPrefix(".sitegen") } == [".sitegen"])
    }
  }

  @Test("builds at the same time leave one of their sites, and say that they wait")
  func race() throws {
    let site = try SmallSite()
    let other = try SmallSite(words: "other")
    let output = site.folder.path("public")
    let builds = try (0..<6).map { number in
      try Program(["build", "--output", output], in: (number % 2 == 0 ? site : other).url)
    }
    for build in builds {
      let outcome = try build.wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
      for line in outcome.errors.split(separator: "\n") {
        #expect(line.hasPrefix("Waiting for another build of \(output), by process "))
      }
    }
    #expect(Set(try site.words().values).count == 1)
    #expect(try site.names() == [".sitegen", "content", "public", "templates"])
  }
}
