import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Site

/// A build is stopped, or refused something, at each of its calls to the file system in turn.
@Suite("A build that ends halfway")
struct InterruptionTests {
  /// What a file system may lack.
  enum Kind: CaseIterable {
    case complete, withoutExchange, withoutPlaceBeside

    func disk(at number: Int = .max, _ failure: FailingDisk.Failure = .death) -> FailingDisk {
      FailingDisk(
        at: number, failure, hasExchange: self != .withoutExchange, hasPlaceBeside: self != .withoutPlaceBeside)
    }
  }

  /// Each page names the files that it cannot do without.
  private static let old = [
    "index.html": "old a.html gone.html", "a.html": "old pictures/old.png", "gone.html": "old gone/deep/x.png",
    "pictures/old.png": "old", "pictures/same.png": "same", "gone/deep/x.png": "x", "folder/inner.html": "old",
    "flat": "f",
  ]
  private static let new = [
    "index.html": "new a.html b/c.html", "a.html": "new pictures/new.png", "b/c.html": "new pictures/same.png",
    "pictures/new.png": "new", "pictures/same.png": "same", "folder": "a file now", "flat/inner.html": "new",
  ]
  /// What no build wrote.
  private static let own = ["CNAME": "example.org", ".well-known/deep/key": "secret", "pictures/mine.png": "mine"]

  private final class Site {
    let folder: TemporaryFolder
    init() throws {
      folder = try TemporaryFolder(inMemory: true)
      try write(InterruptionTests.old)
      for (path, text) in InterruptionTests.own { try folder.write(text, to: "public/" + path) }
      try FileManager.default.createDirectory(atPath: folder.path("public/empty"), withIntermediateDirectories: true)
      #expect(chmod(folder.path("public"), 0o2750) == 0)
    }

    func begin(_ disk: Disk = Disk()) throws -> SiteUpdate {
      try SiteWriter(
        output: folder.path("public"), shownAs: "public", record: folder.url.appendingPathComponent("record"),
        disk: disk
      ).begin()
    }

    func write(_ files: [String: String], on disk: Disk = Disk()) throws {
      let update = try begin(disk)
      for (path, text) in files {
        update.add(OutputFile(path: path, text: text, origin: "test", isList: path == "index.html"))
      }
      _ = try update.commit()
    }

    /// All that lies in the output but what is at work there.
    func found() throws -> [String: String] {
      try folder.files(in: "public").filter { !$0.key.hasPrefix(".sitegen") }
        .mapValues { String(decoding: $0, as: UTF8.self) }
    }
  }

  private func whole(_ files: [String: String]) -> [String: String] { files.merging(Self.own) { $1 } }

  /// Whether the files that a page names are there, of every page.
  private func isComplete(_ found: [String: String]) -> Bool {
    found.filter { $0.key.hasSuffix(".html") }.allSatisfy { _, text in
      text.split(separator: " ").dropFirst().allSatisfy { found[String($0)] != nil }
    }
  }

  @Test("killed at any call, it leaves a whole site, and the next build leaves nothing of it", arguments: Kind.allCases)
  func death(kind: Kind) throws {
    for number in 0... {
      let site = try Site()
      let inode = FileIdentity(of: site.folder.path("public"))
      let failing = kind.disk(at: number)
      _ = try? site.write(Self.new, on: failing.disk)
      var found = try site.found()
      let isOldOrNew = found == whole(Self.old) || found == whole(Self.new)
      if kind == .complete {
        #expect(isOldOrNew, "after \(number) calls: \(found)")
      } else {
        #expect(
          isComplete(found) && Self.own.allSatisfy { found[$0.key] == $0.value }, "after \(number) calls: \(found)")
      }
      // A build that comes to nothing.
      _ = try site.begin(kind.disk().disk)
      found = try site.found()
      #expect(found == whole(Self.old) || found == whole(Self.new), "after \(number) calls: \(found)")
      let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.url.path).sorted()
      #expect(names == ["public", "record"], "after \(number) calls")
      #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path("public")).contains("empty"))
      try site.write(Self.new, on: kind.disk().disk)
      #expect(try site.found() == whole(Self.new), "after \(number) calls")
      #expect(FileStatus(site.folder.path("public")).mode == 0o2750)
      guard failing.hasFailed else {
        #expect(number > 20)
        #expect(FileIdentity(of: site.folder.path("public")) == inode)
        return
      }
    }
  }

  @Test(
    "refused any call, it leaves a whole site or says that the next build will", arguments: Kind.allCases,
    [ENOSPC, EIO, EACCES])
  func refusal(kind: Kind, code: Int32) throws {
    for number in 0... {
      let site = try Site()
      let failing = kind.disk(at: number, .error(code))
      var fault = ""
      do {
        try site.write(Self.new, on: failing.disk)
      } catch {
        fault = "\(error)"
      }
      let found = try site.found()
      if fault.isEmpty {
        #expect(found == whole(Self.new), "call \(number)")
      } else if fault.contains("holds a part of the new site only") {
        #expect(kind != .complete && isComplete(found), "call \(number): \(found)")
      } else if fault.contains("holds the new site, but") {
        #expect(found == whole(Self.new), "call \(number)")
      } else {
        #expect(found == whole(Self.old), "call \(number): \(fault)")
        #expect(
          fault.hasPrefix("error: The output folder “public” c") || fault.hasPrefix("error: Cannot write public/"),
          "\(fault)")
      }
      try site.write(Self.new)
      #expect(try site.found() == whole(Self.new), "call \(number)")
      let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.url.path).sorted()
      #expect(names == ["public", "record"], "call \(number): \(fault)")
      guard failing.hasFailed else {
        #expect(fault.isEmpty && number > 20)
        return
      }
    }
  }

  @Test("a first build that is killed leaves no site or a whole one", arguments: Kind.allCases)
  func first(kind: Kind) throws {
    for number in 0... {
      let folder = try TemporaryFolder(inMemory: true)
      func write(_ disk: Disk) throws {
        let update = try SiteWriter(output: folder.path("deep/public"), shownAs: "public", disk: disk).begin()
        for (path, text) in Self.new { update.add(OutputFile(path: path, text: text, origin: "test")) }
        _ = try update.commit()
      }
      let failing = kind.disk(at: number)
      _ = try? write(failing.disk)
      try write(kind.disk().disk)
      let found = try folder.files(in: "deep/public").filter { $0.key != ".sitegen" }
      #expect(found.mapValues { String(decoding: $0, as: UTF8.self) } == Self.new, "after \(number) calls")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("deep")) == ["public"])
      if !failing.hasFailed { return }
    }
  }

  @Test("what a killed build of drafts was about to write is never published")
  func drafts() throws {
    for kind in Kind.allCases {
      let site = try Site()
      _ = try? site.write(["draft.html": "secret"], on: kind.disk(at: 12).disk)
      try site.write(Self.new)
      #expect(try site.found() == whole(Self.new))
    }
  }
}
