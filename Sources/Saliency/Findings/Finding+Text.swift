extension Finding {
  /// The finding as a sentence in English.
  public var text: String {
    switch self {
    case .resultIsNotFinite(let method, let count):
      "The \(Self.method(method)?.subject ?? method) \(count), so there is nothing to show."
    case .mapIsNotFinite(let layer, let count): "The map at layer \(layer) \(count), so there is nothing to show."
    case .gradientIsNotFinite(let layer, let count): "The gradient at layer \(layer) \(count), so there is no map."
    case .activationIsNotFinite(let layer, let count):
      "The activation of layer \(layer) \(count), so there is no map."
    case .nothing(let method, let layer):
      Self.method(method)?.nothingToShow(at: layer) ?? "There is nothing to show."
    }
  }

  private static func method(_ id: String) -> Method? { Method.all.first { $0.id == id } }
}
