/// The platform that an image is built for (containerd, platforms): `os/architecture[/variant]`.
struct BuildPlatform: Hashable {
    let system: String
    let architecture: String
    let variant: String

    /// The platform of most builders.
    static let usual = BuildPlatform(system: "linux", architecture: "amd64", variant: "")

    private init(system: String, architecture: String, variant: String) {
        (self.system, self.architecture, self.variant) = (system, architecture, variant)
    }

    /// Reads a word of `--platform`; nil for one that is none, or has variables left.
    init?(_ text: String) {
        let parts = text.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), !text.contains("$"), !parts.contains("") else { return nil }
        let isSystem = parts.count > 1 || ["linux", "windows", "darwin", "freebsd"].contains(parts[0])
        system = isSystem ? parts[0] : "linux"
        let named = isSystem ? parts.dropFirst() : parts[...]
        let written = named.first ?? Self.usual.architecture
        let variants = ["armhf": ("arm", "v7"), "armel": ("arm", "v6"), "arm": ("arm", "v7")]
        let same = ["x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "i386": "386"]
        architecture = variants[written]?.0 ?? same[written] ?? written
        let given = named.count > 1 ? named.last : nil
        // BuildKit leaves out the variants that all of an architecture have.
        variant = given == "v8" && architecture == "arm64" ? "" : given ?? variants[written]?.1 ?? ""
    }

    /// The arguments that BuildKit sets by itself (Dockerfile reference, automatic platform ARGs). `prefix` is `TARGET` or `BUILD`.
    func arguments(_ prefix: String) -> [String: String] {
        [
            prefix + "PLATFORM": [system, architecture, variant].filter { !$0.isEmpty }.joined(separator: "/"),
            prefix + "OS": system, prefix + "ARCH": architecture, prefix + "VARIANT": variant,
        ]
    }
}
