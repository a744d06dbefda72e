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
}
