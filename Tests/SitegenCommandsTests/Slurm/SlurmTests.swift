#if os(Linux)
  import Foundation
  import Imaging
  import LocalSlurm
  import TestSupport
  import Testing

  @Suite(
    "A gallery on a cluster", .enabled(if: SlurmCluster.isInstalled, "\(SlurmCluster.absence)"),
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  struct SlurmTests {
    private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardizedFileURL
    private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("sitegen")
    private static let pictureCount = 32
    /// Where the network lies that the content links to.
    private static var reference: String { ReferenceData.url("imagenet/content").path }

    /// Writes a content folder of pictures that all differ.
    private func writeContent(in folder: TemporaryFolder) throws {
      try folder.write("title: Cluster\n", to: "content/site.yml")
      let reference = ReferenceData.url("imagenet/content")
      for name in ["models/squeezenet.md", "models/squeezenet"] {
        try folder.link(reference.appendingPathComponent(name), as: "content/" + name)
      }
      let photo = try Image(contentsOfFile: reference.appendingPathComponent("images/cat-dog.png").path)
      for number in 1...Self.pictureCount {
        let part = photo.cropped(to: Rect(x: number, y: 0, width: 200, height: 200))
        let page = "---\ntitle: Picture \(number)\nmodel: squeezenet\nimage: \(number).png\ntop: 4\n---\n"
        try folder.write(page, to: "content/experiments/\(number).md")
        try Data(part.pngData()).write(to: URL(fileURLWithPath: folder.path("content/experiments/\(number).png")))
      }
    }

    private func build(in folder: TemporaryFolder, store: String, output: String) throws -> String {
      let process = Process()
      process.executableURL = Self.executable
      process.arguments = [
        "build", "--content", folder.path("content"), "--templates", Self.root.appendingPathComponent("templates").path,
        "--store", folder.path(store), "--output", folder.path(output), "--follow-links", Self.reference,
      ]
      try folder.write("", to: "build.log")
      process.standardOutput = try FileHandle(forWritingTo: folder.url.appendingPathComponent("build.log"))
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return try String(contentsOfFile: folder.path("build.log"), encoding: .utf8)
    }

    @Test("an array of parts survives the death of a node, and its site is that of a single process")
    func array() throws {
      let folder = try TemporaryFolder()
      let cluster = try SlurmCluster(in: folder.url)
      try writeContent(in: folder)
      let submitted = try cluster.run(
        "sbatch", "--parsable", "--array=1-4", "--output=\(folder.path("log/task-%a.txt"))",
        "--chdir=\(folder.url.path)",
        Self.root.appendingPathComponent("deploy/slurm/gallery.sbatch").path, "--content", "content", "--templates",
        Self.root.appendingPathComponent("templates").path, "--store", "store",
        "--follow-links", Self.reference,
        environment: ["SITEGEN": Self.executable.path])
      func finished() -> Int {
        ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path("store/figures"))) ?? [])
          .count { $0.contains("/") }
      }
      // In the middle: some figures are done, and the first node is at work.
      try cluster.wait(60, for: "the first figures") { finished() >= 3 }
      try cluster.wait(20, for: "a task on n1") {
        try cluster.run("squeue", "--noheader", "--states=RUNNING", "--format=%N").contains("n1")
      }
      let finishedBefore = finished()
      #expect(finishedBefore < Self.pictureCount)
      try cluster.kill(node: "n1")
      try cluster.wait(120, for: "the end of the array") {
        try cluster.run("squeue", "--noheader", "--format=%A").allSatisfy(\.isWhitespace)
      }
      // Slurm remembers finished tasks for some minutes.
      let array = submitted.trimmingCharacters(in: .whitespacesAndNewlines)
      let tasks = try cluster.run("scontrol", "show", "job", array)
      #expect(
        tasks.components(separatedBy: "Restarts=1").count == 2, "the dead node's task was put back into the queue")
      #expect(finished() == Self.pictureCount)

      // A picture is begun twice only if the node died over it.
      let begun = try (1...4).reduce(0) { count, part in
        try count
          + String(contentsOfFile: folder.path("log/task-\(part).txt"), encoding: .utf8)
          .split(separator: "\n").count { $0.hasPrefix("[") }
      }
      #expect((Self.pictureCount...(Self.pictureCount + 1)).contains(begun))

      #expect(try build(in: folder, store: "store", output: "cluster").contains("Nothing was computed."))
      let single = try build(in: folder, store: "single-store", output: "single")
      #expect(single.contains("\(Self.pictureCount) runs of networks"))
      let sites = try ["cluster", "single"].map { try folder.files(in: $0) }
      #expect(sites[0] == sites[1])
      #expect(sites[0].count > Self.pictureCount * 10)
    }
  }
#endif
