import Diagnostics

/// Colours as CSS writes them.
enum CSSColor {
  /// A colour that can be set in a style sheet: hexadecimal digits, a function of numbers, or a name.
  ///
  /// - Throws: where it is none; so nothing gets through that could end the declaration.
  /// - Source: CSS Color Module Level 4, §4 to §9.
  static func checked(_ text: Located<String>) throws(Diagnostic) -> String {
    let color = text.value.lowercased()
    if color.hasPrefix("#") {
      guard [3, 4, 6, 8].contains(color.utf8.count - 1), color.utf8.dropFirst().allSatisfy(isHexadecimal) else {
        throw .error(
          "“\(text.value)” is not a colour.", at: text.location, hint: "Behind # stand 3, 4, 6 or 8 hexadecimal digits."
        )
      }
      return color
    }
    if let bracket = color.firstIndex(of: "(") {
      let name = String(color[..<bracket])
      guard functions.contains(name) else {
        throw .error(
          "“\(name)” makes no colour.", at: text.location, hint: Suggestion.hint(for: name, in: functions))
      }
      guard color.hasSuffix(")"), areComponents(color[color.index(after: bracket)...].dropLast()) else {
        throw .error(
          "“\(text.value)” is not a colour.", at: text.location,
          hint: "Write three numbers, and a fourth for opacity if need be: `\(name)(\(example(of: name)))`.")
      }
      return color
    }
    guard CSSColorNames.all.contains(color) else {
      throw .error(
        "“\(text.value)” is not a colour.", at: text.location,
        hint: Suggestion.nearest(to: color, in: CSSColorNames.all.sorted()).map { "Did you mean “\($0)”?" }
          ?? "Write one like `\"#1b5e84\"`, `hsl(202 66% 31%)` or `teal`.")
    }
    return color
  }

  private static let functions = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch"]

  private static func example(of function: String) -> String {
    switch function {
    case "rgb", "rgba": "27 94 132"
    case "hsl", "hsla": "202 66% 31%"
    case "hwb": "202 11% 48%"
    case "lab": "38% -11 -28"
    case "lch": "38% 30 248"
    case "oklab": "46% -0.04 -0.08"
    default: "46% 0.09 240"
    }
  }

  /// Three numbers between blanks or commas, and perhaps a fourth behind a slash or a comma.
  private static func areComponents(_ text: Substring) -> Bool {
    let slashes = text.split(separator: "/", omittingEmptySubsequences: false)
    let commas = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed[...] }
    if slashes.count == 1, commas.count > 1 {
      return (3...4).contains(commas.count) && commas.allSatisfy(isComponent)
    }
    let numbers = slashes[0].split(separator: " ")
    let opacities = slashes.dropFirst().map { String($0).trimmed[...] }
    return numbers.count == 3 && numbers.allSatisfy(isComponent) && opacities.count <= 1
      && opacities.allSatisfy(isComponent)
  }

  private static func isComponent(_ text: Substring) -> Bool {
    if text == "none" { return true }
    let unit = ["%", "deg", "grad", "rad", "turn"].first(where: text.hasSuffix) ?? ""
    return CSSLength.number(text.dropLast(unit.count)) != nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x66: true
    default: false
    }
  }
}
