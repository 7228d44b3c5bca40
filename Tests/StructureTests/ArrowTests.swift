import Testing

/// What counts as knowing somebody, by example.
@Suite("Arrows between folders")
struct ArrowTests {
  private static func arrows(_ low: String, _ high: String) -> [Arrows.Arrow: Set<String>] {
    Arrows([("low", SwiftSource(low)), ("high", SwiftSource(high))]).names
  }

  private static let up = Arrows.Arrow(from: "low", to: "high")
  private static let down = Arrows.Arrow(from: "high", to: "low")

  @Test(
    "a type that is mentioned in code is known",
    arguments: [
      "struct A { let b: B }", "func f() { B.make() }", "let text = \"\\(B.name)\"", "extension B { var a: Int { 1 } }",
      "let x = [B]()",
    ])
  func types(low: String) {
    #expect(Self.arrows(low, "public final class B {}") == [Self.up: ["B"]])
  }

  @Test(
    "what only comes near a name is not",
    arguments: [
      "// B", "/* B */", "let text = \"B\"", "let text = \"\"\"\n  \"B\"\n  \"\"\"",
      "struct A { struct B {} ; let b: B }",
      "let b = C.B()", "let BB = 1", "import B",
    ])
  func lookalikes(low: String) {
    #expect(Self.arrows(low, "struct B {}") == [:])
  }

  @Test("a member that another folder adds to a type is known by who uses it")
  func members() {
    let high = "extension A { func grow() {} ; private func hide() {} }"
    #expect(
      Self.arrows("struct A {} ; func f(a: A) { a.grow() ; a.hide() }", high) == [Self.up: ["grow"], Self.down: ["A"]])
    // Two declare it.
    #expect(Self.arrows("struct A { func grow() {} } ; func f(a: A) { a.grow() }", high) == [Self.down: ["A"]])
  }

  @Test("what stays in a file is known by nobody")
  func hidden() {
    #expect(Self.arrows("let b = B()", "private struct B {}") == [:])
  }

  @Test("an arrow goes up, down, or to what has no place")
  func order() {
    let arrows = Arrows([("low", SwiftSource("let b = B()")), ("high", SwiftSource("struct B {}"))])
    #expect(arrows.upward(in: ["low", "high"]) == [Self.up])
    #expect(arrows.upward(in: ["high", "low"]) == [])
    #expect(arrows.upward(in: ["low"]) == [Self.up])
  }
}
