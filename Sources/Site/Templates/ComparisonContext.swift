/// What the template of a comparison's page sees.
public struct ComparisonContext: Sendable, TemplateView {
  /// The language of the page.
  let language: String
  /// What the first of the two is called.
  let first: String
  /// What the second is called.
  let second: String
  /// What it comes to, as a sentence.
  let verdict: String
  /// Whether a cell changes beyond its limits.
  let isBeyond: Bool
  /// What there is to know, in full sentences.
  let notes: [String]
  /// The names of the table's columns.
  let columns: [String]
  /// The lines of the table, the greatest change first.
  let lines: [ComparedLine]
  /// The cells that are shown, in the same order.
  let cells: [ComparedCell]
  /// How many there are that are not shown; `nil` where none is left out.
  let others: Int?
  /// The address of the style sheet.
  let style: SiteAddress
  /// The address of the numbers.
  let numbers: SiteAddress

  /// Creates the page.
  ///
  /// - Parameters:
  ///   - names: what the two are called.
  ///   - numbers: the path of the JSON file, from the folder of the page.
  public init(
    names: (first: String, second: String), verdict: String, isBeyond: Bool, notes: [String], columns: [String],
    lines: [ComparedLine], cells: [ComparedCell], numbers: String
  ) {
    language = Strings.english.language
    (first, second) = names
    (self.verdict, self.isBeyond, self.notes, self.columns) = (verdict, isBeyond, notes, columns)
    (self.lines, self.cells) = (lines, cells)
    others = lines.count > cells.count ? lines.count - cells.count : nil
    style = .file("style.css")
    self.numbers = .file(numbers)
  }
}

/// A line of the table of a comparison.
public struct ComparedLine: Sendable, TemplateView {
  /// What stands in the columns.
  let values: [String]
  /// The id of the cell where it is shown; `nil` where it is not.
  let id: String?
  /// Whether it changes beyond its limits.
  let isBeyond: Bool

  /// Creates a line.
  public init(values: [String], id: String?, isBeyond: Bool) {
    (self.values, self.id, self.isBeyond) = (values, id, isBeyond)
  }
}

/// A cell of a comparison with its pictures.
public struct ComparedCell: Sendable, TemplateView {
  /// Its id on the page.
  let id: String
  /// What it is about.
  let label: String
  /// Its numbers.
  let facts: [FactView]
  /// Its pictures, from left to right.
  let pictures: [ComparedPicture]
  /// What there is to know, in full sentences.
  let notes: [String]

  /// Creates a cell.
  public init(id: String, label: String, facts: [FactView], pictures: [ComparedPicture], notes: [String]) {
    (self.id, self.label, self.facts, self.pictures, self.notes) = (id, label, facts, pictures, notes)
  }
}

/// A picture of a compared cell.
public struct ComparedPicture: Sendable, TemplateView {
  /// What stands under it.
  let title: String
  /// The file.
  let picture: Figure.Picture
  /// Whether its colours tell where the second is higher, and where the first.
  let isDifference: Bool

  /// Creates a picture.
  public init(title: String, picture: Figure.Picture, isDifference: Bool = false) {
    (self.title, self.picture, self.isDifference) = (title, picture, isDifference)
  }
}

extension TemplateLibrary {
  /// The page of a comparison, and the style sheet that lies beside it.
  ///
  /// - Throws: `Diagnostic` where the page grows beyond bounds, or the style sheet cannot be read.
  public func files(of comparison: ComparisonContext) throws -> [(path: String, bytes: [UInt8])] {
    let linker = PageLinker(path: "index.html")
    var files = [(linker.path, Array(try render("comparison", comparison, linker, .english).utf8))]
    for asset in assets where asset.path == "style.css" { files.append((asset.path, Array(try asset.text.utf8))) }
    return files
  }
}
