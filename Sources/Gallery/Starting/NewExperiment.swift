import Diagnostics
import Files
public import Foundation
import Site

/// `sitegen new experiment`: a page that asks a network about a picture.
public struct NewExperiment {
  /// What it is called: `cat-or-dog` or `Cat or dog?`.
  public var name: String
  /// A PNG or JPEG file, which is copied into the content.
  public var image: String?
  /// The card that is asked; `nil` for the one that `site.yml` names, or the only one.
  public var model: String?
  /// The content folder.
  public var content: String
  /// Folders outside of the content that links in it may lead into.
  public var followedLinks: [String]

  /// Creates the description of an experiment.
  public init(
    name: String, image: String? = nil, model: String? = nil, content: String = "content", followedLinks: [String] = []
  ) {
    self.name = name
    self.image = image
    self.model = model
    self.content = content
    self.followedLinks = followedLinks
  }

  /// Writes the page, and copies the picture.
  ///
  /// - Parameter date: the day that is written into it.
  /// - Throws: `DiagnosticList` with everything that is in the way; nothing is written then.
  public func write(date: Date = Date()) throws -> NewContent {
    let folder = try ContentPlace(content, followedLinks)
    let name = try NewName(name)
    var files = NewFiles()
    var block = ["image: photo.jpg", "top: 2"]
    if let image {
      let picture = FileNames.plain(PathText.name(of: image))
      files.add(PathText.join(content, "images/\(picture)"), .copy(of: image))
      let asked = try model ?? folder.model()
      let suggested = try SuggestedClasses(of: image, under: asked, content: content, followedLinks: followedLinks)
      block = ["image: \(NewName.quoted(picture))"] + suggested.lines + ["# alt: What the picture shows."]
      if model != nil || folder.defaultModel == nil { block.insert("model: \(asked)", at: 1) }
    }
    files.add(
      PathText.join(content, "experiments/\(name.slug).md"),
      text: Self.page(name, date: date, block: block, isExample: image == nil))
    var warnings = DiagnosticList()
    if image == nil {
      warnings.append(
        .warning(
          "The page asks nothing yet.",
          at: SourceLocation(file: PathText.join(content, "experiments/\(name.slug).md")),
          hint: "Follow what it says, or begin with --image PHOTO."))
    }
    return NewContent(files: try files.write(), warnings: warnings)
  }

  /// - Parameter isExample: whether the block is only shown, since there is no picture yet.
  static func page(_ name: NewName, date: Date, block: [String], isExample: Bool) -> String {
    let day = date.formatted(.iso8601.year().month().day())
    let fence = ["```explain"] + block + ["```"]
    let lines = ["---", "title: \(name.title)", "date: \(day)", "---"]
    let example =
      ["Put a picture into `content/images`, and a block like this here:", "", "````"] + fence + ["````", ""]
    return (lines + (isExample ? example : ["What the network is asked, and what it answers.", ""] + fence + [""]))
      .joined(separator: "\n")
  }
}
