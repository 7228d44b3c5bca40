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
    /// In which widths it comes, from the smallest to its own, for `srcset`; empty where it comes in one alone.
    private(set) var sources: [Copy]

    /// A picture in one of its sizes.
    public struct Copy: Sendable, TemplateView {
      /// Where it lies.
      let url: SiteAddress
      /// The width in pixels.
      let width: Int
      /// The height in pixels.
      let height: Int

      /// Creates a copy.
      ///
      /// - Parameter path: the path from the output folder, with `/` between parts.
      public init(path: String, width: Int, height: Int) {
        self.init(url: .file(path), width: width, height: height)
      }

      init(url: SiteAddress, width: Int, height: Int) {
        (self.url, self.width, self.height) = (url, width, height)
      }
    }

    /// Creates a picture.
    ///
    /// - Parameters:
    ///   - path: the path from the output folder, with `/` between parts.
    ///   - width: the width in pixels.
    ///   - height: the height in pixels.
    ///   - alt: what it shows, for readers who cannot see it.
    ///   - copies: smaller copies of it, the smallest first.
    public init(path: String, width: Int, height: Int, alt: String, copies: [Copy] = []) {
      let own = Copy(path: path, width: width, height: height)
      self.init(own, alt: alt, sources: copies.isEmpty ? [] : copies + [own])
    }

    private init(_ copy: Copy, alt: String, sources: [Copy]) {
      (url, width, height) = (copy.url, copy.width, copy.height)
      self.alt = alt
      self.sources = sources
    }

    /// The picture where it is shown at most `columns` pixels wide: its smallest copy of that width or more, which comes
    /// for finer screens also twice as wide.
    public func fitting(_ columns: Int) -> Picture {
      guard let fit = sources.firstIndex(where: { $0.width >= columns }) else { return self }
      let suitable = sources[fit...].prefix { $0.width <= 2 * columns }
      return Picture(sources[fit], alt: alt, sources: suitable.count > 1 ? Array(suitable) : [])
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

    /// The picture with what another one is said to show.
    func told(like other: Picture?) -> Picture {
      var picture = self
      picture.alt = other?.alt ?? alt
      return picture
    }

    /// The picture by its address on the web, if the site's own address is known.
    func canonical(at site: URL?) -> Picture? {
      guard case .file(let path, _) = url, let address = PageLinker.canonical(path, site: site) else { return nil }
      var picture = self
      picture.url = .web(address)
      picture.sources = []
      return picture
    }
  }
}
