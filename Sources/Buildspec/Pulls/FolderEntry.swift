/// What a folder of a checkout holds under one name.
public struct FolderEntry: Sendable, Hashable {
    /// The name alone.
    public let name: String
    /// Whether it is a folder, or a link to one.
    public let isFolder: Bool
    /// Whether it is a symbolic link, into which no search goes.
    public let isLink: Bool

    /// The names of folders that tools keep beside a build's own sources; nobody looks for those in them.
    public static let toolFolders: Set = [".git", "node_modules", ".venv", ".terraform"]

    /// An entry of that name.
    public init(name: String, isFolder: Bool, isLink: Bool = false) {
        (self.name, self.isFolder, self.isLink) = (name, isFolder, isLink)
    }
}
