internal import Buildspec
internal import Synchronization

/// The files of a checkout, for everything in it that is linted.
final class CheckoutFiles: Sendable {
    private let roots: [(path: String, real: String)]
    /// The paths that are known to lead to no file. Many files name the same ones, and to ask the system is slow.
    private let missing = Mutex<Set<String>>([])
    /// The folders that were listed.
    private let folders = Mutex<[String: [FolderEntry]]>([:])

    /// `roots` are the folders in which files are looked for: the checkout's root, and where that has no such file another one.
    init(in roots: [String]) { self.roots = roots.map { ($0, CheckoutFile.resolved($0) ?? $0) } }

    /// The text of a file by its path from the root; nil where there is none.
    func text(of path: String) -> String? {
        if missing.withLock({ $0.contains(path) }) { return nil }
        for root in roots {
            let place = "\(root.path)/\(path)"
            if let file = try? CheckoutFile(place, onlyReading: true, below: root.real) { return file.text }
        }
        missing.withLock { _ = $0.insert(path) }
        return nil
    }

    /// What a folder holds by its path from the root, in the order of the names; nothing for one that is not there.
    func entries(of folder: String) -> [FolderEntry] {
        if let known = folders.withLock({ $0[folder] }) { return known }
        let entries =
            roots.lazy.compactMap { root -> [FolderEntry]? in
                let path = folder.isEmpty ? root.path : "\(root.path)/\(folder)"
                return CheckoutFile.isInside(path, root.real) ? CheckoutFile.entries(of: path) : nil
            }.first ?? []
        folders.withLock { $0[folder] = entries }
        return entries
    }
}
