import Foundation
import Gallery
import Imaging
import TestSupport
import Testing

@Suite("Panels of the reference photo", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ReferencePanelTests {
  private static let page = """
    ---
    title: Cat or dog?
    model: squeezenet
    ---
    ```explain
    image: cat-dog.png
    classes: [tiger cat, 242, n02108422]
    layer: fire9/concat
    colormap: jet
    blend: flat
    ```
    """

  @Test("they look like those of the PyTorch libraries")
  func panels() throws {
    let folder = try TemporaryFolder()
    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.write(Self.page, to: "content/experiments/cat-dog.md")
    let reference = ReferenceData.url("imagenet/content")
    for name in ["models/squeezenet.md", "models/squeezenet", "images"] {
      try folder.copy(reference.appendingPathComponent(name), as: "content/" + name)
    }
    _ = try Gallery(
      BuildOptions(
        content: folder.path("content"), templates: TabletopContent.templates.path, output: folder.path("public"))
    ).build()
    let pictures = try folder.files(in: "public/explanations/experiments/cat-dog/1").keys
    // Rows: tiger cat, boxer, bull mastiff; columns of 227 pixels: photo, guided, Grad-CAM in jet, Guided Grad-CAM.
    let sheet = try Image(contentsOfFile: ReferenceData.url("imagenet/reference/panels.png").path)
    for (row, index) in [282, 242, 243].enumerated() {
      for (column, panel) in ["guided-backprop.png", "grad-cam.jpg", "guided-grad-cam.png"].enumerated() {
        let cell = Rect(x: (column + 1) * 227, y: row * 227, width: 227, height: 227)
        let expected = sheet.cropped(to: cell)
        let name = try #require(pictures.first { $0.withoutHash == "\(index)-\(panel)" })
        let path = folder.path("public/explanations/experiments/cat-dog/1/\(name)")
        let found = try Image(contentsOfFile: path).resized(width: 227, height: 227)
        let difference = zip(found.pixels, expected.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(Double(difference) / Double(found.pixels.count) < 4, "\(panel) of \(index)")
      }
    }
  }
}
