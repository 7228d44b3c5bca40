// swift-tools-version: 6.1
import PackageDescription

// A package of somebody else's. It names ours by an address and a version, and its program is that of docs/pages/library.md. It has
// a module under a name that one of ours has too, and calls ours otherwise.
let package = Package(
  name: "library-user",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: Context.environment["SITEGEN_REPOSITORY"] ?? "", from: "1.0.0")
  ],
  targets: [
    .executableTarget(
      name: "library-user",
      dependencies: [
        "Files", .product(name: "Saliency", package: "sitegen", moduleAliases: ["Files": "SitegenFiles"]),
      ]),
    .target(name: "Files"),
  ]
)
