import Foundation

/// A place on an element, as shares of its width and height.
struct Place {
  let x: Double
  let y: Double
  init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  static let center = Place(0.5, 0.5)
}

/// Keys, by the code points that WebDriver has for them.
enum Key: String {
  case left = "\u{E012}"
  case up = "\u{E013}"
  case right = "\u{E014}"
  case down = "\u{E015}"
  case end = "\u{E010}"
  case home = "\u{E011}"
  case tab = "\u{E004}"
  case escape = "\u{E00C}"
  case enter = "\u{E007}"
  case control = "\u{E009}"
  case shift = "\u{E008}"
  case plus = "+"
  case minus = "-"
  case zero = "0"
}

/// What readers do, by mouse, touch and keyboard.
extension Browser {
  /// Where a place of an element is on the screen, once it is scrolled there.
  private func point(_ selector: String, _ place: Place) throws -> String {
    let (x, y) = (place.x, place.y)
    let point: [Int] = try run(
      """
      const element = document.querySelector(\(try json(selector)));
      const isSeen = (box) => box.top >= 0 && box.bottom <= innerHeight;
      if (!isSeen(element.getBoundingClientRect())) element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getBoundingClientRect();
      return [\(corner[0]) + box.left + \(x) * box.width, \(corner[1]) + box.top + \(y) * box.height].map(Math.round);
      """)
    return "\"x\": \(point[0]), \"y\": \(point[1])"
  }

  private func pointer(_ kind: String, _ id: String, _ steps: [String]) -> String {
    """
    {"type": "pointer", "id": "\(id)", "parameters": {"pointerType": "\(kind)"}, "actions": [\(steps.joined(separator: ", "))]}
    """
  }

  private static let down = #"{"type": "pointerDown", "button": 0}"#
  private static let up = #"{"type": "pointerUp", "button": 0}"#
  private static let pause = #"{"type": "pause", "duration": 20}"#

  private func move(_ selector: String, _ place: Place) throws -> String {
    "{\"type\": \"pointerMove\", \"duration\": 20, \(try point(selector, place))}"
  }

  func hover(_ selector: String, at place: Place = .center) throws {
    try perform(pointer("mouse", "mouse", [try move(selector, place)]))
  }

  /// - Parameter key: a key that is held meanwhile.
  func click(_ selector: String, at place: Place = .center, holding key: Key? = nil) throws {
    let steps = [try move(selector, place), Self.down, Self.up]
    guard let key else { return try perform(pointer("mouse", "mouse", steps)) }
    let keys = [keyStep("keyDown", key.rawValue), Self.pause, Self.pause, keyStep("keyUp", key.rawValue)]
    try perform(
      "{\"type\": \"key\", \"id\": \"keys\", \"actions\": [\(keys.joined(separator: ", "))]}, "
        + pointer("mouse", "mouse", [steps[0], Self.down, Self.up, Self.pause]))
  }

  func drag(_ selector: String, from start: Place, to end: Place, by kind: String = "mouse") throws {
    let middle = Place((start.x + end.x) / 2, (start.y + end.y) / 2)
    let moves = [try move(selector, middle), try move(selector, end)]
    try perform(pointer(kind, kind, [try move(selector, start), Self.down] + moves + [Self.up]))
  }

  func tap(_ selector: String, at place: Place = .center) throws {
    try perform(pointer("touch", "touch", [try move(selector, place), Self.down, Self.up]))
  }

  /// Two fingers, from one distance to another across the middle of an element, as shares of its width.
  func pinch(_ selector: String, from start: Double, to end: Double) throws {
    func finger(_ id: String, _ side: Double) throws -> String {
      let places = [start, (start + end) / 2, end].map { Place(0.5 + side * $0 / 2, 0.5) }
      let moves = try places.map { try move(selector, $0) }
      return pointer("touch", id, [moves[0], Self.down, moves[1], moves[2], Self.up])
    }
    try perform("\(try finger("first", -1)), \(try finger("second", 1))")
  }

  /// - Parameter key: a key that is held meanwhile.
  func wheel(_ selector: String, by distance: Int, holding key: Key? = nil) throws {
    let place = try point(selector, Place(0.25, 0.25))
    let scroll = "{\"type\": \"scroll\", \(place), \"deltaX\": 0, \"deltaY\": \(distance), \"duration\": 0}"
    let wheel = "{\"type\": \"wheel\", \"id\": \"wheel\", \"actions\": [\(Self.pause), \(scroll), \(Self.pause)]}"
    guard let key else { return try perform(wheel) }
    let keys = [keyStep("keyDown", key.rawValue), Self.pause, keyStep("keyUp", key.rawValue)]
    try perform("{\"type\": \"key\", \"id\": \"keys\", \"actions\": [\(keys.joined(separator: ", "))]}, \(wheel)")
  }

  private func keyStep(_ type: String, _ key: String) -> String { "{\"type\": \"\(type)\", \"value\": \"\(key)\"}" }

  /// Presses keys one after the other.
  func press(_ keys: Key..., holding held: Key? = nil) throws {
    var steps = keys.flatMap { [keyStep("keyDown", $0.rawValue), keyStep("keyUp", $0.rawValue)] }
    if let held { steps = [keyStep("keyDown", held.rawValue)] + steps + [keyStep("keyUp", held.rawValue)] }
    try perform("{\"type\": \"key\", \"id\": \"keys\", \"actions\": [\(steps.joined(separator: ", "))]}")
  }

  func focus(_ selector: String) throws {
    let _: Nothing = try run("document.querySelector(\(try json(selector))).focus()")
  }

  /// Gives a control of a figure a value, as a reader does.
  func set(_ control: String, to value: String, in figure: String) throws {
    let _: Nothing = try run(
      """
      const control = document.querySelector(\(try json("#\(figure) [name=\(control)]")));
      control.value = \(try json(value));
      control.dispatchEvent(new Event("input", { bubbles: true }));
      """)
    try settle()
  }
}
