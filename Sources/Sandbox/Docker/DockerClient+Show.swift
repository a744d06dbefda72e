internal import Core
internal import Registry

/// `docker images`, `docker version` and `docker info`.
extension DockerClient {
    func listImages(_ arguments: DockerArguments) async throws {
        let rows = try await imageStore().use { try Self.rows(of: $0) }
        if arguments.options["quiet"] != nil {
            for row in rows { streams.output(row[2] + "\n") }
        } else {
            streams.output(Self.table([["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"]] + rows))
        }
    }

    private static func rows(of layout: ImageLayout) throws -> [[String]] {
        try layout.images().sorted { $0.key < $1.key }.compactMap { text, top -> [String]? in
            guard let reference = try? ImageReference(text), let manifest = layout.manifest(top.digest),
                let image = image(manifest, in: layout), case .image(let config, let layers) = image.content
            else { return nil }
            let size = layers.reduce(0) { $0 + $1.size }
            return [
                reference.familiarName, reference.tag?.description ?? "<none>", String(config.digest.hex.prefix(12)),
                "N/A", human(size),
            ]
        }
    }

    func showVersion() {
        streams.output(
            """
            Client: stand-in of the unthrottle sandbox
             Version:           \(Self.version)
             OS/Arch:           \(Platform.here)
             Context:           default

            Server: stand-in of the unthrottle sandbox
             Engine:
              Version:          \(Self.version)
              OS/Arch:          \(Platform.here)

            """)
    }

    func showInfo() async throws {
        let login = await findLogin(for: .dockerHub)
        let images = (try? await imageStore().use { try $0.images().count }) ?? 0
        streams.output(
            """
            Client: stand-in of the unthrottle sandbox
             Version:    \(Self.version)
             Context:    default
             Debug Mode: false

            Server:
             Containers: 0
             Images: \(images)
             Server Version: \(Self.version)
             Operating System: unthrottle sandbox
             OSType: linux
            \(login.map { " Username: \($0.username)\n" } ?? "") Registry: \(HubEndpoint.loginKey)
             Hub: \(variables["UNTHROTTLE_HUB_URL"] ?? "none")

            """)
    }

    /// The image of an index that is there; an image is its own.
    private static func image(_ manifest: Manifest, in layout: ImageLayout) -> Manifest? {
        guard case .index(let children) = manifest.content else { return manifest }
        return children.lazy.compactMap { layout.manifest($0.digest) }.first
    }

    /// Columns as wide as their widest cell and three blanks.
    private static func table(_ rows: [[String]]) -> String {
        let widths = rows.first?.indices.map { column in rows.map { $0[column].count }.max() ?? 0 } ?? []
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width + 3 - cell.count)
            }
            return String(cells.joined().trimmed) + "\n"
        }.joined()
    }

    /// As docker writes sizes: `201B`, `9.22kB`.
    private static func human(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), 0)
        let units = ["B", "kB", "MB", "GB"]
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        let hundredths = Int((value * 100).rounded())
        guard hundredths % 100 != 0 else { return "\(hundredths / 100)\(units[unit])" }
        let cents = hundredths % 100
        return "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)\(units[unit])"
    }
}
