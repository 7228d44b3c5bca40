import Foundation
import TestSupport
import Testing

@testable import Site

/// The references are latex2mathml's (`formulas.json`); compared are letters and signs in their order and how they are put together: scripts,
/// limits, fractions, roots, tables. How large signs are and which of them grow is not.
@Suite("Formulas become MathML")
struct MathMLTests {
  struct Formula: Decodable, CustomTestStringConvertible {
    let tex: String
    let mathml: String
    var testDescription: String { tex }
  }

  private static let formulas: [Formula] = {
    let file = ReferenceData.url("tex/formulas.json")
    let all = (try? JSONDecoder().decode([Formula].self, from: Data(contentsOf: file))) ?? []
    // The reference does not know this one.
    return all.filter { !$0.tex.contains("{aligned}") }
  }()

  @Test(
    "formulas of this field", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"), arguments: formulas)
  func reference(_ formula: Formula) throws {
    let html = try MathML.html(of: formula.tex, isDisplay: true)
    #expect(Shape.of(html) == Shape.of(formula.mathml), "\(html)")
  }

  @Test("there are formulas", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func count() { #expect(Self.formulas.count == 49) }

  @Test(
    "parts of formulas",
    arguments: [
      ("x", "<mi>x</mi>"), ("12.5", "<mn>12.5</mn>"), ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
      ("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"), ("x^10", "<mn>1</mn></msup><mn>0</mn>"),
      ("\\mathrm{ReLU}", "<mi>ReLU</mi>"),
      ("\\Delta", "<mi mathvariant=\"normal\">Δ</mi>"), ("\\sum_i", "<munder><mo>∑</mo><mi>i</mi></munder>"),
      ("\\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"), ("\\sum\\nolimits_i", "<msub><mo>∑</mo>"),
      (
        "2\\log x",
        "<mn>2</mn><mspace width=\"0.167em\"></mspace><mi>log</mi><mspace width=\"0.167em\"></mspace><mi>x</mi>"
      ),
      ("\\argmax_c", "<munder><mo movablelimits=\"true\""), ("\\boldsymbol{\\alpha}", "<mi>𝜶</mi>"),
      ("\\text{</script>}", "<mtext>&lt;/script&gt;</mtext>"), ("</script>", "<mo>&lt;</mo><mo>/</mo>"),
      ("a\\!b", "<mspace width=\"-0.167em\"></mspace>"), ("", "<math><mrow></mrow></math>"),
      ("\\begin{aligned}a&=b\\\\\\end{aligned}", "</mtd></mtr></mtable>"),
    ])
  func part(tex: String, html: String) throws {
    let written = try MathML.html(of: tex, isDisplay: false)
    #expect(written.contains(html), "\(written)")
  }

  @Test(
    "what cannot be read is told with its place and a way out",
    arguments: [
      ("a + \\fraq{1}{2}", 4, "“\\fraq” is not a command that formulas here can have. Did you mean “\\frac”?"),
      ("\\frac{1}", 0, "\\frac has nothing to apply to. Write it in braces behind."),
      ("a^", 1, "^ has nothing to apply to. Write it in braces behind."),
      ("a_b_c", 3, "There are two indices here. Put the first one and its base in braces."),
      ("{a", 0, "This { is not closed. Write } where it ends."),
      ("a}", 1, "Nothing is open that this } closes. Remove it, or write \\}."),
      ("a & b", 2, "An & stands outside of a table. Write \\&, or use aligned or a matrix."),
      ("\\left( a", 0, "This \\left has no \\right. Write \\right. if nothing closes it."),
      ("a \\right)", 2, "This \\right has no \\left. Write \\left before what it encloses."),
      (
        "\\left a", 6,
        "Behind \\left must stand a sign that encloses. Use ( ) [ ] | \\{ \\} \\langle \\rangle, or a point for none."
      ),
      (
        "\\begin{pmatrx} a \\end{pmatrx}", 0,
        "“pmatrx” is not an environment that formulas here can have. Did you mean “pmatrix”?"
      ),
      ("\\begin{cases} a", 0, "This \\begin{cases} has no \\end{cases}. Write it where the table ends."),
      ("\\begin{cases} a \\end{matrix}", 16, "“cases” is open, and “matrix” ends. Write \\end{cases} first."),
    ])
  func fault(tex: String, place: Int, text: String) throws {
    let fault = #expect(throws: MathFault.self) { try MathML.html(of: tex, isDisplay: false) }
    #expect(fault?.place == place)
    #expect(fault.map { "\($0.summary) \($0.hint)" } == text)
  }

  @Test(
    "formulas of any depth and length end in a fault",
    arguments: ["{", "\\frac{1}{", "x^{", "\\left(", "\\sqrt", "\\hat", "\\begin{matrix}", "\\displaystyle", "\\sqrt["])
  func hostile(piece: String) {
    for count in [200, 1_400, 20_000] {
      #expect(throws: MathFault.self) { try MathML.html(of: String(repeating: piece, count: count), isDisplay: true) }
    }
  }

  @Test("any bytes are read or refused", arguments: 0..<4)
  func anything(seed: Int) {
    let pieces = [
      "\\", "{", "}", "^", "_", "&", "\\\\", "\\frac", "\\left", "\\right", "(", ".", "\\begin{cases}", "\\end{cases}",
      "\\text{",
      "a", "1", "'", "\\sqrt[", "]", "\\hat", "\\sum", "\\limits", " ", "%", "\n", "\\not", "=", "\\operatorname*{",
      "é", "\\big",
    ]
    var generator = SplitMix(state: UInt64(seed))
    var read = 0
    for _ in 0..<3_000 {
      let tex = (0..<Int.random(in: 1...12, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? ""
      }
      if let html = try? MathML.html(of: tex.joined(), isDisplay: false) {
        read += 1
        #expect(Shape.of(html) != "broken", "\(tex)")
      }
    }
    #expect(read > 100 && read < 2_900)
  }
}

/// What is compared of two formulas.
private enum Shape {
  static func of(_ mathml: String) -> String {
    var rest = mathml[...]
    /// The elements around, each with what stands in it.
    var open: [(name: String, parts: [String])] = [("", [])]
    while !rest.isEmpty {
      if rest.first == "<" {
        let tag = rest.prefix { $0 != ">" }
        rest = rest[tag.endIndex...].dropFirst()
        let name = String(tag.dropFirst().prefix { $0 != " " && $0 != "/" })
        if tag.hasPrefix("</") {
          guard let element = open.popLast(), !open.isEmpty, tag.dropFirst(2) == element.name else { return "broken" }
          open[open.count - 1].parts.append(shape(element.name, element.parts))
        } else if tag.hasSuffix("/") {
          open[open.count - 1].parts.append(shape(name, []))
        } else {
          open.append((name, []))
        }
      } else {
        let text = rest.prefix { $0 != "<" }
        rest = rest[text.endIndex...]
        open[open.count - 1].parts.append(unescaped(text))
      }
    }
    return open.count == 1 ? open[0].parts.joined() : "broken"
  }

  private static func shape(_ name: String, _ parts: [String]) -> String {
    let names = ["munder": "msub", "mover": "msup", "munderover": "msubsup"]
    return switch name {
    case "math", "mrow", "mstyle", "mi", "mo", "mn", "mtext": parts.joined()
    case "mspace": ""
    default: (names[name] ?? name) + parts.map { "{\($0)}" }.joined()
    }
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = String(text)
    for match in text.matches(of: #/&#x([0-9A-Fa-f]+);/#) {
      guard let scalar = UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init) else { continue }
      result = result.replacing(match.0, with: String(Character(scalar)))
    }
    for (name, character) in [
      "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&", "\\arg": "arg", "―": "¯",
    ] {
      result = result.replacing(name, with: character)
    }
    return result.filter { !$0.isWhitespace }
  }
}
