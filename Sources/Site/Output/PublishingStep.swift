import Files
import Hashing

/// One of the steps by which an output folder comes to hold another site, file by file.
enum PublishingStep: Hashable, Sendable {
  /// A file of the staging folder takes its place in the output, where there may be one of ours.
  case place(String, at: String)
  /// A file of the staging folder takes its place, where nothing is yet.
  case add(String, at: String)
  /// A file of ours goes, if it still holds what we wrote.
  case remove(String, hash: String)
}

/// What a build is doing with its staging folder, written down before it begins, for whoever comes after it.
enum Journal: Hashable, Sendable {
  /// The staging folder holds a whole site and changes places with the output. Whichever stands at the output's place is
  /// whole, and is the site; the other one goes.
  case exchange
  /// These steps are taken one after the other. They may be taken again.
  case steps([PublishingStep])

  /// Reads a journal.
  ///
  /// - Returns: `nil` where there is none. A damaged one was not finished, so that nothing was done before it was written;
  ///   it is taken for an exchange, after which nothing goes that is not known to be ours.
  static func read(_ path: String) throws(SystemError) -> Journal? {
    do throws(RegularFile.Fault) {
      guard let bytes = Sealed.open(try RegularFile(path, atMost: 1 << 30).bytes) else { return .exchange }
      return Journal(bytes) ?? .exchange
    } catch {
      guard case .system(let error) = error else { return .exchange }
      if error.code == SystemError.absent.code { return nil }
      throw error
    }
  }

  /// The journal as a file: words, each with a zero byte behind it, which no path holds.
  var bytes: [UInt8] {
    var words: [String]
    switch self {
    case .exchange: words = ["exchange"]
    case .steps(let steps):
      words = ["steps"]
      for step in steps {
        switch step {
        case .place(let source, let target): words += ["place", source, target]
        case .add(let source, let target): words += ["add", source, target]
        case .remove(let path, let hash): words += ["remove", path, hash]
        }
      }
    }
    return Sealed.seal(Array(words.map { $0 + "\0" }.joined().utf8))
  }

  private init?(_ bytes: [UInt8]) {
    let words = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
    guard let kind = words.first, (words.count - 1) % 3 == 0 else { return nil }
    if kind == "exchange", words.count == 1 {
      self = .exchange
      return
    }
    guard kind == "steps" else { return nil }
    var steps: [PublishingStep] = []
    for start in stride(from: 1, to: words.count, by: 3) {
      let (a, b) = (words[start + 1], words[start + 2])
      switch words[start] {
      case "place": steps.append(.place(a, at: b))
      case "add": steps.append(.add(a, at: b))
      case "remove": steps.append(.remove(a, hash: b))
      default: return nil
      }
    }
    self = .steps(steps)
  }
}
