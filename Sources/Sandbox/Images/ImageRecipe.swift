internal import Core
internal import FoundationEssentials
public import Registry

/// What an image of the sandbox is made of. The same recipe gives the same bytes at every run; the images hold a few
/// text files and no programs, since a sandbox pulls them and does not run them.
public struct ImageRecipe: Sendable, Hashable {
    /// The full name, such as `library/docker`.
    public var repository: String
    /// Every tag that names it.
    public var tags: [String]
    /// One file a layer, besides the first, which says what the image is.
    public var parts: [String]
    /// The command of its configuration.
    public var command: [String]
    /// One image for each; an index stands above them where there are several.
    public var platforms: [Platform]

    /// A recipe; for amd64 and arm64 unless told otherwise.
    public init(
        _ repository: String, tags: [String], parts: [String] = [], command: [String] = ["/bin/sh"],
        platforms: [Platform] = [
            Platform(os: "linux", architecture: "amd64"), Platform(os: "linux", architecture: "arm64", variant: "v8"),
        ]
    ) {
        self.repository = repository
        self.tags = tags
        self.parts = parts
        self.command = command
        self.platforms = platforms
    }

    /// The image of one platform before it is packed.
    struct Image {
        var recipe: ImageRecipe
        var platform: Platform
        /// Tar archives, the lowest first.
        var layers: [[UInt8]]

        /// The configuration (OCI image specification, config.md).
        var config: JSON {
            let when: JSON = "2026-01-01T00:00:00Z"
            var members: [String: JSON] = [
                "os": .string(platform.os), "architecture": .string(platform.architecture),
                "created": when,
                "config": [
                    "Cmd": .array(recipe.command.map { .string($0) }),
                    "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
                ],
                "rootfs": ["type": "layers", "diff_ids": .array(layers.map { .string(Digest.of($0).description) })],
                "history": .array(layers.map { _ in ["created": when, "created_by": "unthrottle sandbox"] }),
            ]
            if let variant = platform.variant { members["variant"] = .string(variant) }
            return .object(members)
        }
    }

    func image(for platform: Platform) -> Image {
        let name = "\(repository):\(tags.first ?? "untagged") for \(platform)"
        var base = TarArchive()
        base.addFolder("etc")
        base.addFile("etc/os-release", Array("ID=sandbox\nPRETTY_NAME=\"\(name)\"\n".utf8))
        let layers = parts.map { part in
            var layer = TarArchive()
            layer.addFolder("opt")
            layer.addFile("opt/\(part)", Array("\(part) of \(name)\n".utf8))
            return layer.bytes
        }
        return Image(recipe: self, platform: platform, layers: [base.bytes] + layers)
    }
}

extension ImageLibrary {
    /// What the sandbox's hub serves: images that throttled builds pull, and Docker's own image for reading the quota.
    public static let standard: ImageLibrary = {
        var library = ImageLibrary()
        for recipe in standardRecipes { library.add(recipe) }
        return library
    }()

    private static let standardRecipes: [ImageRecipe] = [
        ImageRecipe(
            "library/docker", tags: ["dind", "28-dind"], parts: ["docker", "dockerd", "compose"], command: ["dockerd"]),
        ImageRecipe("library/docker", tags: ["latest", "cli", "28"], parts: ["docker", "compose"], command: ["sh"]),
        ImageRecipe("library/busybox", tags: ["latest", "1"]),
        ImageRecipe("library/alpine", tags: ["latest", "3", "3.22"]),
        ImageRecipe("library/alpine", tags: ["3.20"]),
        ImageRecipe("library/hello-world", tags: ["latest", "linux"], command: ["/hello"]),
        ImageRecipe("library/node", tags: ["latest", "20", "22"], parts: ["node", "yarn"], command: ["node"]),
        ImageRecipe("library/python", tags: ["latest", "3", "3.12"], parts: ["python3", "pip"], command: ["python3"]),
        ImageRecipe("library/golang", tags: ["latest", "1"], parts: ["go"], command: ["bash"]),
        ImageRecipe("library/debian", tags: ["latest", "12", "bookworm", "bookworm-slim"], command: ["bash"]),
        ImageRecipe("library/ubuntu", tags: ["latest", "22.04", "24.04"], command: ["bash"]),
        ImageRecipe(
            "ratelimitpreview/test", tags: ["latest"], platforms: [Platform(os: "linux", architecture: "amd64")]),
    ]
}
