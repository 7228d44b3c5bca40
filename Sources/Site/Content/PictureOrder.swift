/// In which order a collection shows its pictures.
public enum PictureOrder: String, CaseIterable, Hashable, Sendable {
  /// `probability`: of what the network says, the surest first. `error`: by how little it gives to what is true, the worst
  /// first. `name`: as the files are called.
  case probability, error, name
}
