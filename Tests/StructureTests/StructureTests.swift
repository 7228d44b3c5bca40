import Testing

/// Arrows go one way: between rooms, and between the folders of a room. `Order` says which.
@Suite("Who knows whom")
struct StructureTests {
  @Test("every room has its place")
  func rooms() throws {
    #expect(try SourceTree.rooms() == Set(Order.rooms))
  }

  @Test("no room imports one that comes later")
  func imports() throws {
    var lines: [String] = []
    for (place, room) in Order.rooms.enumerated() {
      let imported = Set(try SourceTree.sources(of: room).flatMap(\.source.imports))
      let others = Order.rooms.filter { imported.contains($0) && $0 != room }
      #expect(Order.rooms[place...].filter(others.contains) == [], "\(room) imports what comes later")
      if !others.isEmpty { lines.append("\(room) → \(others.joined(separator: ", "))") }
    }
    print("Rooms\n" + lines.map { "  \($0)\n" }.joined())
    #expect(lines.contains { $0.hasPrefix("Gallery → ") && $0.contains("Saliency") })
  }

  @Test("every folder has its place", arguments: Order.folders.keys.sorted())
  func folders(room: String) throws {
    let order = try #require(Order.folders[room])
    #expect(Set(try SourceTree.sources(of: room, folders: order).map(\.folder)) == Set(order))
  }

  @Test("no folder mentions what comes later", arguments: Order.folders.keys.sorted())
  func mentions(room: String) throws {
    let order = try #require(Order.folders[room])
    let arrows = Arrows(try SourceTree.sources(of: room, folders: order))
    print("\(room)\n" + arrows.names.keys.sorted().map { "  \($0)\n" }.joined())
    for arrow in arrows.upward(in: order) {
      Issue.record("\(room): \(arrow), by \((arrows.names[arrow] ?? []).sorted().joined(separator: ", "))")
    }
    #expect(arrows.names.count > order.count)
  }

  @Test("each library of C has one door", arguments: Order.doors.keys.sorted())
  func doors(module: String) throws {
    for room in Order.rooms {
      let importing = try SourceTree.sources(of: room).filter { $0.source.imports.contains(module) }
      #expect(Set(importing.map { "\(room)/\($0.folder)" }).subtracting(Order.doors[module] ?? []) == [])
    }
  }
}
