/// A folder's files that are put over those of another folder: `cp -r a/* .`
struct FolderCopy: Sendable, Hashable {
    let source: String
    let target: String
    let isCertain: Bool

    /// Whether it is the same copy, however sure.
    func isLike(_ other: FolderCopy) -> Bool { source == other.source && target == other.target }

    /// The file that takes the place of another one.
    func source(of path: String) -> String? {
        guard target.isEmpty ? !CheckoutReader.isElsewhere(path) : path.hasPrefix(target + "/") else { return nil }
        let rest = target.isEmpty ? path : String(path.dropFirst(target.count + 1))
        return source.isEmpty ? rest : source + "/" + rest
    }
}
