public import Mustache

// What templates find in views. Mustache would find it too, by reflection, at most of the cost of rendering a site.

extension PageContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "site": return site
    case "page": return page
    case "body": return body
    case "experiments": return experiments
    case "models": return models
    case "tags": return tags
    case "facts": return facts
    case "layers": return layers
    case "hasFewLayers": return hasFewLayers
    default: return nil
    }
  }
}

extension SiteContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "title": return title
    case "description": return description
    case "language": return language
    case "author": return author
    case "home": return home
    case "style": return style
    case "feed": return feed
    case "icon": return icon
    case "navigation": return navigation
    default: return nil
    }
  }
}

extension LinkContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "title": return title
    case "url": return url
    case "isCurrent": return isCurrent
    default: return nil
    }
  }
}

extension PageDetails: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "title": return title
    case "windowTitle": return windowTitle
    case "summary": return summary
    case "description": return description
    case "canonical": return canonical
    case "picture": return picture
    case "date": return date
    case "tags": return tags
    case "isArticle": return isArticle
    case "newer": return newer
    case "older": return older
    default: return nil
    }
  }
}

extension DateContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "machine": return machine
    case "words": return words
    default: return nil
    }
  }
}

extension PictureContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "url": return url
    case "width": return width
    case "height": return height
    case "alt": return alt
    default: return nil
    }
  }
}

extension CardContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "title": return title
    case "url": return url
    case "summary": return summary
    case "date": return date
    case "photo": return photo
    case "map": return map
    default: return nil
    }
  }
}

extension LayerContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "name": return name
    case "operatorType": return operatorType
    case "shape": return shape
    case "isDefault": return isDefault
    default: return nil
    }
  }
}

extension TagContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "name": return name
    case "id": return id
    case "pages": return pages
    default: return nil
    }
  }
}

extension FigureContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "id": return id
    case "number": return number
    case "rows": return rows
    case "caption": return caption
    case "notes": return notes
    case "model": return model
    case "modelTitle": return modelTitle
    case "reasons": return reasons
    case "legends": return legends
    case "columns": return columns
    default: return nil
    }
  }
}

extension RowContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "id": return id
    case "label": return label
    case "index": return index
    case "synset": return synset
    case "rank": return rank
    case "logit": return logit
    case "probability": return probability
    case "layer": return layer
    case "photo": return photo
    case "panels": return panels
    case "notes": return notes
    default: return nil
    }
  }
}

extension PanelContext: MustacheParent {
  func child(named field: String) -> Any? {
    switch field {
    case "title": return title
    case "method": return method
    case "note": return note
    case "picture": return picture
    default: return nil
    }
  }
}

extension FactView: MustacheParent {
  /// The value of a field, for templates.
  public func child(named field: String) -> Any? {
    switch field {
    case "name": return name
    case "value": return value
    default: return nil
    }
  }
}
