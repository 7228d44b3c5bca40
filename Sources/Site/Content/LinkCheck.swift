import Diagnostics
import Files

/// Follows every link of a site: pages, files, headings.
enum LinkCheck {
  /// Finds links, images and menu entries that lead nowhere, and notes the files that pages need.
  static func run(_ content: inout SiteContent) -> DiagnosticList {
    var faults = DiagnosticList()
    let site = content
    let found = Parallel.map(site.allPages) { page in
      PageBody(of: page, in: site, smartPunctuation: false).check()
    }
    for page in found {
      faults.append(contentsOf: page.faults.all)
      for (file, output) in page.files { content.linkedFiles[ExactPath(output)] = file }
    }
    var links = found.flatMap(\.fragments)
    for item in site.configuration.navigation ?? [] {
      let target = faults.attempt { () throws(Diagnostic) in
        try site.links.resolve(item.link.value, in: "", isImage: false, at: item.link.location)
      }
      if case .page(let output, let suffix)? = target, let fragment = PageBody.fragment(of: suffix) {
        links.append(PageBody.FragmentLink(page: output, fragment: fragment, location: item.link.location))
      }
    }
    let pages = site.allPages
    let positions = Dictionary(pages.indices.map { (pages[$0].outputPath, $0) }) { first, _ in first }
    for link in links {
      guard let position = positions[link.page], !found[position].leads(to: link.fragment) else {
        continue
      }
      let target = pages[position].location.file
      let place = target == link.location.file ? "this page" : target
      let near = Suggestion.nearest(to: link.fragment, in: found[position].ids.sorted())
      faults.append(
        .warning(
          "There is no “#\(link.fragment)” on \(place).", at: link.location,
          hint: near.map { "Did you mean “#\($0)”?" }
            ?? "The id of a heading is its words in lower case with hyphens between."))
    }
    return faults
  }
}
