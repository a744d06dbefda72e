// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "listing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "unthrottle", path: "../..")],
    targets: [
        .executableTarget(
            name: "listing",
            dependencies: [.product(name: "AWSRoom", package: "unthrottle")])
    ],
    swiftLanguageModes: [.v6]
)
