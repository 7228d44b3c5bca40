import COneDNN
import Foundation

/// A CPU engine of oneDNN with one stream, its buffers, and the primitives made so far.
///
/// Primitives are cached by everything that determines them, so operators ask for them afresh at each run.
/// An engine runs one computation at a time; its buffers may be released from any thread.
final class Engine {
  let handle: dnnl_engine_t
  private let stream: dnnl_stream_t
  let pool = BufferPool()
  private var primitives: [AnyHashable: Primitive] = [:]
  private var descriptors: [Layout: Descriptor] = [:]

  /// - Throws: `OneDNNError` where there is no CPU engine.
  init() throws(OneDNNError) {
    Self.limitInstructionSet
    Threads.sleepWhileWaiting
    var engine: dnnl_engine_t?
    try check(dnnl_engine_create(&engine, dnnl_cpu, 0), "dnnl_engine_create")
    var stream: dnnl_stream_t?
    let status = engine.map { dnnl_stream_create(&stream, $0, dnnl_stream_default_flags.rawValue) }
    guard let engine, let stream, status == dnnl_success else {
      dnnl_engine_destroy(engine)
      throw OneDNNError(call: "dnnl_stream_create", status: status ?? dnnl_runtime_error)
    }
    self.handle = engine
    self.stream = stream
  }

  /// Keeps oneDNN to AVX2, so that one version of it makes the same gallery on every x86 machine that has AVX2.
  ///
  /// AVX-512 kernels sum in another order, and one rectifier whose input rounds to the other side of zero changes a
  /// whole patch of a gradient. Where AVX-512 runs on 256-bit units it is no faster besides. Who wants it sets
  /// `ONEDNN_MAX_CPU_ISA`.
  private static let limitInstructionSet: Void = {
    guard chosenInstructionSet == nil else { return }
    // Refused only where oneDNN has no such kernels: on other processors, or built without the choice.
    _ = dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2)
  }()

  /// What the user set, by the newer name or the older one.
  private static var chosenInstructionSet: String? {
    let environment = ProcessInfo.processInfo.environment
    return environment["ONEDNN_MAX_CPU_ISA"] ?? environment["DNNL_MAX_CPU_ISA"]
  }

  /// The processor's architecture and the widest instructions that oneDNN uses on it: by which its sums are ordered.
  static let instructionSet: String = {
    // Once oneDNN has said what it uses, it takes no limit any more.
    _ = limitInstructionSet
    let instructions =
      switch dnnl_get_effective_cpu_isa() {
      case dnnl_cpu_isa_sse41: "SSE4.1"
      case dnnl_cpu_isa_avx: "AVX"
      case dnnl_cpu_isa_avx2: "AVX2"
      case dnnl_cpu_isa_avx512_core: "AVX-512"
      case let other: "instructions \(other.rawValue)"
      }
    return "\(architecture), \(instructions)"
  }()

  private static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "Arm 64"
    #else
      "another architecture"
    #endif
  }

  deinit {
    primitives.removeAll()
    dnnl_stream_destroy(stream)
    dnnl_engine_destroy(handle)
  }

  /// The primitive that `recipe` describes, made on first use.
  func primitive(_ recipe: some PrimitiveRecipe) throws(OneDNNError) -> Primitive {
    if let known = primitives[recipe] { return known }
    let primitive = try recipe.makePrimitive(on: self)
    primitives[recipe] = primitive
    return primitive
  }

  /// The descriptor of a layout, made on first use.
  func descriptor(of layout: Layout) -> Descriptor {
    if let known = descriptors[layout] { return known }
    let descriptor = layout.descriptor
    descriptors[layout] = descriptor
    return descriptor
  }

  /// Runs a primitive to its end. Arguments are numbered as oneDNN numbers them (`DNNL_ARG_SRC`…).
  func execute(_ primitive: Primitive, _ arguments: [(Argument, any MemoryConvertible)]) throws(OneDNNError) {
    var handles: [dnnl_memory_t?] = []
    defer { handles.forEach { dnnl_memory_destroy($0) } }
    var list: [dnnl_exec_arg_t] = []
    for (argument, memory) in arguments {
      var handle: dnnl_memory_t?
      let descriptor = memory.descriptor(on: self)
      try check(dnnl_memory_create(&handle, descriptor.handle, self.handle, memory.address), "dnnl_memory_create")
      handles.append(handle)
      list.append(dnnl_exec_arg_t(arg: argument.rawValue, memory: handle))
    }
    try check(
      dnnl_primitive_execute(primitive.handle, stream, Int32(list.count), list), "dnnl_primitive_execute")
    try check(dnnl_stream_wait(stream), "dnnl_stream_wait")
  }
}
