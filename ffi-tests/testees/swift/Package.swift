// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "testee-swift",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "wxpusher", path: "../../..")],
    targets: [
        .executableTarget(name: "testee-swift", dependencies: [.product(name: "WxPusher", package: "wxpusher")]),
    ],
    swiftLanguageModes: [.v6]
)
