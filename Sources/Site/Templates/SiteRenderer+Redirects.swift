public import Diagnostics

extension SiteRenderer {
  /// A page at each address that a page had before.
  func redirects() throws(Diagnostic) -> [OutputFile] {
    var files: [OutputFile] = []
    for page in content.allPages {
      for alias in page.aliases {
        let linker = PageLinker(path: alias.value)
        let context = PageContext(site: siteContext(linker, strings(of: page)), page: details(of: page))
        files.append(try file(linker, "redirect", context, from: alias.location.description))
      }
    }
    return files
  }

  /// Finds addresses that are taken.
  ///
  /// - Parameter owners: all other files of the site, by their paths in small letters; receives these.
  func registerAliases(in owners: inout [String: OutputFile.Owner], _ faults: inout DiagnosticList) {
    for page in content.allPages {
      for alias in page.aliases {
        if let owner = owners[alias.value.lowercased()] {
          faults.append(
            .error(
              "The alias “\(alias.value)” is the address of \(owner.origin).", at: alias.location,
              hint: "Remove it, or choose another."))
        } else {
          let file = OutputFile(path: alias.value, text: "", origin: alias.location.description)
          _ = OutputPlan.register(file, in: &owners, faults: &faults)
        }
      }
    }
  }
}
