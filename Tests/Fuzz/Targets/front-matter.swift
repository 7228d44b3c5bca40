/// Any bytes as YAML: a page's front matter, a model card's, or the site's own file, as the first byte says.
func fuzzFrontMatter(_ bytes: [UInt8]) throws {
  guard let choice = bytes.first else { return }
  let fenced = Array("---\n".utf8) + bytes.dropFirst() + Array("\n---\nText.\n".utf8)
  switch choice % 3 {
  case 0: try FuzzSite.build("experiments/a.md", fenced)
  case 1: try FuzzSite.build("models/net.md", fenced)
  default: try FuzzSite.build("site.yml", bytes.dropFirst())
  }
}
