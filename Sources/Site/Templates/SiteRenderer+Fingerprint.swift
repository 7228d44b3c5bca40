extension SiteRenderer {
  /// Stands for all that a page is made from: its template, everything that it is filled with, and what its text is written
  /// from.
  ///
  /// It is taken of the very values that templates see, so that nothing which shows on a page can be left out of it.
  ///
  /// - Parameters:
  ///   - context: what the template is filled with, but for the lists and the text.
  ///   - page: whose text stands in the page; `nil` where there is none.
  func fingerprint(
    of template: String, _ context: some TemplateView, _ lists: PageLists, _ page: Page?, _ figures: [Figure],
    _ linker: PageLinker, _ strings: Strings
  ) -> Fingerprint {
    Fingerprint { account in
      account.add(templates.fingerprint)
      account.add(strings.fingerprint)
      account.add(template)
      // Where addresses are written is a part of how they are.
      account.add(linker.path)
      account.add(linker.absolutePrefix ?? "")
      account.add(TemplateEncoder.value(of: context, at: linker))
      account.add(lists)
      account.add(figures.count)
      for figure in figures { account.add(TemplateEncoder.value(of: figure, at: linker)) }
      guard let page else { return }
      account.add(page.fingerprint)
      for request in page.figures {
        account.add(
          collections[request.id].flatMap { TemplateEncoder.value(of: CollectionView($0, strings), at: linker) })
      }
      for request in page.evaluations {
        account.add(evaluations[request.id].flatMap { TemplateEncoder.value(of: $0, at: linker) })
      }
      account.add(page.body.targets.count)
      for (node, target) in page.body.targets {
        account.add(node)
        account.add(linker.link(to: target.address))
      }
      for (node, size) in page.pictures(pictureSizes) {
        account.add(node)
        account.add(size.width)
        account.add(size.height)
      }
    }
  }
}

extension Fingerprint.Account {
  /// Adds what a name in a template stands for.
  mutating func add(_ value: TemplateValue?) {
    switch value {
    case nil: add(0)
    case .text(let text)?:
      add(1)
      add(text)
    case .number(let number)?:
      add(2)
      add(number)
    case .truth(let truth)?: add(truth ? 3 : 4)
    case .object(let object)?:
      add(5)
      // What its fields are called follows from where it stands.
      add(object.fields.count)
      for (_, value) in object.fields { add(value) }
    case .list(let elements)?:
      add(6)
      add(elements.count)
      for element in elements { add(element) }
    case .position(let index, let count)?:
      add(7)
      add(index)
      add(count)
    }
  }
}
