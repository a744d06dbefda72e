// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "signing",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "unthrottle", path: "../.."),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "signing",
            dependencies: [
                .product(name: "AWSRoom", package: "unthrottle"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
