internal import FoundationEssentials

/// Where files stand in a repository, for code scanning and annotations, which know files by their paths from its root.
struct RepositoryPath {
    private let current: [Substring]
    private let folder: [Substring]
    /// Whether git keeps it.
    let isKept: Bool

    /// The repository that `folder` lies in, seen from the folder `current`, an absolute path: the nearest one above it that git
    /// keeps, else itself.
    init(of folder: String = ".", current: String = FileManager.default.currentDirectoryPath) {
        self.current = current.split(separator: "/")
        let whole = Self.parts(of: folder, from: self.current)
        var above = whole[...]
        while !above.isEmpty, !FileManager.default.fileExists(atPath: Self.absolute(above) + "/.git") {
            above.removeLast()
        }
        isKept = !above.isEmpty
        self.folder = isKept ? Array(above) : whole
    }

    /// The root, an absolute path.
    var root: String { Self.absolute(folder[...]) }

    /// Whether a folder is the root.
    func isRoot(_ path: String) -> Bool { Self.parts(of: path, from: current) == folder }

    /// The path from the repository's root; an absolute path for a file outside of it.
    func path(of file: String) -> String {
        let parts = Self.parts(of: file, from: current)
        guard parts.starts(with: folder), parts.count > folder.count else { return Self.absolute(parts[...]) }
        return parts.dropFirst(folder.count).joined(separator: "/")
    }

    private static func absolute(_ parts: ArraySlice<Substring>) -> String { "/" + parts.joined(separator: "/") }

    private static func parts(of path: String, from current: [Substring]) -> [Substring] {
        var parts = path.hasPrefix("/") ? [] : current
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts
    }
}
