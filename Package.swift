// swift-tools-version: 6.0
import PackageDescription

// On Linux the Rust half is an archive that `bindings-uniffi/swift/build.sh` makes from these very sources; on Apple's
// platforms an XCFramework that `bindings-uniffi/swift/xcframework.sh` makes on a Mac.
#if os(Linux)
let native = Target.systemLibrary(name: "WxPusherFFI", path: "bindings-uniffi/swift/Sources/WxPusherFFI")
let archive = "\(Context.packageDirectory)/target/swift/libwxpusher_uniffi.a"
// The linker has to be handed the archive past Swift's driver, which would take it for one of its own.
let linking: [LinkerSetting] = [.unsafeFlags(["-Xlinker", archive])]
#else
let native = Target.binaryTarget(name: "WxPusherFFI", path: "target/swift/WxPusherFFI.xcframework")
let linking: [LinkerSetting] = []
#endif

let package = Package(
    name: "wxpusher",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [
        .library(name: "WxPusher", targets: ["WxPusher"]),
    ],
    targets: [
        native,
        .target(
            name: "WxPusher",
            dependencies: ["WxPusherFFI"],
            path: "bindings-uniffi/swift/Sources/WxPusher",
            linkerSettings: linking
        ),
        .testTarget(
            name: "WxPusherTests",
            dependencies: ["WxPusher"],
            path: "bindings-uniffi/swift/Tests/WxPusherTests"
        ),
    ],
    swiftLanguageModes: [.v6]
)
