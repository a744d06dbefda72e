internal import Core

/// Files that one command may change, of which it gives a pattern and no list.
struct FilePattern: Sendable, Hashable {
    /// The folder below which they lie, from the checkout's root.
    let folder: String
    /// What their names look like, as a shell has it.
    let names: Set<String>
    /// What is done to them; nil where that is not followed.
    let edit: StreamEdit?

    /// Whether a file of that text may come out as another one.
    func mayChange(_ path: String, _ text: String?) -> Bool {
        guard folder.isEmpty || path.hasPrefix(folder + "/") else { return false }
        let name = CheckoutReader.name(of: path)
        guard names.contains(where: { WildcardPattern($0).matches(name) }) else { return false }
        guard let edit, let text else { return true }
        let (edited, isWhole) = edit.edited(text)
        return edited != text || !isWhole
    }
}
