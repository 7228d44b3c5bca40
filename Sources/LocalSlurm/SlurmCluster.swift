#if os(Linux)
  public import Foundation

  /// A Slurm cluster of two nodes, n1 and n2, on this machine, with one processor each.
  public final class SlurmCluster {
    /// A command that failed or something that did not happen.
    public struct Failure: Error, CustomStringConvertible {
      /// What went wrong.
      public let description: String
    }

    /// Whether the daemons and commands are installed.
    public static let isInstalled = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue"]
      .allSatisfy { tool($0) != nil }

    /// What to say where they are not.
    public static let absence = "Slurm is not installed: apt-get install slurm-wlm munge."

    private let folder: URL
    private let configuration: String
    private var daemons: [String] = []

    /// Starts the daemons and waits until both nodes are idle. They end with the object.
    ///
    /// - Parameter folder: where the cluster keeps its files.
    public init(in folder: URL) throws {
      self.folder = folder
      configuration = folder.appendingPathComponent("slurm.conf").path
      for name in ["run", "state", "log", "spool/n1", "spool/n2"] {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
      }
      try Data(Self.configuration(folder: folder.path).utf8).write(to: URL(fileURLWithPath: configuration))
      let key = path("munge.key")
      try Data((0..<128).map { _ in UInt8.random(in: 0...255) }).write(to: URL(fileURLWithPath: key))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      daemons = ["munged"]
      try run(
        "munged", "--key-file=\(key)", "--socket=\(path("run/munge.socket"))",
        "--pid-file=\(path("run/munged.pid"))", "--log-file=\(path("log/munged.log"))",
        "--seed-file=\(path("run/munged.seed"))", "--num-threads=1")
      for (name, arguments) in [
        ("slurmctld", ["-c"]), ("slurmd.n1", ["-N", "n1"]), ("slurmd.n2", ["-N", "n2"]),
      ] {
        daemons.append(name)
        try run([String(name.prefix { $0 != "." })] + arguments)
      }
      try wait(20, for: "two idle nodes") {
        try run("sinfo", "--noheader", "--format=%T").split(separator: "\n").map(String.init) == ["idle"]
      }
    }

    deinit {
      _ = try? run("scancel", "--user=\(NSUserName())")
      for name in daemons.reversed() { stop(name) }
      // A slurmd that was busy with a step leaves a child that no longer listens to signals.
      for process in processes(where: { $0.contains("SLURM_CONF=\(configuration)") }) {
        Foundation.kill(process, SIGKILL)
      }
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private static func configuration(folder: String) -> String {
      // Ports of one's own, so that several clusters can run at a time.
      let port = Int.random(in: 20_000...50_000)
      var name = [CChar](repeating: 0, count: 256)
      gethostname(&name, name.count - 1)
      let host = String(cString: name).split(separator: ".").first.map(String.init) ?? "localhost"
      return """
        ClusterName=test
        SlurmctldHost=\(host)(127.0.0.1)
        SlurmctldPort=\(port)
        SlurmUser=\(NSUserName())
        SlurmdUser=\(NSUserName())
        AuthInfo=socket=\(folder)/run/munge.socket,cred_expire=10
        CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        MailProg=/bin/true
        StateSaveLocation=\(folder)/state
        SlurmdSpoolDir=\(folder)/spool/%n
        SlurmctldPidFile=\(folder)/run/slurmctld.pid
        SlurmdPidFile=\(folder)/run/slurmd.%n.pid
        SlurmctldLogFile=\(folder)/log/slurmctld.log
        SlurmdLogFile=\(folder)/log/slurmd.%n.log
        SlurmdTimeout=10
        ReturnToService=2
        SchedulerParameters=sched_interval=2,bf_interval=5
        NodeName=n[1-2] NodeHostname=\(host) NodeAddr=127.0.0.1 Port=[\(port + 1)-\(port + 2)] CPUs=1
        PartitionName=p Nodes=n[1-2] Default=YES

        """
    }

    // MARK: - Commands

    private static func tool(_ name: String) -> String? {
      ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"].map { $0 + name }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a command of Slurm's and returns what it prints.
    @discardableResult
    public func run(_ arguments: String..., environment: [String: String] = [:]) throws -> String {
      try run(arguments, environment: environment)
    }

    /// Runs a command of Slurm's and returns what it prints.
    @discardableResult
    public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> String {
      guard let path = Self.tool(arguments[0]) else { throw Failure(description: "\(arguments[0]) is missing") }
      // Foundation's Process waits for whoever has inherited its end of a socket, daemons among them.
      let output = folder.appendingPathComponent("log/\(UUID().uuidString)")
      var files = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&files)
      defer { posix_spawn_file_actions_destroy(&files) }
      posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&files, 1, output.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      posix_spawn_file_actions_adddup2(&files, 1, 2)
      var words = ([path] + arguments.dropFirst()).map { strdup($0) } + [nil]
      defer { words.forEach { free($0) } }
      let variables = ProcessInfo.processInfo.environment
        .merging(["SLURM_CONF": configuration]) { $1 }.merging(environment) { $1 }
      var pairs = variables.map { strdup("\($0)=\($1)") } + [nil]
      defer { pairs.forEach { free($0) } }
      var process: pid_t = 0
      var status: Int32 = 0
      guard posix_spawn(&process, path, &files, nil, &words, &pairs) == 0, waitpid(process, &status, 0) == process
      else {
        throw Failure(description: "\(path) cannot be run")
      }
      let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
      guard status == 0 else {
        throw Failure(description: "\(arguments.joined(separator: " ")) failed: \(text)")
      }
      return text
    }

    /// Waits until `condition` holds, with a look at it every `interval` seconds.
    public func wait(
      _ seconds: Double, for what: String, every interval: Double = 0.05, until condition: () throws -> Bool
    ) throws {
      let end = Date().addingTimeInterval(seconds)
      while try !condition() {
        guard Date() < end else { throw Failure(description: "waited in vain for \(what)\n\(logs)") }
        Thread.sleep(forTimeInterval: interval)
      }
    }

    private var logs: String {
      ["slurmctld", "slurmd.n1", "slurmd.n2"]
        .map { (try? String(contentsOfFile: path("log/\($0).log"), encoding: .utf8)) ?? "" }
        .map { $0.suffix(1500) }.joined(separator: "\n--\n")
    }

    // MARK: - Processes

    /// Kills a node as a power cut would: its daemon, the step on it and the task.
    public func kill(node: String) throws {
      let tasks = processes { environment in
        environment.contains("SLURMD_NODENAME=\(node)") && environment.contains("SLURM_CONF=\(configuration)")
      }
      let steps = tasks.compactMap(Self.parent).filter { Self.name($0)?.hasPrefix("slurmstepd") == true }
      // The steps first, so that none can still report the end of its task.
      for process in steps + tasks { Foundation.kill(process, SIGKILL) }
      stop("slurmd.\(node)", signal: SIGKILL)
      try run("scontrol", "update", "NodeName=\(node)", "State=DOWN", "Reason=killed")
    }

    /// Stops the daemon that has a pid file, if it is the process that the file means.
    private func stop(_ daemon: String, signal: Int32 = SIGTERM) {
      guard let text = try? String(contentsOfFile: path("run/\(daemon).pid"), encoding: .utf8),
        let process = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)),
        let name = Self.name(process), daemon.hasPrefix(name)
      else { return }
      Foundation.kill(process, signal)
      for _ in 0..<100 where Foundation.kill(process, 0) == 0 { Thread.sleep(forTimeInterval: 0.02) }
    }

    private func processes(where matches: ([String]) -> Bool) -> [Int32] {
      let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return all.compactMap { Int32($0) }.filter { process in
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return false }
        return matches(data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
      }
    }

    private static func name(_ process: Int32) -> String? {
      (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8))?
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func parent(_ process: Int32) -> Int32? {
      // After the name in parentheses: the state, then the parent.
      let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      return status?.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { Int32($0) }
    }
  }
#endif
