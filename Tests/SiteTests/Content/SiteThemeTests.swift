import Foundation
import Testing

@testable import Site

@Suite("`theme:` in site.yml")
struct SiteThemeTests {
  /// What the style sheet gets, and what is wrong.
  private func read(_ theme: String) throws -> (css: String?, faults: String) {
    let lines = theme.split(separator: "\n").map { "  \($0)\n" }.joined()
    let loaded = try ContentFixture(["site.yml": "title: Site\ntheme:\n" + lines]).load()
    return (loaded.content?.configuration.theme.css, loaded.faults)
  }

  @Test("everything is set in custom properties, behind the style sheet")
  func css() throws {
    let (css, faults) = try read(
      """
      accent: {light: "#1B5E84", dark: hsl(202 66% 71% / 0.9)}
      fonts:
        serif: Charter, "Bitstream Charter"
        sans: [Inter, system-ui]
      width: 42.5rem
      """)
    #expect(faults == "")
    #expect(
      css == """

        /* theme: in site.yml */
        :root {
          --serif: "Charter", "Bitstream Charter", serif;
          --sans: "Inter", system-ui;
          --text: 42.5rem;
        }
        @media screen {
          :root {
            --accent: #1b5e84;
          }
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --accent: hsl(202 66% 71% / 0.9);
          }
        }

        """)
  }

  @Test("one colour is that of dark pages too")
  func oneColor() throws {
    let css = try read("accent: teal").css
    #expect(css?.components(separatedBy: "--accent: teal;").count == 3)
    #expect(try read("accent: {light: teal}").css == css)
    #expect(try read("footer: Words.").css == nil)
  }

  @Test(
    "the forms of CSS are colours",
    arguments: [
      "'#abc'", "'#abcd'", "'#aabbccdd'", "rgb(1 2 3)", "\"rgb(1, 2, 3)\"", "\"rgba(1, 2, 3, 0.5)\"",
      "hsl(120deg 50% 50%)", "oklch(46% 0.09 240)", "lab(38% -11 -.5)", "hwb(none 1% 2% / 50%)", "RebeccaPurple",
    ])
  func colors(color: String) throws {
    #expect(try read("accent: \(color)").faults == "")
  }

  private static let cases: [(theme: String, fault: String)] = [
    (
      "accent: #1b5e84",
      "3:3: error: “accent” has no value. Write colours with # in quotes: `\"#1b5e84\"`; "
        + "YAML takes # for the beginning of a comment."
    ),
    ("accent: '#12'", "3:11: error: “#12” is not a colour. Behind # stand 3, 4, 6 or 8 hexadecimal digits."),
    ("accent: '#ggg'", "3:11: error: “#ggg” is not a colour. Behind # stand 3, 4, 6 or 8 hexadecimal digits."),
    ("accent: tael", "3:11: error: “tael” is not a colour. Did you mean “teal”?"),
    (
      "accent: 'red; } body { display: none'",
      "3:11: error: “red; } body { display: none” is not a colour. "
        + "Write one like `\"#1b5e84\"`, `hsl(202 66% 31%)` or `teal`."
    ),
    (
      "accent: rgb(1 2 3); x()",
      "3:11: error: “rgb(1 2 3); x()” is not a colour. "
        + "Write three numbers, and a fourth for opacity if need be: `rgb(27 94 132)`."
    ),
    (
      "accent: url(x)",
      "3:11: error: “url” makes no colour. Try one of: rgb, rgba, hsl, hsla, hwb, lab, lch, oklab, oklch."
    ),
    ("width: 42", "3:10: error: “42” is not a width. Write a number with rem, em, ch or px: `42rem`."),
    ("width: -1rem", "3:10: error: “-1rem” is not a width. Write a number with rem, em, ch or px: `42rem`."),
    (
      "fonts: {serif: 'a\"; }'}",
      "3:18: error: “a\"; }” is not the name of a font. "
        + "Write names of letters, digits, blanks and hyphens, separated by commas."
    ),
    ("fonts: {serf: Georgia}", "3:11: error: “serf” is not a key of “fonts”. Did you mean “serif”?"),
    ("acent: teal", "3:3: error: “acent” is not a key of “theme”. Did you mean “accent”?"),
    (
      "footer: '[x](pages/none.md)'",
      "3:11: error: There is no page “pages/none.md” in content/pages."
    ),
    (
      "footer: '[x](javascript:x)'",
      "3:11: error: An address that begins with `javascript:` must not stand in a page. "
        + "Use https:, mailto: or tel:; write ./ before a file whose name has a colon."
    ),
  ]

  @Test("what is none of it is a fault where it stands", arguments: cases)
  func faults(theme: String, fault: String) throws {
    #expect(try read(theme).faults == "content/site.yml:" + fault)
  }
}
