import CZlib
import Diagnostics

/// The files of a ZIP archive in memory, stored or deflated; none of them is ever written anywhere.
///
/// Source: PKWARE's APPNOTE 6.3. What counts is the directory at the end. Sizes are believed only where they are within bounds,
/// and a file's bytes only where they have its CRC-32.
struct ZipArchive {
  /// A file of the archive.
  struct Entry {
    let name: String
    /// Bytes once unpacked.
    let size: Int
    fileprivate let isDeflated: Bool
    fileprivate let checksum: UInt32
    /// Its packed bytes.
    fileprivate let place: Range<Int>
  }

  let entries: [Entry]
  private let bytes: [UInt8]

  /// More files than that are no arrays of one network.
  private static let mostEntries = 256
  /// Most bytes of all files together: 1 GiB.
  private static let mostBytes = 1 << 30

  /// - Throws: `Diagnostic` where the bytes are no archive, or one that nobody honest makes.
  init(_ bytes: [UInt8]) throws(Diagnostic) {
    self.bytes = bytes
    let end = try Self.end(of: bytes)
    let reader = LittleEndian(bytes)
    let count = try reader.number(at: end + 10, bytes: 2)
    guard count <= Self.mostEntries else {
      throw .error("the archive has \(count) files; \(Self.mostEntries) are read.")
    }
    var position = try reader.number(at: end + 16, bytes: 4)
    var entries: [Entry] = []
    var total = 0
    for _ in 0..<count {
      guard try reader.number(at: position, bytes: 4) == 0x0201_4B50 else { throw Self.damaged }
      let lengths = (
        name: try reader.number(at: position + 28, bytes: 2), extra: try reader.number(at: position + 30, bytes: 2),
        comment: try reader.number(at: position + 32, bytes: 2)
      )
      let name = String(decoding: try reader.bytes(at: position + 46, count: lengths.name), as: UTF8.self)
      guard try reader.number(at: position + 8, bytes: 2) & 1 == 0 else {
        throw .error("“\(name)” in the archive is encrypted.", hint: "Save it again with `numpy.savez`.")
      }
      let method = try reader.number(at: position + 10, bytes: 2)
      guard method == 0 || method == 8 else {
        throw .error(
          "“\(name)” in the archive is packed by method \(method); stored and deflated files can be read.",
          hint: "Save it again with `numpy.savez`.")
      }
      let (packed, size) = (
        try reader.number(at: position + 20, bytes: 4), try reader.number(at: position + 24, bytes: 4)
      )
      total += size
      guard total <= Self.mostBytes else {
        throw .error("the archive unpacks to more than \(Self.mostBytes >> 20) MiB.")
      }
      // A byte of deflate stands for 1032 at most.
      guard method == 8 ? size <= 1032 * packed : size == packed else { throw Self.damaged }
      let header = try reader.number(at: position + 42, bytes: 4)
      guard try reader.number(at: header, bytes: 4) == 0x0403_4B50 else { throw Self.damaged }
      // The names and extra fields of both headers may differ in length.
      let start = try header + 30 + reader.number(at: header + 26, bytes: 2) + reader.number(at: header + 28, bytes: 2)
      guard start <= bytes.count, packed <= bytes.count - start else { throw .error("the archive ends too early.") }
      guard !entries.contains(where: { $0.name == name }) else {
        throw .error("the archive has two files “\(name)”.", hint: "Save it again with `numpy.savez`.")
      }
      entries.append(
        Entry(
          name: name, size: size, isDeflated: method == 8,
          checksum: UInt32(try reader.number(at: position + 16, bytes: 4)), place: start..<start + packed))
      position += 46 + lengths.name + lengths.extra + lengths.comment
    }
    self.entries = entries
  }

  private static let damaged = Diagnostic.error("the archive is damaged.", hint: "Save it again with `numpy.savez`.")

  /// Where the record begins that ends an archive, behind which only a comment may stand.
  private static func end(of bytes: [UInt8]) throws(Diagnostic) -> Int {
    let (record, longestComment) = (22, 0xFFFF)
    guard bytes.count >= record else { throw .error("the archive ends too early.") }
    for start in stride(from: bytes.count - record, through: max(0, bytes.count - record - longestComment), by: -1)
    where bytes[start] == 0x50 && bytes[start...].starts(with: [0x50, 0x4B, 0x05, 0x06]) { return start }
    throw .error("the archive ends too early.")
  }

  /// The unpacked bytes of a file.
  ///
  /// - Throws: `Diagnostic` where they are not what the archive says of them.
  func contents(of entry: Entry) throws(Diagnostic) -> [UInt8] {
    let packed = bytes[entry.place]
    let unpacked = entry.isDeflated ? Self.inflate(packed, to: entry.size) : Array(packed)
    let checksum = unpacked.map { bytes in
      bytes.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
    }
    guard let unpacked, checksum == entry.checksum else {
      throw .error("“\(entry.name)” in the archive is damaged.", hint: "Save it again with `numpy.savez`.")
    }
    return unpacked
  }

  /// - Returns: `nil` where the bytes do not unpack to just so many.
  private static func inflate(_ packed: ArraySlice<UInt8>, to size: Int) -> [UInt8]? {
    var isSound = false
    let unpacked = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      // zlib takes no pointer to nothing.
      var none: UInt8 = 0
      isSound = packed.withUnsafeBufferPointer { packed in
        withUnsafeMutablePointer(to: &none) { none in
          czlib_inflate(packed.baseAddress, UInt32(packed.count), buffer.baseAddress ?? none, UInt32(size)) == 1
        }
      }
      filled = isSound ? size : 0
    }
    return isSound ? unpacked : nil
  }
}

/// Numbers of a file that has the lowest byte first.
private struct LittleEndian {
  private let all: [UInt8]

  init(_ all: [UInt8]) { self.all = all }

  func bytes(at position: Int, count: Int) throws(Diagnostic) -> ArraySlice<UInt8> {
    guard position >= 0, position <= all.count, count <= all.count - position else {
      throw .error("the archive ends too early.")
    }
    return all[position..<position + count]
  }

  func number(at position: Int, bytes count: Int) throws(Diagnostic) -> Int {
    try bytes(at: position, count: count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
