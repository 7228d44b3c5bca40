public import Diagnostics
import Files

/// What one `explain` block asks for: a grid of cells, each a method at a layer for a class of a picture under a network.
public struct FigureRequest: Hashable, Sendable, Identifiable {
  /// Tells the blocks of a site apart.
  public struct ID: Hashable, Sendable, CustomStringConvertible {
    /// The page's path in the content folder, such as `experiments/cat-dog.md`.
    public let page: String
    /// The block's place on the page, counted from 1.
    public let number: Int

    /// Creates the identity of block `number` of `page`.
    public init(page: String, number: Int) {
      self.page = page
      self.number = number
    }

    /// Whether it is the same block; pages are told apart byte by byte, as the file system does.
    public static func == (a: ID, b: ID) -> Bool { a.number == b.number && ExactPath(a.page) == ExactPath(b.page) }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(ExactPath(page))
      hasher.combine(number)
    }

    /// `experiments/cat-dog.md#1`.
    public var description: String { "\(page)#\(number)" }
  }

  /// Which block this is.
  public var id: ID
  /// The line of the block's fence, or of the front matter that stands for a block.
  public var location: SourceLocation
  /// What is asked of each picture under each network, picture by picture; never empty.
  public var parts: [ExplainRequest]
  /// What differs from column to column; `nil` where the block leaves it open.
  public var columns: FigureAxis?
  /// What is written under the figure.
  public var caption: String?
  /// The order of the pictures, where it is a collection of many; `nil` where it is a figure.
  public var order: PictureOrder?
  /// The picture of a collection that it is about alone, by one of `pictureNames`; `nil` for the whole block.
  public var picture: String?

  /// Creates a request.
  public init(
    id: ID, location: SourceLocation, parts: [ExplainRequest], columns: FigureAxis? = nil, caption: String? = nil,
    order: PictureOrder? = nil
  ) {
    self.id = id
    self.location = location
    self.parts = parts
    self.columns = columns
    self.caption = caption
    self.order = order
  }

  /// The folder of the block's pictures, from the output folder.
  public var pictureFolder: String {
    "explanations/\(MarkdownName.withoutExtension(id.page))/\(id.number)" + (picture.map { "/" + $0 } ?? "")
  }
}
