// swift-tools-version: 6.3
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room: a library of one concern. Arrows point down only; `ArchitectureTests` fails when one does not.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: ["TestSupport"] + dependencies, swiftSettings: swiftSettings)
}

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let logging = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let subprocess = product(name: "Subprocess", package: "swift-subprocess")
    static let systemPackage = product(name: "SystemPackage", package: "swift-system")
}

let package = Package(
    name: "unthrottle",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "unthrottle", targets: ["unthrottle"]),
        .executable(name: "docker-credential-unthrottle", targets: ["docker-credential-unthrottle"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    ],
    targets: [
        .executableTarget(name: "unthrottle", dependencies: ["Commands"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "docker-credential-unthrottle", dependencies: ["CredentialHelper"], swiftSettings: swiftSettings),
        room(
            "Commands",
            [
                "Remedy", "Diagnosis", "Sandbox", "Buildspec", "CredentialHelper", "AWS", "Registry", "HTTP", "Core",
                .argumentParser, .subprocess, .unixSignals,
            ]),
        room("Remedy", ["Diagnosis", "Buildspec", "AWS", "Registry", "HTTP", "Core", .crypto]),
        room("Diagnosis", ["Buildspec", "AWS", "Registry", "HTTP", "Core"]),
        room(
            "Sandbox",
            [
                "Buildspec", "AWS", "Registry", "HTTP", "Core", .hummingbird, .httpTypes, .nioCore, .nioPosix, .crypto,
                .subprocess, .logging, .serviceLifecycle,
            ]),
        room("Buildspec", ["CLibYAML", "Registry", "Core"]),
        room("CredentialHelper", ["CLinux", "AWS", "Registry", "HTTP", "Core", .crypto, .httpTypes]),
        room("AWS", ["HTTP", "Core", .crypto, .httpTypes, .nioCore, .subprocess, .systemPackage]),
        room("Registry", ["HTTP", "Core", .crypto, .httpTypes, .nioCore, .subprocess, .systemPackage]),
        room("HTTP", ["Core", .asyncHTTPClient, .httpTypes, .nioCore, .nioHTTP1, .nioPosix, .nioSSL, .logging]),
        room("Core", []),

        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        .executableTarget(
            name: "signing", dependencies: ["AWS", "HTTP", "Core", .httpTypes], path: "Benchmarks/signing",
            exclude: ["peer.py", "requests.py", "run"], sources: ["Signing.swift"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "listing", dependencies: ["AWS", "HTTP", "Core"], path: "Benchmarks/listing",
            exclude: ["peer.py", "run", "seed.py"],
            sources: ["CountingTransport.swift", "Listing.swift"], swiftSettings: swiftSettings),

        .target(
            name: "TestSupport", dependencies: ["HTTP", "Core", .httpTypes, .nioCore, .subprocess],
            path: "Tests/TestSupport", swiftSettings: swiftSettings),
        tests("ArchitectureTests", ["Core"]),
        tests("CoreTests", ["Core"]),
        tests("HTTPTests", ["HTTP", "Core", .httpTypes, .nioCore, .hummingbird, .logging]),
        tests("AWSTests", ["AWS", "HTTP", "Core", .httpTypes, .nioCore, .crypto]),
        tests("RegistryTests", ["Registry", "HTTP", "Core", .httpTypes, .nioCore]),
        tests("BuildspecTests", ["Buildspec", "Registry", "Core"]),
        tests(
            "CredentialHelperTests",
            [
                "CredentialHelper", "docker-credential-unthrottle", "unthrottle", "Sandbox", "AWS", "Registry", "HTTP",
                "Core",
                .httpTypes, .subprocess, .systemPackage,
            ]),
        tests("DiagnosisTests", ["Diagnosis", "AWS", "Registry", "Core"]),
        tests("SandboxTests", ["Sandbox", "Buildspec", "AWS", "Registry", "HTTP", "Core", .httpTypes, .nioCore]),
        tests("RemedyTests", ["Remedy", "Buildspec", "AWS", "Registry", "HTTP", "Core", .httpTypes, .nioCore]),
        tests("CommandsTests", ["Commands", "Remedy", "Buildspec", "Registry", "Core"]),
        tests(
            "IntegrationTests",
            ["Core", "AWS", "HTTP", .httpTypes, .nioCore, .nioPosix, .nioHTTP1, .subprocess, .systemPackage]),
    ],
    swiftLanguageModes: [.v6]
)
