import Diagnostics
import Files
import Foundation

extension ContentLoader {
  /// A Markdown file whose front matter has been read; its page can be made once all cards are known.
  struct OpenedFile {
    let path: String
    fileprivate let stamp: FileStamp?
    fileprivate let looks: FolderLooks
    fileprivate let reader: PageReader?
    fileprivate let card: ModelCard?
    fileprivate let faults: DiagnosticList
  }

  /// The file of a model card.
  enum CardFile {
    case opened(OpenedFile)
    /// It says what it said last time.
    case kept(path: String, ContentMemory.File)

    var card: ModelCard? {
      switch self {
      case .opened(let file): file.card
      case .kept(_, let file): file.reading.card
      }
    }

    var frontMatter: String {
      switch self {
      case .opened(let file): file.reader?.frontMatter ?? ""
      case .kept(_, let file): file.reading.frontMatter
      }
    }
  }

  /// What a Markdown file says.
  struct FileReading: Sendable {
    let path: String
    let reading: ContentMemory.Reading
    /// What can be kept of it; `nil` where the file could not be looked at.
    let file: ContentMemory.File?
    /// Whether the file had to be read.
    let isRead: Bool
  }

  /// What the pages of the site have in common.
  func surroundings(_ files: [CardFile]) -> PageReader.Surroundings {
    let cards = Dictionary(files.compactMap(\.card).map { ($0.name, $0) }) { _, last in last }
    let fingerprint = Fingerprint { account in
      account.add(namesFingerprint)
      account.add(configuration.source)
      account.add(includingDrafts ? 1 : 0)
      account.add(reservedIDs.count)
      for id in reservedIDs.sorted() { account.add(id) }
      for file in files {
        account.add(file.card?.name ?? "")
        account.add(file.frontMatter)
      }
    }
    return PageReader.Surroundings(
      configuration: configuration, cards: cards, names: names, reservedIDs: reservedIDs, fingerprint: fingerprint)
  }

  /// The model card at `path`.
  func card(at path: String) -> CardFile {
    memory.card(at: path, in: folder, names: namesFingerprint).map { .kept(path: path, $0) }
      ?? .opened(open(path, kind: .model))
  }

  /// The page of a model.
  func page(of file: CardFile, _ surroundings: PageReader.Surroundings) -> FileReading {
    switch file {
    case .opened(let file): finish(file, surroundings)
    case .kept(let path, _): page(at: path, kind: .model, surroundings)
    }
  }

  /// The page at `path`.
  func page(at path: String, kind: Page.Kind, _ surroundings: PageReader.Surroundings) -> FileReading {
    if let file = memory.page(at: path, in: folder, surroundings: surroundings.fingerprint) {
      return FileReading(path: path, reading: file.reading, file: file, isRead: false)
    }
    return finish(open(path, kind: kind), surroundings)
  }

  private func open(_ path: String, kind: Page.Kind) -> OpenedFile {
    let looks = FolderLooks()
    let folder = folder.noting(looks)
    var faults = DiagnosticList()
    // Before the file is read: if it is changed meanwhile, it will have another stamp.
    let stamp = FileStamp(of: folder.file(path).url.path)
    var reader = PageReader(path: path, kind: kind, folder: folder, diagnostics: &faults)
    let context = SettingsContext(folder: folder, directory: RelativePath.folder(of: path), names: names)
    var card: ModelCard?
    if kind == .model { card = reader?.readModelKeys(context) } else { reader?.readPageKeys(context) }
    return OpenedFile(path: path, stamp: stamp, looks: looks, reader: reader, card: card, faults: faults)
  }

  /// The page of a file, where it has one. A draft that is left out is not checked any further.
  private func finish(_ opened: OpenedFile, _ surroundings: PageReader.Surroundings) -> FileReading {
    var faults = opened.faults
    let isDraft = opened.reader?.isDraft ?? false
    var page = isDraft && !includingDrafts ? nil : opened.reader?.page(surroundings, diagnostics: &faults)
    let looks = opened.looks.all
    page?.fingerprint = Fingerprint { account in
      account.add(surroundings.fingerprint)
      account.add(opened.path)
      account.add(opened.reader?.text ?? "")
      account.add(looks)
    }
    let reading = ContentMemory.Reading(
      card: opened.card, frontMatter: opened.reader?.frontMatter ?? "", page: page, isDraft: isDraft, faults: faults)
    return FileReading(
      path: opened.path, reading: reading,
      file: opened.stamp.map { ContentMemory.File(stamp: $0, looks: looks, reading: reading) }, isRead: true)
  }
}
