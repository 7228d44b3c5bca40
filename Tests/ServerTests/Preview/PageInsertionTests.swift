import Testing

@testable import Server

@Suite("What is put into pages")
struct PageInsertionTests {
  @Test(
    "comes first in the body, whatever the tag looks like, and at the end",
    arguments: [
      ("<html><body><p>x", "<html><body>[top]<p>x[end]"),
      ("<BODY class=\"a > b\" id='>'>x</BODY>", "<BODY class=\"a > b\" id='>'>[top]x[end]</BODY>"),
      ("<html><body>x</body>\n</html>\n", "<html><body>[top]x[end]</body>\n</html>\n"),
      ("<body><script>'</body>'</script>", "<body>[top]<script>'</body>'</script>[end]"),
      ("<body>x</html>", "<body>[top]x</html>[end]"), ("<body></body>", "<body>[top][end]</body>"),
      ("<bodyguard>x<body\n>y", "<bodyguard>x<body\n>[top]y[end]"),
      ("<p>x</p>", "<p>x</p>[top][end]"), ("", "[top][end]"), ("<body", "<body[top][end]"),
      ("<body class=\"", "<body class=\"[top][end]"),
    ])
  func places(page: String, expected: String) {
    let made = PageInsertion.insert(top: "[top]", bottom: "[end]", into: Array(page.utf8))
    #expect(String(decoding: made, as: UTF8.self) == expected)
  }
}
