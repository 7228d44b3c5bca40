import NeuralNetwork
import Testing
import Vocabulary

@testable import Gallery
@testable import Saliency
@testable import Site

/// What the engine tells in English on the command line, and pages tell in the words of their language.
@Suite("Words about what the engine found")
struct WordsTests {
  private static let count = NonFiniteCount([Float.nan, .infinity, -.infinity, 1])
  private static let findings: [Finding] = {
    guard let count = count else { return [] }
    let (found, possible): (ClosedRange<Float>, ClosedRange<Float>) = (-3.5...0.00123, -1...12)
    return [
      .resultIsNotFinite(method: "gradient", count), .mapIsNotFinite(layer: "a", count),
      .gradientIsNotFinite(layer: "a", count), .activationIsNotFinite(layer: "a", count),
      .allAgainst(layer: "a", lowest: -2.5, highest: -0.001), .saturated(lead: 21.44), .saturated(lead: nil),
      .sameForAll(method: "grad-cam", layer: "a", classes: 3, difference: 0.0004),
      .sameForAll(method: "cam", layer: nil, classes: 2, difference: 0),
      .doubtfulInput(.outside(found: found, possible: possible)),
      .doubtfulInput(.notNormalized(found: found, possible: possible)),
      .doubtfulInput(.tiny(found: found, possible: possible)),
      .doubtfulInput(.farFromTraining(node: "bn", distance: 50)),
      .doubtfulInput(.flatBesideTraining(node: "bn", share: 0.01)),
    ] + Saliency.Method.all.map { .nothing(method: $0.id, layer: "a") }
  }()

  @Test("findings read on an English page as on the command line, and otherwise in Korean")
  func findings() throws {
    try #require(Self.findings.count > 20)
    let korean = SiteStrings(["ko"])["ko"]
    for finding in Self.findings {
      #expect(finding.text(in: .english) == finding.text)
      let text = finding.text(in: korean)
      #expect(text.isKorean, "\(text)")
      #expect(!text.contains("{{") && !text.contains("  "))
    }
  }

  @Test("what layers see, and why they are looked at, too")
  func layers() {
    var views: [FieldOfView] = [.whole]
    for doubt in [FieldOfView.Doubt.mirrorImages, .severalParts, .warped] {
      var view = FieldOfView.whole
      view.doubt = doubt
      views.append(view)
    }
    for (across, down) in [(0.1...0.9, 0.0...1.0), (0.25...1, 0...0.5), (-0.1...1.1, 0...1)] {
      var view = FieldOfView.whole
      view.horizontal = FieldOfView.Span(start: across.lowerBound, end: across.upperBound)
      view.vertical = FieldOfView.Span(start: down.lowerBound, end: down.upperBound)
      views.append(view)
      view.horizontal = FieldOfView.Span(start: across.upperBound, end: across.lowerBound)
      views.append(view)
      view.vertical = FieldOfView.Span(start: down.upperBound, end: down.lowerBound)
      views.append(view)
    }
    for view in views { #expect(view.remark(of: "a", in: .english) == view.remark(of: "a")) }
    let reasons: [LayerReason] = [
      .lastConvolution, .endOfBlock(operatorType: "Relu", convolution: "c"), .averaged, .lastTokens,
      .beforeLastAttention, .beforeAttentionPooling,
    ]
    for reason in reasons { #expect(reason.words(in: .english) == reason.description) }
  }

  @Test("Korean has words for all that the engine says of methods and measures")
  func methods() throws {
    let korean = try #require(StringFile.builtIn["ko"])
    let known = StringFile.known(Saliency.Method.all.map(\.name))
    #expect(korean.keys.filter { known[$0] == nil }.sorted() == [])
    for method in Saliency.Method.all {
      let key = StringFile.key(of: method.name)
      let remarks: [MethodRemark: String?] = [
        .summary: method.summary, .subject: method.subject, .settings: method.settings,
        .randomness: method.randomness, .nothing: "",
      ]
      for (remark, words) in remarks {
        #expect((korean["\(key)_\(remark.rawValue)"] != nil) == (words != nil), "\(key) \(remark)")
      }
    }
    for measure in EvaluationMeasure.allCases {
      let key = StringFile.key(of: measure)
      #expect(korean[key] != nil && korean[key + "_meaning"] != nil, "\(key)")
    }
  }
}

extension String {
  /// Whether it has a letter of the Korean alphabet.
  var isKorean: Bool { unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) } }
}
