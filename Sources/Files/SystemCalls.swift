import Foundation

/// Calls that the systems share under different names, or that the C library shows to GNU C alone.
enum SystemCalls {
  /// What `rename` shall do where the target exists.
  enum Renaming {
    case exchanging, toNew
  }

  /// Renames.
  ///
  /// - Returns: whether that succeeded; `errno` says why not.
  static func rename(_ source: String, _ target: String, _ renaming: Renaming) -> Bool {
    #if canImport(Darwin)
      return renamex_np(source, target, UInt32(renaming == .exchanging ? RENAME_SWAP : RENAME_EXCL)) == 0
    #else
      guard let renameat2 else {
        errno = ENOSYS
        return false
      }
      // RENAME_EXCHANGE and RENAME_NOREPLACE.
      return renameat2(AT_FDCWD, source, AT_FDCWD, target, renaming == .exchanging ? 2 : 1) == 0
    #endif
  }

  /// Whether the call that failed last does not exist on this system or this file system.
  static var lacksCall: Bool { [EINVAL, ENOSYS, ENOTSUP].contains(errno) }

  #if canImport(Darwin)
    /// Copies the extended attributes of a folder, its access list among them.
    static func copyAttributes(from source: String, to target: String) -> Bool {
      copyfile(source, target, nil, copyfile_flags_t(COPYFILE_XATTR | COPYFILE_ACL)) == 0
    }
  #else
    private typealias Rename =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    private typealias List = @convention(c) (UnsafePointer<CChar>, UnsafeMutableRawPointer?, Int) -> Int
    private typealias Get =
      @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer?, Int) -> Int
    private typealias Set =
      @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeRawPointer?, Int, Int32) -> Int32

    /// glibc's `renameat2`; musl has none.
    private static let renameat2 = function("renameat2", as: Rename.self)
    /// Writes all of a file system to the disk.
    static let syncfs = function("syncfs", as: (@convention(c) (Int32) -> Int32).self)
    private static let list = function("llistxattr", as: List.self)
    private static let get = function("lgetxattr", as: Get.self)
    private static let set = function("lsetxattr", as: Set.self)

    private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
      dlsym(dlopen(nil, RTLD_NOW), name).map { unsafeBitCast($0, to: type) }
    }

    /// Copies the extended attributes of a folder, its access list among them.
    ///
    /// - Returns: false where one could not be copied.
    static func copyAttributes(from source: String, to target: String) -> Bool {
      guard let list, let get, let set else { return true }
      // The names, each with a zero byte behind it.
      guard let names = bytes({ list(source, $0, $1) }) else { return errno == ENOTSUP }
      for name in names.split(separator: 0) {
        let name = String(decoding: name, as: UTF8.self)
        guard let value = bytes({ get(source, name, $0, $1) }) else { return false }
        // What the system itself gives every folder, nobody may set.
        if bytes({ get(target, name, $0, $1) }) == value { continue }
        guard set(target, name, value, value.count, 0) == 0 else {
          return false
        }
      }
      return true
    }

    /// What a call writes that first tells how much it has.
    private static func bytes(_ call: (UnsafeMutableRawPointer?, Int) -> Int) -> [UInt8]? {
      let count = call(nil, 0)
      guard count > 0 else { return count == 0 ? [] : nil }
      var failed = false
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        let found = call(buffer.baseAddress, count)
        failed = found < 0
        filled = max(0, found)
      }
      return failed ? nil : bytes
    }
  #endif
}
