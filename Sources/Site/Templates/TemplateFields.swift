// What templates find in views.

extension PageContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "site": .object { $0.site },
    "page": .object { $0.page },
    "body": .text { $0.body },
    "experiments": .list { $0.experiments },
    "models": .list { $0.models },
    "tags": .list { $0.tags },
    "facts": .list { $0.facts },
    "layers": .list { $0.layers },
    "hasFewLayers": .truth { $0.hasFewLayers },
  ]
}

extension SiteContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "title": .text { $0.title },
    "description": .text { $0.description },
    "language": .text { $0.language },
    "author": .text { $0.author },
    "home": .text { $0.home },
    "style": .text { $0.style },
    "feed": .text { $0.feed },
    "icon": .text { $0.icon },
    "navigation": .list { $0.navigation },
  ]
}

extension LinkContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "title": .text { $0.title },
    "url": .text { $0.url },
    "isCurrent": .truth { $0.isCurrent },
  ]
}

extension PageDetails: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "title": .text { $0.title },
    "windowTitle": .text { $0.windowTitle },
    "summary": .text { $0.summary },
    "description": .text { $0.description },
    "canonical": .text { $0.canonical },
    "picture": .object { $0.picture },
    "date": .object { $0.date },
    "tags": .list { $0.tags },
    "isArticle": .truth { $0.isArticle },
    "newer": .object { $0.newer },
    "older": .object { $0.older },
  ]
}

extension DateContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "machine": .text { $0.machine },
    "words": .text { $0.words },
  ]
}

extension PictureContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "url": .text { $0.url },
    "width": .number { $0.width },
    "height": .number { $0.height },
    "alt": .text { $0.alt },
  ]
}

extension CardContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "title": .text { $0.title },
    "url": .text { $0.url },
    "summary": .text { $0.summary },
    "date": .object { $0.date },
    "photo": .object { $0.photo },
    "map": .object { $0.map },
  ]
}

extension LayerContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "name": .text { $0.name },
    "operatorType": .text { $0.operatorType },
    "shape": .text { $0.shape },
    "isDefault": .truth { $0.isDefault },
  ]
}

extension TagContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "name": .text { $0.name },
    "id": .text { $0.id },
    "pages": .list { $0.pages },
  ]
}

extension FigureContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "id": .text { $0.id },
    "number": .number { $0.number },
    "rows": .list { $0.rows },
    "caption": .text { $0.caption },
    "notes": .texts { $0.notes },
    "model": .object { $0.model },
    "modelTitle": .text { $0.modelTitle },
    "reasons": .texts { $0.reasons },
    "legends": .texts { $0.legends },
    "columns": .number { $0.columns },
  ]
}

extension RowContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "id": .text { $0.id },
    "label": .text { $0.label },
    "index": .number { $0.index },
    "synset": .text { $0.synset },
    "rank": .number { $0.rank },
    "logit": .text { $0.logit },
    "probability": .text { $0.probability },
    "layer": .text { $0.layer },
    "photo": .object { $0.photo },
    "panels": .list { $0.panels },
    "notes": .texts { $0.notes },
  ]
}

extension PanelContext: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "title": .text { $0.title },
    "method": .text { $0.method },
    "note": .text { $0.note },
    "picture": .object { $0.picture },
  ]
}

extension FactView: TemplateObject {
  static let fields: [String: TemplateField<Self>] = [
    "name": .text { $0.name },
    "value": .text { $0.value },
  ]
}
