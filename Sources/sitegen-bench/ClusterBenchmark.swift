#if os(Linux)
  import ArgumentParser
  import Foundation
  import LocalSlurm

  /// `sitegen-bench cluster`
  struct ClusterBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cluster",
      abstract: "Times a gallery under Slurm: on one node, on two, and on two of which one dies.",
      discussion: """
        Both nodes are on this machine, with one processor each. Seconds are those from the submission of the job to the \
        end of its last task, Slurm's own delays included.
        """)

    @OptionGroup var options: ProgramOptions
    @OptionGroup var model: MadeUpGallery.Model

    @Option(help: "How many experiments.")
    var experiments = 600

    @Option(help: "Into how many parts the gallery is cut for two nodes.")
    var parts = 4

    @Option(help: "The script that is submitted.")
    var script = "deploy/slurm/gallery.sbatch"

    @Option(help: "The project's templates.")
    var templates = "templates"

    func validate() throws {
      guard SlurmCluster.isInstalled else { throw ValidationError(SlurmCluster.absence) }
      guard parts > 1, experiments >= 4 * parts else {
        throw ValidationError("--parts must be more than 1, and --experiments at least four times as many.")
      }
    }

    /// What was measured.
    private struct Result: Encodable {
      var experiments: Int
      var parts: Int
      var oneNodeSeconds: Double
      var twoNodesSeconds: Double
      /// The time of one node divided by that of two.
      var speedUp: Double
      var nodeKilled: Loss
    }

    /// What the death of a node cost.
    private struct Loss: Encodable {
      var seconds: Double
      var partsRestarted: Int
      /// How many pictures were begun by two tasks.
      var picturesBegunTwice: Int
      /// How many pictures there were when the node died.
      var picturesFinishedBefore: Int
    }

    func run() throws {
      try withScratchFolder { folder in
        _ = try MadeUpGallery(in: folder, experiments: experiments, model: model)
        let cluster = try SlurmCluster(in: folder)
        defer { withExtendedLifetime(cluster) {} }
        let one = try ClusterRun("one", parts: 1, script, arguments, options.program, on: cluster, in: folder).seconds()
        let two = try ClusterRun("two", parts: parts, script, arguments, options.program, on: cluster, in: folder)
          .seconds()
        try printJSON(
          Result(
            experiments: experiments, parts: parts, oneNodeSeconds: one, twoNodesSeconds: two, speedUp: one / two,
            nodeKilled: try loss(on: cluster, in: folder)))
      }
    }

    private var arguments: [String] {
      ["--content", "content", "--templates", URL(fileURLWithPath: templates).path]
    }

    /// Kills a node when about a third of the pictures are done.
    private func loss(on cluster: SlurmCluster, in folder: URL) throws -> Loss {
      let run = try ClusterRun("killed", parts: parts, script, arguments, options.program, on: cluster, in: folder)
      try cluster.wait(600, for: "the first pictures") { run.finishedPictures >= experiments / 3 }
      try cluster.wait(20, for: "a task on n1") {
        try cluster.run("squeue", "--noheader", "--states=RUNNING", "--format=%N").contains("n1")
      }
      let finished = run.finishedPictures
      try cluster.kill(node: "n1")
      let seconds = try run.seconds()
      return Loss(
        seconds: seconds, partsRestarted: try run.restarts(), picturesBegunTwice: run.begunPictures - experiments,
        picturesFinishedBefore: finished)
    }
  }
#endif
