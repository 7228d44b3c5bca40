import Files
import Foundation
import Imaging
import Site

extension SiteContent {
  /// How large the pictures are that texts show; those that no browser could be told of in advance are missing.
  func pictureSizes(jobs: Int) -> [ContentFile: PictureSize] {
    let sizes = Parallel.map(textPictures, jobs: jobs) { file in
      Image.size(ofFileAt: file.url.path).map { (file, PictureSize(width: $0.width, height: $0.height)) }
    }
    return Dictionary(sizes.compactMap { $0 }) { first, _ in first }
  }
}
