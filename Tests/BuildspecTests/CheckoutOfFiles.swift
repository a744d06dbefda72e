@testable import Buildspec

extension CheckoutReader {
    /// A checkout of those files, with the folders that their paths name.
    init(_ files: [String: String]) {
        var entries: [String: Set<FolderEntry>] = [:]
        for path in files.keys {
            var below = path
            var isFolder = false
            while true {
                let folder = Self.folder(of: below)
                entries[folder, default: []].insert(FolderEntry(name: Self.name(of: below), isFolder: isFolder))
                guard !folder.isEmpty else { break }
                (below, isFolder) = (folder, true)
            }
        }
        let sorted = entries.mapValues { $0.sorted { $0.name < $1.name } }
        self.init(listing: { sorted[$0] ?? [] }) { files[$0] }
    }
}
