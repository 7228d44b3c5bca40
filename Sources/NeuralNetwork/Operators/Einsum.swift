import Foundation

/// A sum of products named by index letters, such as `bhid,bhjd->bhij`. Source: ONNX Einsum-12.
///
/// Every contraction becomes one product of stacks of matrices: the letters that both factors and the result share
/// count the matrices, those that only the factors share are summed. The gradient of a factor is such a sum again, of
/// the result's gradient and the other factors.
struct Einsum: Operator {
  static let registrations = [
    Registration("Einsum", since: 12) { node in
      let text = try node.attributes.string("equation", default: "")
      let shapes = try node.inputs.indices.map { try node.operand($0) }
      guard let equation = EinsumEquation(text, shapes) else {
        throw node.fault(
          "has the equation “\(text)” for \(shapes.map(\.shapeText).joined(separator: ", ")), which is not supported.",
          hint: "Supported are letters that occur once in each factor, and “...”.")
      }
      return .operation(Einsum(equation: equation))
    }
  ]

  let equation: EinsumEquation

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [equation.shape(of: equation.result)] }

  func multiplications(_ operands: [[Int]], output: [Int]) -> Int {
    equation.factors.count > 1 ? Array(equation.sizes.values).elementCount : 0
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let factors = zip(pass.operands, equation.factors).map { Factor(memory: $0, letters: $1) }
    return ForwardResult(try contract(factors, to: equation.result, on: engine))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    try equation.factors.indices.map { index in
      guard let gradient = pass.gradient(for: index) else { return nil }
      let others = zip(pass.operands, equation.factors).enumerated().filter { $0.offset != index }
        .map { Factor(memory: $0.element.0, letters: $0.element.1) }
      let letters = equation.factors[index]
      // A letter that occurs here alone was summed over: all its elements have one gradient.
      let known = Set(equation.result).union(others.flatMap(\.letters))
      let found = letters.filter(known.contains)
      return try engine.mapParts(gradient, count: pass.wanted[index]) { part in
        let result = try contract(
          [Factor(memory: part, letters: equation.result)] + others, to: found, on: engine)
        let kept = letters.map { known.contains($0) ? equation.sizes[$0] ?? 1 : 1 }
        return try engine.broadcast(
          engine.reorder(result, to: .plain).reshaped(kept), to: equation.shape(of: letters))
      }
    }
  }

  private struct Factor {
    let memory: Memory
    let letters: [Character]
  }

  /// The product of all factors, summed over the letters that `result` lacks.
  private func contract(_ factors: [Factor], to result: [Character], on engine: Engine) throws -> Memory {
    guard factors.count > 1 else { return try arrange(factors[0], as: result, on: engine) }
    let rest = Array(factors.dropFirst(2))
    // What later factors still need is kept.
    let needed = Set(result).union(rest.flatMap(\.letters))
    let kept = rest.isEmpty ? result : (factors[0].letters + factors[1].letters).unique.filter(needed.contains)
    let product = Factor(memory: try multiply(factors[0], factors[1], to: kept, on: engine), letters: kept)
    return rest.isEmpty ? product.memory : try contract([product] + rest, to: result, on: engine)
  }

  private func multiply(_ a: Factor, _ b: Factor, to result: [Character], on engine: Engine) throws -> Memory {
    let (inA, inB) = (Set(a.letters), Set(b.letters))
    let stacked = result.filter { inA.contains($0) && inB.contains($0) }
    let summed = a.letters.filter { inB.contains($0) && !result.contains($0) }
    let rows = result.filter { inA.contains($0) && !inB.contains($0) }
    let columns = result.filter { inB.contains($0) && !inA.contains($0) }
    func count(_ letters: [Character]) -> Int { equation.shape(of: letters).elementCount }
    let first = try arrange(a, as: stacked + rows + summed, on: engine)
      .reshaped([count(stacked), count(rows), count(summed)])
    let second = try arrange(b, as: stacked + summed + columns, on: engine)
      .reshaped([count(stacked), count(summed), count(columns)])
    let product = try engine.multiply(MatrixProduct(first: first.shape, second: second.shape), first, second)
    let letters = stacked + rows + columns
    return try arrange(
      Factor(memory: product.reshaped(equation.shape(of: letters)), letters: letters), as: result, on: engine)
  }

  /// A factor with its axes in the order of `letters`, summed over the others; plain.
  private func arrange(_ factor: Factor, as letters: [Character], on engine: Engine) throws -> Memory {
    let kept = factor.letters.filter(letters.contains)
    let reduced = factor.letters.map { letters.contains($0) ? equation.sizes[$0] ?? 1 : 1 }
    let sum = try engine.reorder(engine.sum(factor.memory, count: 1, to: reduced), to: .plain)
      .reshaped(equation.shape(of: kept))
    return kept == letters ? sum : try engine.permute(sum, letters.compactMap { kept.firstIndex(of: $0) })
  }
}

/// The letters of an Einsum equation, and how many elements each counts.
struct EinsumEquation {
  /// One list for each factor, one letter for each of its axes.
  let factors: [[Character]]
  let result: [Character]
  let sizes: [Character: Int]

  /// Reads an equation for factors of these shapes; `nil` where it makes no sense, repeats a letter within a factor, or
  /// broadcasts.
  init?(_ text: String, _ shapes: [[Int]]) {
    let sides = text.filter { $0 != " " }.components(separatedBy: "->")
    let terms = sides[0].components(separatedBy: ",")
    guard (1...2).contains(sides.count), terms.count == shapes.count, !shapes.isEmpty else { return nil }
    // Unnamed axes get letters of their own, the same from the right.
    let unnamed = (0..<12).compactMap { UnicodeScalar(UInt8(ascii: "0") + UInt8($0)).description.first }
    let most = zip(terms, shapes).map { $0.contains("...") ? $1.count - ($0.count - 3) : 0 }.max() ?? 0
    guard (0...unnamed.count).contains(most) else { return nil }
    func letters(_ term: String, rank: Int?) -> [Character]? {
      let parts = term.components(separatedBy: "...")
      guard parts.count <= 2, parts.joined().allSatisfy(\.isASCIILetter) else { return nil }
      let count = parts.count == 1 ? 0 : rank.map { $0 - parts.joined().count } ?? most
      guard (0...most).contains(count) else { return nil }
      let found = Array(parts[0]) + (parts.count == 1 ? [] : unnamed[(most - count)..<most] + Array(parts[1]))
      return Set(found).count == found.count ? found : nil
    }
    var factors: [[Character]] = []
    var sizes: [Character: Int] = [:]
    for (term, shape) in zip(terms, shapes) {
      guard let found = letters(term, rank: shape.count), found.count == shape.count else { return nil }
      for (letter, size) in zip(found, shape) where sizes.updateValue(size, forKey: letter) ?? size != size {
        return nil
      }
      factors.append(found)
    }
    let all = factors.flatMap { $0 }
    // Without a right side: what occurs once, by the alphabet, behind the unnamed axes.
    let implied =
      Array(unnamed[..<most])
      + Set(all).filter { letter in
        letter.isASCIILetter && all.count { $0 == letter } == 1
      }.sorted()
    guard let result = sides.count == 2 ? letters(sides[1], rank: nil) : implied,
      result.allSatisfy({ sizes[$0] != nil })
    else { return nil }
    self.factors = factors
    self.result = result
    self.sizes = sizes
  }

  /// The sizes that letters count.
  func shape(of letters: [Character]) -> [Int] { letters.map { sizes[$0] ?? 1 } }
}

extension Character {
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}

extension [Character] {
  /// Each letter once, in order of first appearance.
  fileprivate var unique: [Character] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
