import Foundation
import Imaging
import TestSupport
import Testing
import Vocabulary

/// A small site whose page `figures.html` has figures with known maps, built by the real program.
///
/// Figure 1 has four classes, figure 2 three layers, figure 3 no map at all.
final class FigureSite {
  let folder: TemporaryFolder
  private var server: FolderServer?

  /// How readers come to a page.
  enum Visit: String, CaseIterable, CustomTestStringConvertible {
    case file, web
    var testDescription: String { self == .file ? "from a folder" : "over HTTP below a path" }
  }

  static let classes = [("mug", 0.62), ("apple", 0.2), ("light bulb", 0.1), ("mug", 0.004)]
  static let layers = ["relu2", "relu4", "relu6"]
  static let classMaps = [
    SampleMap(seed: 1, strength: 1), SampleMap(seed: 2, strength: 0.5, view: [-0.1, 0.15, 1.2, 0.7]),
    SampleMap(seed: 3, strength: 2), SampleMap(seed: 4, strength: 0.25),
  ]
  /// The colours of signed maps, where there are any.
  private static let diverging = Colormap(rawValue: "coolwarm")
  /// The last one is signed.
  static let layerMaps = layers.indices.map { SampleMap(seed: $0, strength: 10, isSigned: $0 == 2 && diverging != nil) }

  /// The program lies beside the test bundle.
  private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("sitegen")

  /// - Parameter withGallery: whether there are a network and an experiment with it, too, which takes seconds.
  init(withGallery: Bool = false) throws {
    if withGallery {
      folder = try TabletopContent(["mug-apple": Self.experiment]).folder
    } else {
      folder = try TemporaryFolder()
      try folder.write("title: Site\n", to: "content/site.yml")
    }
    try folder.write("---\ntitle: Home\n---\nText.\n", to: "content/index.md")
    try folder.write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "content/static/favicon.svg")
    try write(Self.photo(), to: "photo.png")
    try folder.write(
      "---\ntitle: Figures\nraw_html: true\n---\nText.\n\n\(try figures())\n\n\(Self.table)\n",
      to: "content/pages/figures.md")
    try build()
  }

  private func build() throws {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = ["build", "--templates", TabletopContent.templates.path]
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw TalkFault("The site was not built.") }
  }

  /// Wider than a phone.
  private static let table = """
    <table>
    <thead><tr><th scope="col">of all</th><th scope="col">with it</th><th scope="col">without it</th></tr></thead>
    <tbody><tr><td>0.123456789012345</td><td>0.123456789012345</td><td>0.123456789012345</td></tr></tbody>
    </table>
    """

  private static let experiment = """
    ---
    title: Mug or apple?
    summary: Two questions.
    tags: [two]
    model: tabletop
    image: mug-apple.jpg
    classes: [mug, apple]
    ---
    """

  /// The address of a page.
  func address(_ name: String, by visit: Visit) throws -> String {
    guard visit == .web else { return "file://" + folder.path("public/" + name) }
    let server = try self.server ?? FolderServer(folder.url.appendingPathComponent("public"))
    self.server = server
    return server.address + name
  }

  private func write(_ bytes: Data, to name: String) throws {
    try folder.write("", to: "content/static/maps/" + name)
    try bytes.write(to: folder.url.appendingPathComponent("content/static/maps/" + name))
  }

  private static func photo() throws -> Data {
    let (width, height) = SampleMap.panel
    let pixels = (0..<width * height).flatMap { index -> [UInt8] in [UInt8(index % width), UInt8(index / width), 90] }
    return Data(try Image(width: width, height: height, pixels: pixels).pngData())
  }

  // MARK: - Figures

  private func figures() throws -> String {
    let shared = Self.classMaps.map(\.end).max()
    var rows: [String] = []
    for (index, map) in Self.classMaps.enumerated() {
      let (name, probability) = Self.classes[index]
      let id = "figure-1-row-\(index + 1)"
      for (file, drawing) in [
        ("own", SampleMap.Drawing()), ("strong", .init(opacity: 0.8)), ("viridis", .init(colormap: .viridis)),
        ("shared", .init(end: shared)), ("sharp", .init(isSharp: true)),
      ] { try write(map.overlay(drawing), to: "\(id)-\(file).png") }
      rows.append(
        row(id, label: name, data: "data-class=\"\(name)\" data-probability=\"\(probability)\"", overlay: "own"))
    }
    let classes = figure(1, kind: "classes", rows: rows, maps: Self.classMaps, blend: "fade", colormap: "turbo")
    rows = []
    for (index, map) in Self.layerMaps.enumerated() {
      let id = "figure-2-row-\(index + 1)"
      let colormap = map.isSigned ? Self.diverging ?? .magma : .magma
      try write(map.overlay(.init(colormap: colormap, isFlat: true)), to: "\(id)-own.png")
      try write(map.overlay(.init(colormap: colormap, opacity: 0.8, isFlat: true)), to: "\(id)-strong.png")
      rows.append(row(id, label: Self.layers[index], data: "data-layer=\"\(Self.layers[index])\"", overlay: "own"))
    }
    let layers = figure(2, kind: "layers", rows: rows, maps: Self.layerMaps, blend: "flat", colormap: "magma")
    return [classes, layers, figure(3, kind: nil, rows: [row("figure-3-row-1", label: "mug", data: "", overlay: nil)])]
      .joined(separator: "\n")
  }

  private func picture(_ name: String, _ kind: String, alt: String) -> String {
    let (width, height) = SampleMap.panel
    return "<img class=\"\(kind)\" src=\"maps/\(name)\" width=\"\(width)\" height=\"\(height)\" alt=\"\(alt)\">"
  }

  private func row(_ id: String, label: String, data: String, overlay: String?) -> String {
    let map = overlay.map { name in
      """
      <figure class="panel heat-map grad-cam" id="\(id)-grad-cam">
      <a class="view" href="maps/\(id)-\(name).png">\(picture("photo.png", "photo", alt: ""))
      <picture><source media="print" srcset="maps/\(id)-\(name).png">\(picture("\(id)-\(name).png", "overlay", alt: "Grad-CAM for \(label)."))</picture></a>
      <figcaption>Grad-CAM</figcaption>
      <p class="legend"><span>0</span> <span class="colorbar turbo"></span> <span>1.5</span></p>
      </figure>
      """
    }
    return """
      <div class="row" role="group" id="\(id)" aria-labelledby="\(id)-label" \(data)>
      <div class="verdict"><p class="label" id="\(id)-label">\(label)</p></div>
      <div class="panels">
      <figure class="panel photo"><a class="view" href="maps/photo.png">\(picture("photo.png", "photo", alt: "A photo."))</a><figcaption>Photo</figcaption></figure>
      \(map ?? "")
      <figure class="panel gradient guided-backprop" id="\(id)-guided-backprop"><a class="view" href="maps/photo.png">\(picture("photo.png", "picture", alt: "Guided backprop for \(label)."))</a><figcaption>Guided backprop</figcaption></figure>
      </div>
      </div>
      """
  }

  private func figure(
    _ number: Int, kind: String?, rows: [String], maps: [SampleMap] = [], blend: String = "fade",
    colormap: String = "turbo"
  ) -> String {
    let entries = maps.enumerated().map { index, map in
      """
      "figure-\(number)-row-\(index + 1)-grad-cam": {"method": "grad-cam", "signed": \(map.isSigned), "width": \(map.width), \
      "height": \(map.height), "view": \(map.view), "values": \(map.values)}
      """
    }
    let json = """
      <script type="application/json" class="maps">{"colormap": "\(colormap)", "opacity": 0.5, "blend": "\(blend)", \
      "scale": "own", "threshold": 0.15, "maps": {\(entries.joined(separator: ", "))}}</script>
      """
    return """
      <figure class="explanation columns-3" id="figure-\(number)" \(kind.map { "data-rows=\"\($0)\"" } ?? "")>
      <div class="rows">
      \(rows.joined(separator: "\n"))
      </div>
      <figcaption><p><b>Figure \(number).</b> <a class="anchor" href="#figure-\(number)" aria-label="Address of figure \(number)">¶</a></p></figcaption>
      \(maps.isEmpty ? "" : json)
      </figure>
      """
  }
}
