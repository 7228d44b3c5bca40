import Diagnostics
import Foundation
import Testing

@testable import Site

/// Something to fill templates with.
private struct Thing: TemplateView {
  var name = "a"
  var note: String?
  var count = 0
  var isGood = false
  var parts: [Thing] = []
  var words: [String] = []
  var owner: Owner?

  struct Owner: TemplateView {
    var name = "x"
    var count = 0
  }
}

/// The text of `templates["a"]` filled with `thing`, or the fault.
private func render(_ templates: [String: String], _ thing: Thing = Thing()) -> String {
  var faults = DiagnosticList()
  let sources = templates.sorted { $0.key < $1.key }.map { name, text in
    TemplateSource(name: name, file: SourceFile(name: "\(name).mustache", text: text))
  }
  let parsed = TemplateSource.compile(sources, required: [], faults: &faults)
  guard !faults.hasErrors, let template = parsed["a"] else { return faults.description }
  guard let value = TemplateEncoder.value(of: thing) else { return "nothing" }
  var renderer = TemplateRenderer(parsed, value, .english)
  do throws(Diagnostic) {
    try renderer.render(template.nodes)
    return String(decoding: renderer.output, as: UTF8.self)
  } catch {
    return error.description
  }
}

@Suite("Templates are Mustache")
struct TemplateRendererTests {
  private static let thing = Thing(
    name: "<b> & \"c\"", count: 2, isGood: true,
    parts: [Thing(name: "x"), Thing(name: "y", note: "n"), Thing(name: "z")], words: ["one", "two"],
    owner: Thing.Owner())

  @Test(
    "tags are filled as the Mustache specification says",
    arguments: [
      ("{{name}}", "&lt;b&gt; &amp; &quot;c&quot;"), ("{{{name}}}", "<b> & \"c\""), ("{{& name }}", "<b> & \"c\""),
      ("{{count}}", "2"), ("{{note}}|", "|"), ("{{! a comment }}x", "x"), ("a\n  {{! gone }}\nb\n", "a\nb\n"),
      ("{{#isGood}}yes{{/isGood}}{{^isGood}}no{{/isGood}}", "yes"), ("{{#note}}x{{/note}}{{^note}}y{{/note}}", "y"),
      ("{{#parts}}{{name}},{{/parts}}", "x,y,z,"), ("{{#words}}{{.}} {{/words}}", "one two "),
      ("{{#parts}}\n- {{name}}\n{{/parts}}\n", "- x\n- y\n- z\n"), ("{{owner.name}}", "x"),
      ("{{#owner}}{{name}} {{count}}{{/owner}}", "x 0"), ("| {{#isGood}} a {{/isGood}} |", "|  a  |"),
      ("{{=<% %>=}}<%name%>{{name}}", "&lt;b&gt; &amp; &quot;c&quot;{{name}}"),
      ("{{=| |=}}|#parts||name||/parts|", "xyz"), ("a\n{{=<% %>=}}\nb", "a\nb"),
      ("{{#parts}}{{#note}}{{.}}{{/note}}{{/parts}}", "n"), ("{{#parts}}{{.name}}{{/parts}}", "xyz"),
      // The innermost object that has the field decides, though it has no value there.
      ("{{#parts}}{{#isGood}}!{{/isGood}}{{/parts}}", ""), ("no tags } {", "no tags } {"), ("", ""),
    ])
  func specification(template: String, text: String) {
    #expect(render(["a": template], Self.thing) == text)
  }

  @Test(
    "values can be transformed",
    arguments: [
      ("{{#empty(words)}}none{{/empty(words)}}{{^empty(words)}}some{{/empty(words)}}", "some"),
      ("{{count(words)}}", "2"),
      ("{{uppercased(owner.name)}}", "X"), ("{{#reversed(words)}}{{.}} {{/reversed(words)}}", "two one "),
      ("{{#words}}{{.}}{{^last()}}, {{/last()}}{{/words}}", "one, two"), ("{{#words}}{{index()}}{{/words}}", "01"),
      ("{{#words}}{{plusone(index())}}{{/words}}", "12"), ("{{#first(parts)}}{{name}}{{/first(parts)}}", "x"),
      ("{{uppercased(lowercased(owner.name))}}", "X"), ("{{#even(count)}}even{{/even(count)}}", "even"),
    ])
  func transforms(template: String, text: String) {
    #expect(render(["a": template], Self.thing) == text)
  }

  @Test("partials are indented as they stand, values in them are not")
  func partials() {
    let templates = ["a": "<\n  {{> b}}\n>\n", "b": "x\n{{#words}}\n- {{.}}\n{{/words}}\n"]
    #expect(render(templates, Thing(words: ["1\n2", "3"])) == "<\n  x\n  - 1\n2\n  - 3\n>\n")
    #expect(render(["a": "{{> b}}!", "b": "x"]) == "x!")
    #expect(render(["a": "{{>*name}}", "b": "x"], Thing(name: "b")) == "x")
    #expect(
      render(["a": "\n{{>*name}}", "b": "x"], Thing(name: "zzz"))
        == "a.mustache:2:1: error: There is no template “zzz”. Try one of: a, b.")
  }

  @Test("blocks of an inherited template are replaced, from the outermost")
  func inheritance() {
    let layout = "<{{$title}}none{{/title}}>{{$body}}{{/body}}"
    #expect(render(["a": "{{<b}}{{$body}}x{{name}}{{/body}}{{/b}}", "b": layout]) == "<none>xa")
    #expect(
      render([
        "a": "{{<b}}{{$title}}outer{{/title}}{{/b}}", "b": "{{<c}}{{$title}}inner{{/title}}{{$body}}y{{/body}}{{/c}}",
        "c": layout,
      ]) == "<outer>y")
    #expect(render(["a": layout]) == "<none>")
  }

  private static let nesting =
    String(repeating: "{{#isGood}}", count: 2500) + "x" + String(repeating: "{{/isGood}}", count: 2500)

  @Test(
    "templates that would never end, or fill the memory, are stopped where they do",
    arguments: [
      (["a": "{{=<% %>=}}\n<%> a%>"], "a.mustache:2:1: error: The template “a” includes itself."),
      (["a": "{{>\n a}}"], "a.mustache:1:1: error: The template “a” includes itself."),
      (["a": "x{{<a}}{{/a}}"], "a.mustache:1:2: error: The template “a” includes itself."),
      (
        ["a": "{{>*name}}"],
        "a.mustache:1:1: error: Templates are nested deeper than 100 here. "
          + "Does one include itself, by a block or by a name that is a value?"
      ),
      (
        ["a": "{{<b}}{{$m}}{{$m}}{{/m}}{{/m}}{{/b}}", "b": "{{$m}}{{/m}}"],
        "a.mustache:1:13: error: Templates are nested deeper than 100 here. "
          + "Does one include itself, by a block or by a name that is a value?"
      ),
      (
        ["a": nesting],
        "a.mustache:1:1101: error: This is not a valid template: sections are nested deeper than 100 here."
      ),
    ] as [([String: String], String)])
  func endless(templates: [String: String], fault: String) {
    #expect(render(templates, Thing(isGood: true)) == fault)
  }

  @Test("templates that include others twice, and these others twice again, are stopped")
  func doubling() {
    let names = ["a"] + (1..<60).map { "p\($0)" }
    let pairs = zip(names, names.dropFirst()).map { ($0, "{{> \($1)}}{{> \($1)}}") } + [("p59", "")]
    let fault = render(Dictionary(uniqueKeysWithValues: pairs))
    #expect(fault.hasSuffix("error: The page takes more than 4 million steps. Do templates include others twice?"))
  }

  @Test("a page that grows beyond bounds is stopped")
  func large() {
    let word = String(repeating: "word ", count: 4000)
    let thing = Thing(parts: Array(repeating: Thing(), count: 4000))
    #expect(
      render(["a": "{{#parts}}\(word){{/parts}}"], thing)
        == "a.mustache:1:1: error: The page grows beyond 64 MiB here. Do templates include others twice?")
  }

  @Test("the deepest templates that are allowed are rendered on any thread")
  func deepest() {
    let depth = Template.deepest
    let text = String(repeating: "{{#isGood}}", count: depth) + "x" + String(repeating: "{{/isGood}}", count: depth)
    let results = (0..<4).map { _ in
      let box = Box()
      DispatchQueue.concurrentPerform(iterations: 2) { _ in
        let text = render(["a": text], Thing(isGood: true))
        box.lock.withLock { box.text = text }
      }
      return box.text
    }
    #expect(results == ["x", "x", "x", "x"])
  }

  private final class Box: @unchecked Sendable {
    let lock = NSLock()
    var text = ""
  }
}

@Suite("Names in templates mean something")
struct TemplateCheckTests {
  private func faults(_ templates: [String: String]) -> String {
    var faults = DiagnosticList()
    let sources = templates.sorted { $0.key < $1.key }.map { name, text in
      TemplateSource(name: name, file: SourceFile(name: "\(name).mustache", text: text))
    }
    _ = TemplateSource.compile(sources, required: [("a", Thing.self)], faults: &faults)
    return faults.description
  }

  @Test(
    "a name that means nothing is a fault with its place and the nearest that does",
    arguments: [
      ("x {{nmae}}", "a.mustache:1:3: error: “nmae” means nothing here. Did you mean “name”?"),
      ("{{owner.nmae}}", "a.mustache:1:1: error: “owner.nmae” means nothing here. Did you mean “owner.name”?"),
      ("{{#prats}}{{anything}}{{/prats}}", "a.mustache:1:1: error: “prats” means nothing here. Did you mean “parts”?"),
      (
        "{{#parts}}{{.zzz}}{{/parts}}",
        "a.mustache:1:11: error: “.zzz” means nothing here. "
          + "Its names are: count, isGood, name, note, owner, parts, words."
      ),
      ("{{emtpy(words)}}", "a.mustache:1:1: error: “emtpy” cannot be applied in “emtpy(words)”. Did you mean “empty”?"),
      ("{{#first()}}{{/first()}}", "a.mustache:1:1: error: “first()” means nothing here."),
      (
        "{{words}}",
        "a.mustache:1:1: error: “words” is a list and cannot be written out. Open it: `{{#words}}…{{/words}}`."
      ),
      ("{{>*nmae}}", "a.mustache:1:1: error: “nmae” means nothing here. Did you mean “name”?"),
    ])
  func unknown(template: String, fault: String) {
    #expect(faults(["a": template]) == fault)
  }

  @Test("names are looked for where templates are included, in blocks too")
  func inclusion() {
    #expect(
      faults(["a": "{{#words}}{{> b}}{{/words}}{{> b}}", "b": "{{name}}{{.}}"]).contains("b.mustache:1:9: error")
        == true)
    #expect(
      faults(["a": "{{<b}}{{$m}}{{nmae}}{{/m}}{{/b}}", "b": "{{$m}}{{/m}}"]).hasPrefix("a.mustache:1:13: error: “nmae”")
    )
    #expect(faults(["a": "{{name}}", "unused": "{{whatever}}"]) == "")
    #expect(
      faults(["a": "{{<b}}{{$m}}{{$m}}{{/m}}{{/m}}{{/b}}", "b": "{{$m}}{{/m}}"])
        == "a.mustache:1:7: error: The block “m” contains itself.")
  }

  @Test("text that is never shown is worth a warning")
  func lostText() {
    #expect(
      faults(["a": "{{<b}}\n lost {{$m}}x{{/m}}\n{{/b}}", "b": ""])
        == "a.mustache:2:2: warning: This text is never shown: in an inherited template only blocks count. "
        + "Put it into a block, or remove it.")
  }

  @Test(
    "what is no template has its place",
    arguments: [
      ("{{x", "1:1: error: This is not a valid template: the tag has no end."),
      ("a {{", "1:3: error: This is not a valid template: the tag has no end."),
      ("{{{x}}", "1:1: error: This is not a valid template: the tag has no end."),
      ("\n{{#name}}", "2:1: error: This is not a valid template: a section is never closed."),
      ("{{/name}}", "1:1: error: This is not a valid template: this tag closes a section that is not open."),
      ("{{}}", "1:1: error: This is not a valid template: the tag has no name."),
      ("{{a b}}", "1:1: error: This is not a valid template: “a b” is no name."),
      ("{{a..b}}", "1:1: error: This is not a valid template: “a..b” is no name."),
      ("{{empty(words}}", "1:1: error: This is not a valid template: “empty(words” is no name."),
      ("{{= x =}}", "1:1: error: This is not a valid template: the delimiters are wrong."),
      (
        "{{% CONTENT_TYPE: TEXT}}",
        "1:1: error: This is not a valid template: settings of the parser are not supported."
      ),
      (
        "{{<b}}{{name}}{{/b}}",
        "1:7: error: This is not a valid template: only blocks may stand in an inherited template."
      ),
    ])
  func invalid(template: String, fault: String) {
    #expect(faults(["a": template, "b": ""]) == "a.mustache:" + fault)
  }
}
