import Foundation
import TestSupport
import Testing

@Suite("sitegen compare on the command line")
struct CompareCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func compare(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(
      ["compare"] + arguments
        + ["--content", TabletopContent.original.path, "--store", "store", "--method", "grad-cam"], in: folder.url)
  }

  private func ask(_ second: String, _ arguments: [String] = []) throws -> Program.Outcome {
    try compare(["tabletop", second, "--image", TabletopContent.photo.path, "--class", "mug"] + arguments)
  }

  @Test("the exit code is 0 within the limits and 1 beyond, and the result stands alone on stdout")
  func codes() throws {
    let same = try ask("tabletop")
    #expect(same.status == 0 && same.output.contains("None of 1 cell changes beyond the limits: logits within 0.01"))
    let other = try ask("tabletop-shortcut")
    #expect(other.status == 1 && other.output.contains("1 of 1 cell changes beyond the limits"))
    #expect(other.output.contains("logit, rank, correlation, overlap\n") && other.errors.hasPrefix("[1/1] "))
    let free = try ask(
      "tabletop-shortcut",
      ["--max-logit=inf", "--max-rank-change=100000", "--min-rank-correlation=-1", "--min-overlap=0"])
    #expect(free.status == 0 && free.errors == "", "the store knows the answers")
    let json = try ask("tabletop-shortcut", ["--json", "--max-logit=inf"])
    let found = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(json.status == 1 && found["beyond"] as? Int == 1 && (found["cells"] as? [Any])?.count == 1)
    #expect((found["limits"] as? [String: Any])?["logit"] is NSNull)
    #expect(
      json.errors == "1 of 1 cell changes beyond the limits: logits within inf, ranks within 0, "
        + "rank correlation at least 0.99, overlap at least 0.9.\n")
  }

  @Test("limits that mean nothing are the command line's fault")
  func limits() throws {
    for (argument, message) in [
      ("--max-logit=-1", "--max-logit is at least 0."), ("--max-logit=nan", "--max-logit is at least 0."),
      ("--max-rank-change=-1", "--max-rank-change is at least 0."),
      ("--min-rank-correlation=1.5", "--min-rank-correlation is from -1 to 1."),
      ("--min-overlap=2", "--min-overlap is from 0 to 1."), ("--top=0", "--top is at least 1 class."),
      ("--top=2", "Give --class or --top, not both."),
    ] {
      let outcome = try ask("tabletop", [argument])
      #expect(outcome.status == 2 && outcome.errors.contains(message), "\(argument): \(outcome.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}
