import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Site

@Suite("What no build wrote stays")
struct ForeignFilesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @discardableResult
  private func write(_ files: [String: String]) throws -> SiteUpdate.Summary {
    let update = try SiteWriter(output: folder.path("public"), shownAs: "public").begin()
    for (path, text) in files { update.add(OutputFile(path: path, text: text, origin: "content/\(path)")) }
    return try update.commit()
  }

  private func faults(_ files: [String: String]) throws -> [String] {
    let error = #expect(throws: DiagnosticList.self) { try write(files) }
    return try #require(error).all.map(\.description).sorted()
  }

  private func found() throws -> [String: String] {
    try folder.files(in: "public").filter { $0.key != ".sitegen" }.mapValues { String(decoding: $0, as: UTF8.self) }
  }

  @Test("files, folders, links and pipes that no build wrote outlive every build, and nothing is left beside")
  func staying() throws {
    try write(["index.html": "1", "old/page.html": "1"])
    let own = [
      "CNAME": "example.org", ".nojekyll": "", ".well-known/a/b": "key", "old/mine.html": "a page of one's own",
    ]
    for (path, text) in own { try folder.write(text, to: "public/" + path) }
    try FileManager.default.createDirectory(atPath: folder.path("public/empty"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: folder.path("public/link"), withDestinationPath: "nowhere")
    #expect(mkfifo(folder.path("public/pipe"), 0o600) == 0)
    #expect(try write(["index.html": "2"]) == SiteUpdate.Summary(written: 1, unchanged: 0, removed: 1))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("public")).sorted()
        == [".nojekyll", ".sitegen", ".well-known", "CNAME", "empty", "index.html", "link", "old", "pipe"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["public"])
    // It cannot be read.
    #expect(unlink(folder.path("public/pipe")) == 0)
    #expect(try found() == own.merging(["index.html": "2"]) { $1 })
  }

  @Test("the folder stays the one it is: for programs in it, and with its mode and attributes")
  func sameFolder() throws {
    try write(["index.html": "1", "deep/page.html": "1"])
    #expect(chmod(folder.path("public"), 0o2711) == 0)
    let before = try #require(FileIdentity(of: folder.path("public")))
    let deep = try #require(FileIdentity(of: folder.path("public/deep")))
    let hasAttributes = ExtendedAttribute.set("user.test", "kept", of: folder.path("public"))
    let open = Foundation.open(folder.path("public"), O_RDONLY)
    defer { close(open) }
    for text in ["2", "3"] { try write(["index.html": text, "deep/page.html": text]) }
    #expect(FileIdentity(of: folder.path("public")) == before)
    #expect(FileIdentity(of: folder.path("public/deep")) == deep)
    #expect(FileStatus(folder.path("public")).mode == 0o2711)
    if hasAttributes { #expect(ExtendedAttribute.get("user.test", of: folder.path("public")) == "kept") }
    // As a program sees it that has the folder as its current one.
    let file = openat(open, "index.html", O_RDONLY)
    defer { close(file) }
    var status = stat()
    #expect(fstat(file, &status) == 0)
    #expect(FileIdentity(of: folder.path("public/index.html"))?.inode == UInt64(status.st_ino))
  }

  @Test("the owner stays", .enabled(if: getuid() == 0, "only root may give a folder away"))
  func owner() throws {
    try write(["index.html": "1"])
    #expect(chown(folder.path("public"), 12345, 12346) == 0)
    try write(["index.html": "2"])
    #expect(FileStatus(folder.path("public")).owner == 12345)
    #expect(FileStatus(folder.path("public")).group == 12346)
  }

  @Test("a page in the place of something that no build wrote is a fault, and nothing is changed")
  func inTheWay() throws {
    try write(["index.html": "1"])
    try folder.write("mine", to: "public/CNAME")
    try folder.write("mine", to: "public/notes/today.txt")
    try folder.write("elsewhere", to: "other/page.html")
    try FileManager.default.createSymbolicLink(atPath: folder.path("public/linked"), withDestinationPath: "../other")
    try FileManager.default.createDirectory(atPath: folder.path("public/hollow"), withIntermediateDirectories: true)
    let before = try found()
    #expect(
      try faults([
        "CNAME": "x", "notes": "x", "CNAME2/x": "x", "linked/page.html": "x", "hollow": "x", "index.html": "2",
      ]) == [
        "error: content/CNAME would be written to public/CNAME, which no build wrote. Move one of the two away.",
        "error: content/hollow would be written to public/hollow, but public/hollow is in the way and no build wrote it. Move one of the two away.",
        "error: content/linked/page.html would be written to public/linked/page.html, but public/linked is in the way and no build wrote it. Move one of the two away.",
        "error: content/notes would be written to public/notes, but public/notes/today.txt is in the way and no build wrote it. Move one of the two away.",
      ])
    #expect(
      try faults(["CNAME/x": "x"]) == [
        "error: content/CNAME/x would be written to public/CNAME/x, but public/CNAME is in the way and no build wrote it. Move one of the two away."
      ])
    #expect(try found() == before)
    #expect(try String(contentsOfFile: folder.path("other/page.html"), encoding: .utf8) == "elsewhere")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["other", "public"])
  }

  @Test("what one wrote oneself and a build would write the same is no fault")
  func same() throws {
    try write(["index.html": "1"])
    try folder.write("example.org", to: "public/CNAME")
    #expect(
      try write(["index.html": "1", "CNAME": "example.org"])
        == SiteUpdate.Summary(written: 0, unchanged: 2, removed: 0))
  }

  @Test("a page that was changed by hand and is no longer part of the site stays, and that is said")
  func changedByHand() throws {
    try write(["index.html": "1", "a.html": "1", "b.html": "1"])
    try folder.write("mine now", to: "public/a.html")
    let summary = try write(["index.html": "1"])
    #expect(summary.removed == 1)
    #expect(
      summary.warnings.map(\.description) == [
        "warning: public/a.html is no longer part of the site, but it was changed by hand, and stays. Delete it if you do not need it."
      ])
    #expect(try found() == ["index.html": "1", "a.html": "mine now"])
    #expect(try write(["index.html": "1"]).warnings.isEmpty)
    #expect(try found() == ["index.html": "1", "a.html": "mine now"])
  }

  @Test(
    "the output of an earlier version, which has no list, is brought up to date; what else is there stays and is named")
  func withoutList() throws {
    try folder.write(SiteMarker.textWithoutList, to: "public/.sitegen")
    for (path, text) in ["index.html": "1", "same.html": "1", "old.html": "1", "CNAME": "example.org"] {
      try folder.write(text, to: "public/" + path)
    }
    let summary = try write(["index.html": "2", "same.html": "1"])
    #expect(
      summary.warnings.map(\.description) == [
        "warning: The output folder “public” does not say which files in it are sitegen’s. These are not part of the site and stay: CNAME, old.html. Delete those that you do not need."
      ])
    #expect(try found() == ["index.html": "2", "same.html": "1", "old.html": "1", "CNAME": "example.org"])
    #expect(try write(["index.html": "2"]).warnings.isEmpty)
    #expect(try found() == ["index.html": "2", "old.html": "1", "CNAME": "example.org"])
  }

  @Test("whatever is called like a backup of one's own, beside the output, is nobody's litter")
  func backups() throws {
    let own = [
      ".public.old-1", ".public.old-999999999", ".public.staging-999999999", ".public.sitegen-0123456789abcdef",
      ".public.sitegen-backup", ".public.bak",
    ]
    try write(["index.html": "1"])
    for name in own { try folder.write("mine", to: name + "/index.html") }
    try folder.write("not a lock", to: ".public.sitegen-0123456789abcdef/lock")
    try write(["index.html": "2"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == (own + ["public"]).sorted())
    for name in own {
      #expect(try String(contentsOfFile: folder.path(name + "/index.html"), encoding: .utf8) == "mine")
    }
  }

  @Test("a file in the place of the lock is a fault")
  func foreignLock() throws {
    try write(["index.html": "1"])
    try folder.write("mine", to: "public/.sitegen-lock")
    #expect(
      try faults(["index.html": "2"]) == [
        "error: public/.sitegen-lock is in the way of the build's lock, and no build wrote it. Move it away."
      ])
    #expect(try found()["index.html"] == "1")
    #expect(try found()[".sitegen-lock"] == "mine")
  }

  @Test("a file of ours that has other names is replaced and never written into")
  func otherNames() throws {
    try write(["index.html": "1", "same.html": "s"])
    for name in ["index.html", "same.html"] {
      #expect(link(folder.path("public/" + name), folder.path("backup-" + name)) == 0)
    }
    try write(["index.html": "2", "same.html": "s"])
    #expect(try String(contentsOfFile: folder.path("backup-index.html"), encoding: .utf8) == "1")
    #expect(try found() == ["index.html": "2", "same.html": "s"])
  }

  @Test("a repository in the output is not even moved")
  func repository() throws {
    try write(["index.html": "1"])
    for number in 0..<300 { try folder.write("object", to: "public/.git/objects/\(number)") }
    let before = FileIdentity(of: folder.path("public/.git"))
    try write(["index.html": "2"])
    #expect(FileIdentity(of: folder.path("public/.git")) == before)
    #expect(try folder.files(in: "public/.git").count == 300)
    #expect(try found()["index.html"] == "2")
  }

  @Test("pages that differ from others in the form of their names only are still other files")
  func unicode() throws {
    try write(["index.html": "1", "U\u{308}.html": "ours"])
    // Its name has another form of the same letter.
    let path = Array(folder.path("public").utf8) + Array("/\u{DC}.html".utf8) + [0]
    let file = path.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_WRONLY | O_CREAT | O_EXCL, 0o600) }
    }
    guard file >= 0 else { return }
    Foundation.write(file, "mine", 4)
    close(file)
    try write(["index.html": "2"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("public")).count == 3)
  }
}

/// What the system tells of a file.
struct FileStatus {
  let mode: UInt32
  let owner: UInt32
  let group: UInt32

  init(_ path: String) {
    var status = stat()
    lstat(path, &status)
    mode = UInt32(status.st_mode) & 0o7777
    owner = status.st_uid
    group = status.st_gid
  }
}

/// Attributes that a test sets; none where the file system has none.
enum ExtendedAttribute {
  #if canImport(Darwin)
    static func set(_ name: String, _ value: String, of path: String) -> Bool {
      setxattr(path, name, value, value.utf8.count, 0, 0) == 0
    }
    static func get(_ name: String, of path: String) -> String? {
      var bytes = [UInt8](repeating: 0, count: 100)
      let count = getxattr(path, name, &bytes, bytes.count, 0, 0)
      return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
  #else
    private typealias Set =
      @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeRawPointer?, Int, Int32) -> Int32
    private typealias Get =
      @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer?, Int) -> Int

    static func set(_ name: String, _ value: String, of path: String) -> Bool {
      guard let call = dlsym(dlopen(nil, RTLD_NOW), "setxattr") else { return false }
      return unsafeBitCast(call, to: Set.self)(path, name, value, value.utf8.count, 0) == 0
    }
    static func get(_ name: String, of path: String) -> String? {
      guard let call = dlsym(dlopen(nil, RTLD_NOW), "getxattr") else { return nil }
      var bytes = [UInt8](repeating: 0, count: 100)
      let count = unsafeBitCast(call, to: Get.self)(path, name, &bytes, bytes.count)
      return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
  #endif
}
