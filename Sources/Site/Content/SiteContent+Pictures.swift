import Files

extension SiteContent {
  /// The files of the content folder that texts show as pictures, each once.
  public var textPictures: [ContentFile] { allPages.flatMap { $0.body.pictures.map(\.file) }.uniqued() }
}

extension PageBody {
  /// The images that are files of the content folder, in reading order.
  var pictures: [(node: Int, file: ContentFile)] {
    targets.compactMap { node, target in
      guard case .file(let file, _, _) = target, tree.nodes[node].isImage else { return nil }
      return (node, file)
    }
  }
}
