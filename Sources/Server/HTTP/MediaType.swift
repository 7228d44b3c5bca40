import Files

/// What kinds of files are called in HTTP.
enum MediaType {
  static let html = "text/html; charset=utf-8"
  static let css = "text/css; charset=utf-8"
  static let script = "text/javascript; charset=utf-8"
  static let events = "text/event-stream; charset=utf-8"

  private static let byExtension = [
    "html": html, "htm": html, "css": css, "js": script, "mjs": script, "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8", "bib": "text/plain; charset=utf-8", "py": "text/plain; charset=utf-8",
    "json": "application/json", "webmanifest": "application/manifest+json", "xml": "application/xml",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon", "pdf": "application/pdf",
    "zip": "application/zip",
    "gz": "application/gzip", "wasm": "application/wasm", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf",
    "otf": "font/otf", "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "wav": "audio/wav",
  ]

  /// The type of a file by its name; bytes of no type where that says nothing.
  static func of(_ path: String) -> String {
    let name = PathText.name(of: path)
    guard let point = name.lastIndex(of: ".") else { return "application/octet-stream" }
    return byExtension[name[name.index(after: point)...].lowercased()] ?? "application/octet-stream"
  }
}
