import Foundation
import Testing

@testable import Site

@Suite("Dates are days of the Gregorian calendar")
struct CalendarDateTests {
  @Test("real days are read", arguments: ["2026-11-22", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func valid(text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test(
    "other texts are not",
    arguments: [
      "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-3", "22.11.2026",
      "2026-11-22T10:00",
      "+026-11-22", "2026-11--2", "２０２６-11-22", "0000-01-01", "",
    ])
  func invalid(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test("the long form names the month")
  func longForm() throws {
    let day = try #require(CalendarDate("2026-11-02"))
    for (language, text) in [
      ("en", "2 November 2026"), ("en-US", "2 November 2026"), ("de", "2. November 2026"), ("ko", "2026년 11월 2일"),
    ] {
      #expect(day.longForm(in: Locale(identifier: language)) == text)
    }
    let first = try #require(CalendarDate("0812-03-01"))
    #expect(first.longForm(in: Locale(identifier: "en")) == "1 March 812")
  }
}
