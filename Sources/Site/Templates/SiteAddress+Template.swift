/// Templates see an address as the page writes it that is being filled.
extension SiteAddress: TemplateField {
  static var templateKind: TemplateKind { .text }

  /// Under which an encoder knows the linker of the page.
  static let linkerKey = CodingUserInfoKey(rawValue: "linker")

  init(from decoder: any Decoder) throws {
    self = .web(try decoder.singleValueContainer().decode(String.self))
  }

  func encode(to encoder: any Encoder) throws {
    let linker = Self.linkerKey.flatMap { encoder.userInfo[$0] } as? PageLinker
    var container = encoder.singleValueContainer()
    try container.encode((linker ?? PageLinker(path: "")).link(to: self))
  }
}
