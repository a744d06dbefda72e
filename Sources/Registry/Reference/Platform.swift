/// What an image runs on: `linux/amd64`, `linux/arm/v7` (OCI image-spec, image index).
public struct Platform: Sendable, Hashable, Codable, CustomStringConvertible {
    /// `linux`, `windows`.
    public var os: String
    /// `amd64`, `arm64`, in Go's names.
    public var architecture: String
    /// `v7`, `v8`; nil where there is none.
    public var variant: String?

    /// A platform, in Go's names.
    public init(os: String, architecture: String, variant: String? = nil) {
        (self.os, self.architecture, self.variant) = (os, architecture, variant)
    }

    /// Reads `os/architecture[/variant]`, uname's names (`x86_64`, `aarch64`) included; nil for anything else.
    public init?(_ text: String) {
        let parts = text.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), !parts.contains("") else { return nil }
        let architecture = ["x86_64": "amd64", "aarch64": "arm64", "i386": "386", "armhf": "arm"][parts[1]] ?? parts[1]
        self.init(os: parts[0], architecture: architecture, variant: parts.count == 3 ? parts[2] : nil)
    }

    /// Linux on this machine's processor: what an engine here pulls.
    public static var here: Platform {
        #if arch(arm64)
        Platform(os: "linux", architecture: "arm64")
        #else
        Platform(os: "linux", architecture: "amd64")
        #endif
    }

    /// `linux/arm/v7`
    public var description: String { [os, architecture, variant].compactMap(\.self).joined(separator: "/") }

    /// How well an image for `candidate` runs on this platform: 0 is best, nil not at all (containerd's platforms
    /// package).
    func distance(to candidate: Platform) -> Int? {
        guard os == candidate.os, architecture == candidate.architecture else { return nil }
        guard let wanted = level, let offered = candidate.level else { return variant == candidate.variant ? 0 : nil }
        return offered <= wanted ? wanted - offered : nil
    }

    /// The variant as a number, with the one that is meant where none is written.
    private var level: Int? {
        guard let variant else { return ["arm": 7, "arm64": 8][architecture] ?? 1 }
        return variant.hasPrefix("v") ? Int(variant.dropFirst()) : nil
    }
}
