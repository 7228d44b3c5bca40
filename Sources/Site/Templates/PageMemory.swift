import Files

/// The pages that were rendered last, each with the fingerprint of all that it was made from.
///
/// A page that would be made from the same is not rendered again.
public final class PageMemory: Sendable {
  private struct State {
    var pages: [ExactPath: (fingerprint: Fingerprint, file: OutputFile)] = [:]
    var seen: Set<ExactPath> = []
    var rendered: [String] = []
  }

  private let state = Guarded(State())

  /// A memory of nothing.
  public init() {}

  /// The paths of the pages that the last rendering made anew, sorted.
  public var renderedPages: [String] { state.withLock(\.rendered).sorted() }

  /// Begins to take down what a rendering does.
  func begin() {
    state.withLock { state in
      state.seen = []
      state.rendered = []
    }
  }

  /// The page at `path`, where it was made from the same.
  func page(at path: String, _ fingerprint: Fingerprint) -> OutputFile? {
    state.withLock { state in
      state.seen.insert(ExactPath(path))
      guard let known = state.pages[ExactPath(path)], known.fingerprint == fingerprint else { return nil }
      return known.file
    }
  }

  /// Keeps a page that was rendered.
  func keep(_ file: OutputFile, _ fingerprint: Fingerprint) {
    state.withLock { state in
      state.pages[ExactPath(file.path)] = (fingerprint, file)
      state.rendered.append(file.path)
    }
  }

  /// Forgets the pages that the site no longer has.
  func end() {
    state.withLock { state in
      let seen = state.seen
      state.pages = state.pages.filter { seen.contains($0.key) }
    }
  }
}
