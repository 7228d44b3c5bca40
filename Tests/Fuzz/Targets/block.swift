/// Any bytes as an explain block.
func fuzzBlock(_ bytes: [UInt8]) throws {
  try FuzzSite.build(
    "experiments/a.md",
    Array("---\ntitle: A\nmodel: net\n---\n```explain\n".utf8) + bytes + Array("\n```\nText.\n".utf8))
}
