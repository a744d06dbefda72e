internal import FoundationEssentials

/// Where files stand in a repository, for code scanning and annotations, which know files by their paths from its root.
struct RepositoryPath {
    private let current: [Substring]
    private let root: [Substring]

    /// The repository that the folder `current`, an absolute path, lies in: the nearest one above it that git keeps, else itself.
    init(current: String = FileManager.default.currentDirectoryPath) {
        self.current = current.split(separator: "/")
        var folder = self.current[...]
        while !folder.isEmpty,
            !FileManager.default.fileExists(atPath: "/" + folder.joined(separator: "/") + "/.git")
        { folder.removeLast() }
        root = folder.isEmpty ? self.current : Array(folder)
    }

    /// The path from the repository's root; an absolute path for a file outside of it.
    func path(of file: String) -> String {
        var parts = file.hasPrefix("/") ? [] : current
        for part in file.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        guard parts.starts(with: root), parts.count > root.count else { return "/" + parts.joined(separator: "/") }
        return parts.dropFirst(root.count).joined(separator: "/")
    }
}
