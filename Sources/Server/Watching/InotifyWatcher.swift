#if os(Linux)
  import Files
  import Foundation

  /// Is told of changes by Linux.
  final class InotifyWatcher: ChangeWatcher {
    private let folders: WatchedFolders
    private let wakePipe: WakePipe
    private let descriptor: Int32
    /// What is watched: all of it where there are no names, else what is called so.
    private var watches: [Int32: Set<String>?] = [:]
    /// Whether there may be folders and links that are not watched yet.
    private var isStale = true

    /// What is told. A file is read when whoever writes it has closed it: half of it would be a fault.
    private static let events = UInt32(
      IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB)
    /// Changes that belong together come within so many milliseconds of each other.
    private static let quiet: Int32 = 8
    /// Where changes do not end, some are looked at.
    private static let longest = Duration.milliseconds(200)

    init(_ folders: WatchedFolders, wakePipe: WakePipe) throws(SystemError) {
      (self.folders, self.wakePipe) = (folders, wakePipe)
      descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      guard descriptor >= 0 else { throw .last }
    }

    deinit { close(descriptor) }

    func arm() throws(SystemError) {
      guard isStale else { return }
      var found: [Int32: Set<String>?] = [:]
      for root in folders.roots {
        // A folder that comes, goes, or is replaced is told by the one that it lies in.
        let parent = PathText.folder(of: root)
        if let watch = try watch(parent.isEmpty ? "." : parent), let names = found[watch, default: []] {
          found[watch] = names.union([PathText.name(of: root)])
        }
        if let watch = try watch(root) { found[watch] = .some(nil) }
        for (path, state) in folders.scan(root)?.entries ?? [] where isWatched(state, at: root + "/" + path) {
          if let watch = try watch(root + "/" + path) { found[watch] = .some(nil) }
        }
      }
      for watch in watches.keys where found[watch] == nil { inotify_rm_watch(descriptor, watch) }
      watches = found
      isStale = false
    }

    /// Files are told by their folders, those that links lead to by nobody else.
    private func isWatched(_ state: FolderScan.State, at path: String) -> Bool {
      switch state {
      case .folder: return true
      case .file:
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
      case .special, .missing: return false
      }
    }

    /// - Returns: `nil` where there is nothing to watch.
    /// - Throws: where the system watches no more.
    private func watch(_ path: String) throws(SystemError) -> Int32? {
      let watch = inotify_add_watch(descriptor, path, Self.events)
      if watch >= 0 { return watch }
      let error = SystemError.last
      if [ENOENT, ENOTDIR, EACCES, ELOOP].contains(error.code) { return nil }
      throw error
    }

    func wait() -> Bool {
      repeat {
        let ready = Descriptor.wait(for: [descriptor, wakePipe.descriptor], milliseconds: -1)
        if ready[1] { return false }
      } while !readEvents()
      let start = ContinuousClock.now
      while ContinuousClock.now - start < Self.longest {
        let ready = Descriptor.wait(for: [descriptor, wakePipe.descriptor], milliseconds: Self.quiet)
        if ready[1] { return false }
        guard ready[0] else { break }
        _ = readEvents()
      }
      return true
    }

    /// Reads what has been told.
    ///
    /// - Returns: whether any of it matters.
    private func readEvents() -> Bool {
      var matters = false
      var bytes = [UInt8](repeating: 0, count: 1 << 14)
      while true {
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return matters }
        bytes.withUnsafeBytes { buffer in
          var offset = 0
          while offset + MemoryLayout<inotify_event>.size <= count {
            let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
            let start = offset + MemoryLayout<inotify_event>.size
            offset = start + Int(event.len)
            let name = buffer[start..<min(offset, count)].prefix { $0 != 0 }
            if note(event, String(decoding: name, as: UTF8.self)) { matters = true }
          }
        }
      }
    }

    private func note(_ event: inotify_event, _ name: String) -> Bool {
      if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
        isStale = true
        return true
      }
      // A watch that has ended was told of before, or is no longer wanted.
      guard event.mask & UInt32(IN_IGNORED) == 0, let names = watches[event.wd] else { return false }
      if let names, !names.contains(name) { return false }
      let isEdit = event.mask == UInt32(IN_CLOSE_WRITE) || event.mask == UInt32(IN_ATTRIB)
      if !isEdit { isStale = true }
      return true
    }
  }
#endif
