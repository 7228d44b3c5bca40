import Files

extension FigureRequest {
  /// The pictures, each once, in their order.
  public var images: [ContentFile] {
    var known: Set<ContentFile> = []
    return parts.map(\.image.value).filter { known.insert($0).inserted }
  }

  /// The last parts of the addresses that the pictures' pages have, without extension, in the order of the pictures: their files'
  /// names, or their whole paths where two are called the same.
  public var pictureNames: [String] {
    let paths = images.map(\.path)
    let stems = images.map { image in
      let name = image.name
      return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
    let texts = Set(stems.map { $0.lowercased() }).count == stems.count ? stems : paths
    let slugs = Slugs(texts.uniqued(), or: "picture")
    var taken: Set<String> = []
    return texts.map { text in
      var (name, number) = (slugs[text], 1)
      // Paths that read the same may differ in their bytes.
      while !taken.insert(name).inserted {
        number += 1
        name = "\(slugs[text])-\(number)"
      }
      return name
    }
  }
}

/// Where the pages of a collection stand.
struct CollectionPlaces {
  /// The folder of its pages, from the output folder.
  private let folder: String
  private let classes: Slugs
  private let tags: Slugs

  /// - Parameters:
  ///   - classes: the names of all classes, each once.
  ///   - tags: all tags, likewise.
  init(_ request: FigureRequest.ID, classes: [String] = [], tags: [String] = []) {
    folder = "figures/\(MarkdownName.withoutExtension(request.page))-\(request.number)"
    self.classes = Slugs(classes, or: "class")
    self.tags = Slugs(tags, or: "tag")
  }

  /// The path of a picture's page, from the output folder.
  func picture(_ name: String) -> String { "\(folder)/pictures/\(name).html" }

  /// The path of a class's page, likewise.
  func page(ofClass label: String) -> String { "\(folder)/classes/\(slug(ofClass: label)).html" }

  /// The path of a tag's page, likewise.
  func page(ofTag tag: String) -> String { "\(folder)/tags/\(slug(ofTag: tag)).html" }

  /// What stands for a class in ids and in what the script reads.
  func slug(ofClass label: String) -> String { classes[label] }

  /// What stands for a tag there.
  func slug(ofTag tag: String) -> String { tags[tag] }
}
