import Foundation

/// Something that axe-core finds wrong on a page.
struct AxeViolation: Decodable, Hashable {
  let rule: String
  let element: String
}

extension Browser {
  /// What axe-core finds on the page that is open; nothing where its file is not at hand.
  func axeViolations() throws -> [AxeViolation] {
    guard let path = Self.axe else { return [] }
    let _: Browser.Nothing = try run(String(contentsOfFile: path, encoding: .utf8))
    return try run(
      """
      return axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => ({ rule: id, element: node.html }))));
      """)
  }
}
