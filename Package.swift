// swift-tools-version: 6.1
import PackageDescription

/// `swift run` builds without optimisation, and people run `swift run sitegen build`: the rooms with per-pixel loops
/// are optimised in debug builds too. SwiftPM refuses such flags in a dependency, so they apply only when this package
/// is the one being built.
let isDependency = Context.packageDirectory.contains("/checkouts/")
let optimizedInDebug: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]

let optimizedCInDebug: [CSetting] = isDependency ? [] : [.unsafeFlags(["-O3"], .when(configuration: .debug))]

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The plugin that makes documentation of the libraries is fetched only where `SITEGEN_DOCC` asks for it: nobody else needs it.
let documentation: [Package.Dependency] =
  Context.environment["SITEGEN_DOCC"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.3")]

let package = Package(
  name: "sitegen",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "sitegen", targets: ["sitegen"]),
    .library(name: "Saliency", targets: ["Saliency"]),
    .library(name: "Imaging", targets: ["Imaging"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ] + documentation,
  targets: [
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CCMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .systemLibrary(
      name: "COneDNN", providers: [.apt(["libdnnl-dev"]), .brew(["onednn"])]),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl"])]),

    .target(name: "CKernels", cSettings: optimizedCInDebug),
    .target(name: "CProcess"),
    .target(name: "CEmbedded"),
    .target(name: "Diagnostics", swiftSettings: strict + optimizedInDebug),
    .target(name: "Hashing", dependencies: ["COpenSSL"], swiftSettings: strict),
    .target(
      name: "Files", dependencies: ["CProcess", "Diagnostics", "Hashing"], swiftSettings: strict + optimizedInDebug),
    .target(name: "Vocabulary", swiftSettings: strict + optimizedInDebug),
    .target(
      name: "Imaging", dependencies: ["Diagnostics", "Files", "Vocabulary", "CPNG", "CTurboJPEG"],
      swiftSettings: strict + optimizedInDebug),
    .target(
      name: "NeuralNetwork", dependencies: ["Diagnostics", "Files", "CKernels", "COneDNN", "CZlib"],
      swiftSettings: strict + optimizedInDebug),
    .target(
      name: "Saliency", dependencies: ["Diagnostics", "Files", "Imaging", "NeuralNetwork", "Vocabulary"],
      swiftSettings: strict + optimizedInDebug),
    .target(
      name: "Site",
      dependencies: ["Diagnostics", "Files", "Hashing", "Vocabulary", "CEmbedded", "CCMark", "Yams"],
      swiftSettings: strict + optimizedInDebug),
    .target(
      name: "Gallery",
      dependencies: ["Diagnostics", "Files", "Hashing", "Imaging", "NeuralNetwork", "Saliency", "Site", "Vocabulary"],
      swiftSettings: strict + optimizedInDebug),
    .target(
      name: "Server", dependencies: ["Diagnostics", "Files", "Gallery", "Hashing", "Site"],
      swiftSettings: strict + optimizedInDebug),
    .target(
      name: "SitegenCommands",
      dependencies: [
        "CProcess", "Diagnostics", "Files", "Gallery", "Server",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "sitegen", dependencies: ["SitegenCommands"], swiftSettings: strict),
    .executableTarget(
      name: "saliency-bench",
      dependencies: [
        "Imaging", "NeuralNetwork", "Saliency",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "sitegen-bench",
      dependencies: ["Imaging", "LocalSlurm", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .target(name: "LocalSlurm", swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Diagnostics", "NeuralNetwork"], path: "Tests/TestSupport",
      swiftSettings: strict + optimizedInDebug),
    .testTarget(name: "StructureTests", swiftSettings: strict + optimizedInDebug),
    .testTarget(name: "TestSupportTests", dependencies: ["TestSupport", "NeuralNetwork"], swiftSettings: strict),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "FilesTests", dependencies: ["Files", "Diagnostics", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"], swiftSettings: strict),
    .testTarget(
      name: "ImagingTests", dependencies: ["Imaging", "Diagnostics", "TestSupport", "Vocabulary"],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "NeuralNetworkTests", dependencies: ["NeuralNetwork", "Diagnostics", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict + optimizedInDebug),
    .testTarget(
      name: "SaliencyTests",
      dependencies: ["Saliency", "NeuralNetwork", "Imaging", "Diagnostics", "TestSupport", "Vocabulary"],
      exclude: ["Fixtures"],
      swiftSettings: strict + optimizedInDebug),
    .testTarget(
      name: "SiteTests", dependencies: ["Site", "CCMark", "Diagnostics", "Files", "TestSupport", "Vocabulary"],
      swiftSettings: strict),
    .testTarget(
      name: "GalleryTests",
      dependencies: ["Gallery", "Diagnostics", "Files", "Imaging", "NeuralNetwork", "Site", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ServerTests", dependencies: ["Server", "Diagnostics", "Files", "Gallery", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "Attacks", dependencies: ["sitegen", "Imaging", "NeuralNetwork", "TestSupport"], path: "Tests/Attacks",
      swiftSettings: strict),
    .testTarget(
      name: "SitegenCommandsTests",
      dependencies: ["sitegen", "SitegenCommands", "Imaging", "LocalSlurm", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DocsTests",
      dependencies: [
        "sitegen", "Diagnostics", "Gallery", "Site", "SitegenCommands", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "BrowserTests",
      dependencies: ["sitegen", "Gallery", "Imaging", "NeuralNetwork", "Server", "TestSupport", "Vocabulary"],
      swiftSettings: strict + optimizedInDebug),
  ],
  swiftLanguageModes: [.v6]
)
