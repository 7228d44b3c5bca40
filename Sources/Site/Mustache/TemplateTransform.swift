import Foundation

/// What templates can do with a value before they use it: `{{#empty(tags)}}`, `{{uppercased(title)}}`, `{{#first()}}`.
enum TemplateTransform: String, CaseIterable {
  case empty, count, first, last, reversed, index
  case lowercased, uppercased, capitalized
  case even, odd, equalzero, plusone, minusone

  /// The transformed value; `nil` where there is none, such as the first of no elements.
  func apply(to value: TemplateValue) -> TemplateValue? {
    switch (self, value) {
    case (.empty, .text(let text)): .truth(text.isEmpty)
    case (.empty, .list(let list)): .truth(list.isEmpty)
    case (.count, .list(let list)): .number(list.count)
    case (.first, .list(let list)): list.first
    case (.last, .list(let list)): list.last
    case (.reversed, .list(let list)): .list(list.reversed())
    case (.reversed, .text(let text)): .text(String(text.reversed()))
    case (.first, .position(let index, _)): .truth(index == 0)
    case (.last, .position(let index, let count)): .truth(index == count - 1)
    case (.index, .position(let index, _)): .number(index)
    case (.even, .position(let index, _)): .truth(index.isMultiple(of: 2))
    case (.odd, .position(let index, _)): .truth(!index.isMultiple(of: 2))
    case (.lowercased, .text(let text)): .text(text.lowercased())
    case (.uppercased, .text(let text)): .text(text.uppercased())
    case (.capitalized, .text(let text)): .text(text.capitalized)
    case (.even, .number(let number)): .truth(number.isMultiple(of: 2))
    case (.odd, .number(let number)): .truth(!number.isMultiple(of: 2))
    case (.equalzero, .number(let number)): .truth(number == 0)
    case (.plusone, .number(let number)): .number(number &+ 1)
    case (.minusone, .number(let number)): .number(number &- 1)
    default: nil
    }
  }

  /// The kind of the transformed value; `nil` where it cannot be applied to values of this kind.
  func kind(for kind: TemplateKind) -> TemplateKind? {
    switch (self, kind) {
    case (.empty, .text), (.empty, .list): .truth
    case (.count, .list): .number
    case (.first, .list(let element)), (.last, .list(let element)): element
    case (.reversed, .list), (.reversed, .text): kind
    case (.first, .position), (.last, .position), (.even, .position), (.odd, .position): .truth
    case (.index, .position): .number
    case (.lowercased, .text), (.uppercased, .text), (.capitalized, .text): .text
    case (.even, .number), (.odd, .number), (.equalzero, .number): .truth
    case (.plusone, .number), (.minusone, .number): .number
    default: nil
    }
  }
}
