/// The alphabets of Unicode's mathematical letters: MathML Core has no other way to write a bold or a calligraphic letter.
enum MathAlphabet: String, CaseIterable {
  case bold = "mathbf"
  case boldItalic = "boldsymbol"
  case calligraphic = "mathcal"
  case blackboard = "mathbb"
  case fraktur = "mathfrak"
  case sansSerif = "mathsf"
  case monospace = "mathtt"

  /// The alphabet that a command chooses.
  init?(command: String) {
    switch command {
    case "bm", "pmb": self = .boldItalic
    case "mathscr": self = .calligraphic
    default: self.init(rawValue: command)
    }
  }

  /// Where its capital A, small a, digit 0, capital Alpha and small alpha stand.
  private var starts: (upper: UInt32, lower: UInt32, digit: UInt32?, greekUpper: UInt32?, greekLower: UInt32?) {
    switch self {
    case .bold: (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2)
    case .boldItalic: (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736)
    case .calligraphic: (0x1D49C, 0x1D4B6, nil, nil, nil)
    case .blackboard: (0x1D538, 0x1D552, 0x1D7D8, nil, nil)
    case .fraktur: (0x1D504, 0x1D51E, nil, nil, nil)
    case .sansSerif: (0x1D5A0, 0x1D5BA, 0x1D7E2, nil, nil)
    case .monospace: (0x1D670, 0x1D68A, 0x1D7F6, nil, nil)
    }
  }

  /// Letters that Unicode had before the alphabets.
  private var earlier: [Character: Character] {
    switch self {
    case .calligraphic:
      ["B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ"]
    case .blackboard: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
    case .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"]
    default: [:]
    }
  }

  /// `character` in this alphabet, or as it is where the alphabet lacks it.
  func letter(_ character: Character) -> Character {
    if let earlier = earlier[character] { return earlier }
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return character }
    let value = scalar.value
    let start: UInt32?
    switch value {
    case 0x41...0x5A: start = starts.upper + value - 0x41
    case 0x61...0x7A: start = starts.lower + value - 0x61
    case 0x30...0x39: start = starts.digit.map { $0 + value - 0x30 }
    case 0x391...0x3A9: start = starts.greekUpper.map { $0 + value - 0x391 }
    case 0x3B1...0x3C9: start = starts.greekLower.map { $0 + value - 0x3B1 }
    default: start = nil
    }
    return start.flatMap(Unicode.Scalar.init).map(Character.init) ?? character
  }
}
