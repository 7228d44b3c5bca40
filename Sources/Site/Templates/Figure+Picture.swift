import Foundation

extension Figure {
  /// A picture file of the output.
  public struct Picture: Sendable, TemplateView {
    /// Where it lies.
    private(set) var url: SiteAddress
    /// The width in pixels.
    let width: Int
    /// The height in pixels.
    let height: Int
    /// What it shows, for readers who cannot see it.
    private(set) var alt: String

    /// Creates a picture.
    ///
    /// - Parameters:
    ///   - path: the path from the output folder, with `/` between parts.
    ///   - width: the width in pixels.
    ///   - height: the height in pixels.
    ///   - alt: what it shows, for readers who cannot see it.
    public init(path: String, width: Int, height: Int, alt: String) {
      url = .file(path)
      self.width = width
      self.height = height
      self.alt = alt
    }

    /// The address on the web of a picture that has one.
    var address: String { if case .web(let address) = url { MarkupText.escaped(address) } else { "" } }

    /// The name of its file: the same for the same picture on two pages, since the hash of its bytes is in it.
    var fileName: String {
      guard case .file(let path, _) = url else { return "" }
      return RelativePath.name(of: path)
    }

    /// The picture where it need not be described again.
    var untold: Picture {
      var picture = self
      picture.alt = ""
      return picture
    }

    /// The picture by its address on the web, if the site's own address is known.
    func canonical(at site: URL?) -> Picture? {
      guard case .file(let path, _) = url, let address = PageLinker.canonical(path, site: site) else { return nil }
      var picture = self
      picture.url = .web(address)
      return picture
    }
  }
}
