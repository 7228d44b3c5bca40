extension Attack {
  /// What does not come to what it must yet. A row that does fails until it is taken off here, so that this only shrinks.
  static let open: Set<String> = []
}
