#if os(Linux)
  import Foundation
  import LocalSlurm

  /// A gallery that a cluster computes into a store of its own.
  struct ClusterRun {
    private let cluster: SlurmCluster
    private let start = ContinuousClock.now
    private let job: String
    private let parts: Int
    private let store: URL
    private let logs: URL

    /// Submits the job.
    ///
    /// - Parameters:
    ///   - name: tells the runs in `folder` apart.
    ///   - parts: into how many parts the gallery is cut.
    ///   - script: what is submitted, with these arguments.
    init(
      _ name: String, parts: Int, _ script: String, _ arguments: [String], _ program: String,
      on cluster: SlurmCluster, in folder: URL
    ) throws {
      self.cluster = cluster
      self.parts = parts
      store = folder.appendingPathComponent("store-\(name)")
      logs = folder.appendingPathComponent("tasks-\(name)")
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
      let command =
        [
          "sbatch", "--parsable", "--array=1-\(parts)", "--output=\(logs.path)/%a.txt", "--chdir=\(folder.path)",
          URL(fileURLWithPath: script).path,
        ] + arguments + ["--store", store.path]
      job = try cluster.run(command, environment: ["SITEGEN": URL(fileURLWithPath: program).path])
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Waits for the end and returns the seconds from the submission.
    func seconds() throws -> Double {
      try cluster.wait(3600, for: "the end of the job", every: 0.2) {
        try cluster.run("squeue", "--noheader", "--format=%A").allSatisfy(\.isWhitespace)
      }
      return (ContinuousClock.now - start) / .seconds(1)
    }

    /// How many pictures have their figures.
    var finishedPictures: Int {
      let paths = try? FileManager.default.subpathsOfDirectory(atPath: store.appendingPathComponent("figures").path)
      return (paths ?? []).count { $0.contains("/") }
    }

    /// How many pictures tasks have begun, by what they said.
    var begunPictures: Int {
      (1...parts).reduce(0) { count, part in
        let log = try? String(contentsOf: logs.appendingPathComponent("\(part).txt"), encoding: .utf8)
        return count + (log ?? "").split(separator: "\n").count { $0.hasPrefix("[") }
      }
    }

    /// How many tasks were put back into the queue.
    func restarts() throws -> Int {
      // Slurm remembers finished tasks for some minutes.
      try cluster.run("scontrol", "show", "job", job).components(separatedBy: "Restarts=1").count - 1
    }
  }
#endif
