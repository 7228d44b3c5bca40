import Saliency
import Site

extension PageFigures {
  /// A collection with its words: a figure for each picture.
  ///
  /// - Parameters:
  ///   - figure: the block, with all of its parts.
  ///   - records: each of its parts.
  mutating func collection(of figure: WholeFigure, _ records: [FigureRecord]) -> Collection {
    let names = figure.request.pictureNames
    var places: [ContentFile: [Int]] = [:]
    for (place, part) in figure.parts.enumerated() { places[part.plan.request.image.value, default: []].append(place) }
    let pictures = zip(figure.request.images, names).compactMap { image, name -> CollectedPicture? in
      let places = places[image] ?? []
      return picture(name, figure, places.map { figure.parts[$0] }, places.map { records[$0] })
    }
    return Collection(
      request: figure.request.id, caption: figure.request.caption, order: figure.request.order ?? .probability,
      models: figure.parts.map { Figure.ModelName(title: $0.model.title, name: $0.plan.request.model.value) }
        .withoutRepetitions,
      pictures: pictures, notes: notes(of: figure, records))
  }

  /// A picture of a collection.
  private mutating func picture(
    _ name: String, _ figure: WholeFigure, _ parts: [PartOfFigure], _ records: [FigureRecord]
  ) -> CollectedPicture? {
    var request = figure.request
    request.parts = parts.map(\.plan.request)
    request.order = nil
    request.picture = name
    request.caption = request.parts.first?.truth?.caption
    guard let asked = request.parts.first, let first = records.first,
      let view = view(of: WholeFigure(request: request, parts: parts), records)
    else { return nil }
    let photo = self.view(
      of: first.photo, name: "photo", alt: asked.alt ?? strings(.photoAlt, ["name": asked.image.value.name]), request,
      inSizes: true)
    let verdicts = zip(parts, records).compactMap { verdict($0, $1, request) }
    guard verdicts.count == parts.count else { return nil }
    return CollectedPicture(
      name: name, title: asked.truth?.caption ?? asked.image.value.name, tags: asked.truth?.tags ?? [],
      verdicts: verdicts, photo: photo, figure: view)
  }

  /// What a network takes a picture for.
  private mutating func verdict(
    _ part: PartOfFigure, _ record: FigureRecord, _ request: FigureRequest
  ) -> CollectedPicture.Verdict? {
    let labels = part.model.labels.entries
    let rows = record.rows.compactMap { row in row.verdict.map { (row, $0) } }
    guard let best = rows.first(where: { $0.1.rank == 1 })?.1 else { return nil }
    var maps: [String: Figure.Picture] = [:]
    for (row, verdict) in rows {
      let label = labels[verdict.index].names[0]
      guard maps[label] == nil, let panel = row.panels.first(where: { $0.overlay != nil }), let overlay = panel.overlay
      else { continue }
      maps[label] = view(
        of: overlay, name: "\(verdict.index)-\(part.plan.methods[panel.method].id)-map", alt: "", request, inSizes: true
      )
    }
    let known = rows.filter { part.plan.truth.contains($0.1.index) }.map(\.1.probability).max()
    return CollectedPicture.Verdict(
      said: labels[best.index].names[0], probability: Double(best.probability),
      truth: part.plan.truth.map { labels[$0].names[0] }, trueProbability: known.map(Double.init), maps: maps)
  }
}
