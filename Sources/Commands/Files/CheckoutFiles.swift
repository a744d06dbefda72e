internal import Buildspec
internal import FoundationEssentials
internal import Synchronization

/// The files of a checkout, for everything in it that is linted.
final class CheckoutFiles: Sendable {
    private let roots: [String]
    /// The paths that are known to lead to no file. Many files name the same ones, and to ask the system is slow.
    private let missing = Mutex<Set<String>>([])

    /// `roots` are the folders in which files are looked for: the checkout's root, and where that has no such file another one.
    init(in roots: [String]) { self.roots = roots }

    /// The text of a file by its path from the root; nil where there is none.
    func text(of path: String) -> String? {
        if missing.withLock({ $0.contains(path) }) { return nil }
        for root in roots {
            if let file = try? CheckoutFile("\(root)/\(path)", onlyReading: true) { return file.text }
        }
        missing.withLock { _ = $0.insert(path) }
        return nil
    }

    /// What a folder holds by its path from the root, in the order of the names; nothing for one that is not there.
    func entries(of folder: String) -> [FolderEntry] {
        for root in roots {
            let path = folder.isEmpty ? root : "\(root)/\(folder)"
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { continue }
            return names.sorted().map { name in
                let path = "\(path)/\(name)"
                return FolderEntry(
                    name: name, isFolder: CheckoutFile.isFolder(path), isLink: CheckoutFile.isLink(path))
            }
        }
        return []
    }
}
