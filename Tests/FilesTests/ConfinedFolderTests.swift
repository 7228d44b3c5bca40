import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Nothing is read out of a folder")
struct ConfinedFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("x", to: "root/inner/file")
    try folder.write("x", to: "outside/file")
    try folder.write("x", to: "root-too/file")
    for (target, link) in [
      ("inner/file", "root/link"), ("../outside/file", "root/out"), ("../outside", "root/folder"),
      ("inner", "root/inside"), ("nothing", "root/dangling"), ("loop", "root/loop"), ("root", "named"),
      ("/etc/passwd", "root/passwd"), ("../root-too/file", "root/prefix"), ("../outside", "root/inner/up"),
    ] { symlink(target, folder.path(link)) }
    mkfifo(folder.path("root/pipe"), 0o600)
  }

  private var real: String { folder.url.resolvingSymlinksInPath().path }

  @Test("links inside are followed, links out of it are not")
  func links() {
    let root = ConfinedFolder(folder.path("root"))
    #expect(root.look(at: "inner/file") == .file)
    #expect(root.look(at: "link") == .file)
    #expect(root.look(at: "inside/file") == .file)
    #expect(root.look(at: "inside") == .folder)
    #expect(root.look(at: "") == .folder)
    #expect(root.look(at: "out") == .outside(real + "/outside/file"))
    #expect(root.look(at: "folder") == .outside(real + "/outside"))
    #expect(root.look(at: "folder/file") == .outside(real + "/outside/file"))
    #expect(root.look(at: "passwd") == .outside("/etc/passwd"))
    // A folder whose name begins alike is another folder.
    #expect(root.look(at: "prefix") == .outside(real + "/root-too/file"))
  }

  @Test("the folder itself may be a link, and others may be allowed")
  func allowed() {
    let named = ConfinedFolder(folder.path("named"), following: [folder.path("outside"), folder.path("not there")])
    #expect(named.look(at: "inner/file") == .file)
    #expect(named.look(at: "out") == .file)
    #expect(named.look(at: "folder/file") == .file)
    #expect(named.look(at: "prefix") == .outside(real + "/root-too/file"))
  }

  @Test("what is no file is told apart")
  func others() {
    let root = ConfinedFolder(folder.path("root"))
    #expect(root.look(at: "pipe") == .other)
    #expect(root.look(at: "none") == .nothing)
    #expect(root.look(at: "dangling") == .nothing)
    #expect(root.look(at: "inner/file/none") == .nothing)
    #expect(root.look(at: "loop") == .unknown(SystemError(code: ELOOP)))
    #expect(root.look(at: String(repeating: "n", count: 300)) == .unknown(SystemError(code: ENAMETOOLONG)))
  }
}

@Suite("A folder is listed whole or not at all")
struct FolderListingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("names come sorted by bytes, folders are told apart, links are none")
  func names() throws {
    for name in ["b", "a", "B", "caf\u{E9}", "cafe\u{301}", "inner/x"] { try folder.write("", to: name) }
    symlink("inner", folder.path("link"))
    let listing = try FolderListing(folder.url.path)
    #expect(
      listing.names.map(ExactPath.init)
        == ["B", "a", "b", "cafe\u{301}", "caf\u{E9}", "inner", "link"].map(ExactPath.init))
    #expect(listing.folders == ["inner"])
  }

  @Test("a folder that is not there, or is a file, is a fault and not empty")
  func faults() throws {
    try folder.write("", to: "file")
    #expect(throws: FolderListing.Fault.system(SystemError(code: ENOENT))) { try FolderListing(folder.path("none")) }
    #expect(throws: FolderListing.Fault.system(SystemError(code: ENOTDIR))) { try FolderListing(folder.path("file")) }
  }

  @Test("a folder that may not be read is a fault", .enabled(if: getuid() != 0, "root may read everything"))
  func permissions() throws {
    try folder.write("", to: "closed/file")
    chmod(folder.path("closed"), 0)
    defer { chmod(folder.path("closed"), 0o700) }
    let fault = #expect(throws: FolderListing.Fault.self) { try FolderListing(folder.path("closed")) }
    #expect(fault?.description == "Permission denied")
  }

  #if os(Linux)
    @Test("a name that is not UTF-8 is a fault that names it")
    func notUTF8() throws {
      let path = folder.path("a").utf8CString.dropLast() + [CChar(bitPattern: 0xFF), 0]
      let file = open(Array(path), O_CREAT | O_WRONLY, 0o600)
      #expect(file >= 0)
      close(file)
      let fault = #expect(throws: FolderListing.Fault.self) { try FolderListing(folder.url.path) }
      #expect(fault?.description == "the name “a\u{FFFD}” is not UTF-8")
    }
  #endif
}
