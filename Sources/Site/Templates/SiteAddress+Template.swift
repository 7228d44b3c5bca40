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

extension TemplateEncoder {
  /// The value of `view` on the page whose addresses `linker` makes.
  static func value(of view: some TemplateView, at linker: PageLinker) -> TemplateValue? {
    value(of: view, userInfo: SiteAddress.linkerKey.map { [$0: linker] } ?? [:])
  }
}
