/// How long a transfer may take, and how much it may bring.
struct TransferLimits: Sendable {
  /// Seconds without a byte after which nothing more is expected.
  var silence = 30.0
  /// Seconds that any transfer may take.
  var patience = 600.0
  /// Bytes a second that a long transfer must bring.
  var slowest = 100_000.0
  /// The most bytes of a file whose card does not say how many it has. An ONNX file cannot have more.
  var unknownCount = 1 << 31
  /// How often a server may send us elsewhere.
  var redirections = 10

  /// Seconds that a transfer of at most this many bytes may take.
  func deadline(_ count: Int) -> Double { patience + Double(count) / slowest }
}
