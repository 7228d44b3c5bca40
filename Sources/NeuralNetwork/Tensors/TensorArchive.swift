public import Diagnostics
import Files
import Foundation

/// NumPy's .npz files: arrays by name, as `numpy.savez` and `numpy.savez_compressed` write them.
public struct TensorArchive: Sendable {
  /// The arrays that could be read, by name.
  public let tensors: [String: Tensor]

  /// Most bytes that an archive may have: 512 MiB.
  private static let maximumFileSize = 1 << 29

  /// Reads a .npz file of numbers; they become float32.
  ///
  /// - Throws: `Diagnostic` located at the file.
  public init(contentsOfFile path: String) throws(Diagnostic) {
    let place = SourceLocation(file: path)
    let bytes: [UInt8]
    do throws(RegularFile.Fault) {
      bytes = try RegularFile(path, atMost: Self.maximumFileSize).bytes
    } catch {
      if error == .system(SystemError(code: ENOENT)) { throw .error("the archive does not exist.", at: place) }
      throw .error("the archive cannot be read: \(error).", at: place)
    }
    switch FileKind(bytes) {
    case .numPyArchive?, .zip?, nil: break
    case .numPyArray?:
      throw .error("this is one array, not an archive of several.", at: place, hint: "Save it with `numpy.savez`.")
    case let found?: throw .error("this is not a .npz archive but \(found.name).", at: place)
    }
    do throws(Diagnostic) {
      tensors = try Self.tensors(in: ZipArchive(bytes))
    } catch {
      throw error.located(at: place)
    }
  }

  private static func tensors(in archive: ZipArchive) throws(Diagnostic) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for entry in archive.entries {
      let name = entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : entry.name
      do throws(Diagnostic) {
        tensors[name] = try Tensor(npy: archive.contents(of: entry))
      } catch {
        throw .error("“\(name)”: \(error.summary)", hint: error.hint)
      }
    }
    return tensors
  }
}
