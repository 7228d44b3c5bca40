/// A token of TeX, with its place in the formula.
struct MathToken: Equatable {
  enum Kind: Equatable {
    /// `\name`, or a backslash and one other character; `\\` is one too.
    case command(String)
    /// A letter or a sign.
    case character(Character)
    /// Digits with points in between.
    case number(String)
    case open, close, superscript, `subscript`, cell
    /// One blank or several.
    case blank
  }

  let kind: Kind
  /// The place of its first character.
  let place: Int
}

extension MathToken {
  /// The tokens of a formula. Comments are left out.
  static func all(in characters: [Character]) -> [MathToken] {
    var tokens: [MathToken] = []
    var index = 0
    func run(while condition: (Character) -> Bool) -> String {
      let start = index
      while index < characters.count, condition(characters[index]) { index += 1 }
      return String(characters[start..<index])
    }
    while index < characters.count {
      let place = index
      let character = characters[index]
      index += 1
      let kind: Kind
      switch character {
      case "\\":
        if index < characters.count, isLetter(characters[index]) {
          kind = .command(run(while: isLetter))
        } else {
          kind = .command(index < characters.count ? String(characters[index]) : "")
          index += 1
        }
      case "{": kind = .open
      case "}": kind = .close
      case "^": kind = .superscript
      case "_": kind = .subscript
      case "&": kind = .cell
      case "%":
        _ = run { !$0.isNewline }
        continue
      case _ where character.isWhitespace:
        _ = run(while: \.isWhitespace)
        kind = .blank
      case "0"..."9":
        index -= 1
        var number = run(while: isDigit)
        while index + 1 < characters.count, characters[index] == ".", isDigit(characters[index + 1]) {
          index += 1
          number += "." + run(while: isDigit)
        }
        kind = .number(number)
      default: kind = .character(character)
      }
      tokens.append(MathToken(kind: kind, place: place))
    }
    return tokens
  }

  private static func isLetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }
  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
