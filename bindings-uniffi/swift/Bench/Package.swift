// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "bench",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "wxpusher", path: "../../..")],
    targets: [.executableTarget(name: "bench", dependencies: [.product(name: "WxPusher", package: "wxpusher")])],
    swiftLanguageModes: [.v6]
)
