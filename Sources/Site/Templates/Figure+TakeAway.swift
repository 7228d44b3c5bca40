import Foundation

extension Figure {
  /// What a reader can take away of a figure: its files, how to make it again, and how to speak of it.
  public struct TakeAway: Sendable, TemplateView {
    /// The files of a panel.
    public struct Download: Sendable, TemplateView {
      /// The panel's class, layer or picture, and its method.
      let title: String
      /// All that the panel shows in one picture.
      let picture: Picture
      /// The map in colours alone.
      let overlay: Picture?
      /// The raw values, as a .npy file.
      let array: SiteAddress?

      /// Creates an entry.
      ///
      /// - Parameter array: the path of the raw values from the output folder.
      public init(title: String, picture: Picture, overlay: Picture?, array: String?) {
        self.title = title
        self.picture = picture.untold
        self.overlay = overlay?.untold
        self.array = array.map { .file($0) }
      }
    }

    /// The files of its panels.
    let files: [Download]
    /// What the figure was made from, as JSON.
    let manifest: SiteAddress
    /// The command lines that make it again.
    let command: String
    /// Python that computes one of its panels by PyTorch and compares; `nil` where there is none that it could be.
    let check: String?
    /// The page that shows the figure alone; `nil` where it has none.
    let alone: SiteAddress?
    /// HTML that shows that page in another one; `nil` where the site's address is not known.
    private(set) var embedding: String?
    /// An entry for BibTeX.
    private(set) var citation: String?

    /// Creates what can be taken away.
    ///
    /// - Parameters:
    ///   - manifest: the path of the manifest from the output folder.
    ///   - figure: whose it is; `nil` for that of a picture of a collection, which has a page of its own.
    public init(
      files: [Download], manifest: String, command: String, check: String?, of figure: FigureRequest.ID?
    ) {
      self.files = files
      self.manifest = .file(manifest)
      self.command = command
      self.check = check
      alone = figure.map { .file($0.pageAlone) }
    }

    /// The same with what only the page knows on which the figure stands.
    func on(
      _ page: Page, figure: FigureRequest.ID, of configuration: SiteConfiguration, _ strings: Strings
    ) -> TakeAway {
      var copy = self
      copy.embedding = PageLinker.canonical(figure.pageAlone, site: configuration.url).map { address in
        """
        <iframe src="\(MarkupText.escaped(address))" title="\(MarkupText.escaped(page.title))" width="100%" height="560" \
        loading="lazy"></iframe>
        """
      }
      copy.citation = Citation(page, figure: figure.number, of: configuration, strings).bibTeX
      return copy
    }

    /// The same on the page of a picture of a collection.
    func on(
      _ page: Page, picture: LinkContext, of configuration: SiteConfiguration, _ strings: Strings
    ) -> TakeAway {
      var copy = self
      copy.citation = Citation(page, picture: picture, of: configuration, strings).bibTeX
      return copy
    }
  }
}

extension FigureRequest.ID {
  /// The path of the page that shows the figure alone, from the output folder.
  var pageAlone: String { "figures/\(MarkdownName.withoutExtension(page))-\(number).html" }
}
