import Testing

@testable import Site

/// A view with a field of each kind.
private struct Sample: TemplateView {
  var text = "a"
  var number = 1
  var truth = true
  var texts: [String] = []
  var lists: [[Int]] = []
  var part = Part(word: "b", others: [])
  var parts: [Part] = []
  var noText: String?
  var noNumber: Int?
  var noTruth: Bool?
  var noPart: Part?
  var noTexts: [String]?

  struct Part: TemplateView {
    var word: String
    /// Of the type itself, which ends nowhere.
    var others: [Part]
  }
}

@Suite("A view's properties are the fields of templates")
struct TemplateViewTests {
  private static func shown(_ kind: TemplateKind?) -> String {
    switch kind {
    case nil: "nothing"
    case .object(let type)?: "\(type)"
    case .list(let element)?: "list of \(shown(element))"
    case let other?: "\(other)"
    }
  }

  private static func shown(_ value: TemplateValue?) -> String {
    switch value {
    case nil: "nothing"
    case .text(let text)?: text
    case .number(let number)?: String(number)
    case .truth(let truth)?: String(truth)
    case .object(let object)?: "{" + object.fields.map { "\($0.name) \(shown($0.value))" }.joined(separator: ", ") + "}"
    case .list(let list)?: "[" + list.map { shown($0) }.joined(separator: ", ") + "]"
    case .position?: "a place"
    }
  }

  @Test("names and kinds come from types: nothing needs to have a value")
  func kinds() {
    let kinds = Sample.templateFields.mapValues { Self.shown($0) }
    #expect(
      kinds == [
        "text": "text", "number": "number", "truth": "truth", "texts": "list of text",
        "lists": "list of list of number",
        "part": "Part", "parts": "list of Part", "noText": "text", "noNumber": "number", "noTruth": "truth",
        "noPart": "Part", "noTexts": "list of text",
      ])
    #expect(Sample.Part.templateFields.mapValues { Self.shown($0) } == ["word": "text", "others": "list of Part"])
  }

  @Test("values are those of the properties; a field without a value is there all the same")
  func values() throws {
    let none = try #require(TemplateEncoder.value(of: Sample()))
    #expect(
      Self.shown(none)
        == "{text a, number 1, truth true, texts [], lists [], part {word b, others []}, parts [], noText nothing, "
        + "noNumber nothing, noTruth nothing, noPart nothing, noTexts nothing}")
    let part = Sample.Part(word: "c", others: [Sample.Part(word: "d", others: [])])
    let all = Sample(
      text: "", number: -1, truth: false, texts: ["x", "y"], lists: [[1, 2], []], part: part, parts: [part],
      noText: "z", noNumber: 0, noTruth: false, noPart: part, noTexts: [])
    let shown = "{word c, others [{word d, others []}]}"
    #expect(
      Self.shown(TemplateEncoder.value(of: all))
        == "{text , number -1, truth false, texts [x, y], lists [[1, 2], []], part \(shown), parts [\(shown)], noText z, "
        + "noNumber 0, noTruth false, noPart \(shown), noTexts []}")
  }
}
