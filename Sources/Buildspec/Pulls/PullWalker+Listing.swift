internal import Core

/// The names that a shell, `find` and `ls` read from the checkout's folders.
extension PullWalker {
    /// More names are not gone through one by one.
    static let mostNames = 50
    /// The folders into which a search goes.
    fileprivate static let mostFolders = 1_000

    /// The paths that a pattern stands for, as the shell writes them; nil where that cannot be told.
    mutating func paths(matching pattern: String) -> [String]? {
        let found = checkout.paths(matching: pattern, from: state.folder)
        return spend(found.cost) ? found.paths : nil
    }

    /// What `find` or `ls` prints, a name on each line; nil where nothing here answers it.
    mutating func listing(of program: Program) -> String? {
        let words = program.words.dropFirst().map { state.expand($0.text) }
        guard words.allSatisfy(\.isResolved) else { return nil }
        let texts = words.map(\.text)
        let names = program.name == "ls" ? listed(texts) : FileSearch(texts).flatMap { found(by: $0) }
        return names.map { $0.map { $0 + "\n" }.joined() }
    }

    /// What a search finds; nil for nothing, and for more than anybody goes through.
    mutating func found(by search: FileSearch) -> [String]? {
        var found: [String] = []
        var folders = 0
        for start in search.starts {
            if search.finds(start, named: CheckoutReader.name(of: start), isFolder: true, depth: 0) {
                found.append(start)
            }
            var waiting = [(path: start, depth: 0)]
            while let (folder, depth) = waiting.popLast(), depth < search.depths.upperBound {
                folders += 1
                guard folders <= Self.mostFolders else { return nil }
                var below: [(path: String, depth: Int)] = []
                for entry in entries(of: folder) {
                    let path = folder.hasSuffix("/") ? folder + entry.name : folder + "/" + entry.name
                    let isFolder = entry.isFolder && !entry.isLink
                    if search.finds(path, named: entry.name, isFolder: isFolder, depth: depth + 1) {
                        found.append(path)
                    }
                    if isFolder, !FolderEntry.toolFolders.contains(entry.name) { below.append((path, depth + 1)) }
                }
                waiting += below.reversed()
            }
        }
        return found.isEmpty || found.count > Self.mostNames ? nil : found
    }

    /// What `ls` prints of its operands, one of them a folder at most.
    private mutating func listed(_ words: [String]) -> [String]? {
        let line = OptionWords(words.map { ShellWord(text: $0) }, flags: ["-1", "-d", "-a", "-A", "-p", "-r", "-t"])
        guard line.options.allSatisfy({ ["-1", "-d"].contains($0.name) }) else { return nil }
        guard !line.operands.isEmpty else { return shown(in: ".") }
        var names: [String] = []
        for operand in line.operands.map(\.text) {
            guard let paths = CheckoutReader.isPattern(operand) ? paths(matching: operand) : [operand] else {
                return nil
            }
            names += paths
        }
        if line.has("-d") { return names }
        if line.operands.count == 1, names.count == 1, let inside = shown(in: names[0]) { return inside }
        return names.contains { !entries(of: $0).isEmpty } ? nil : names.filter { path($0).map(isHere) ?? false }
    }

    private func isHere(_ path: String) -> Bool { checkout.text(of: path) != nil }

    private mutating func shown(in folder: String) -> [String]? {
        let names = entries(of: folder).map(\.name).filter { !$0.hasPrefix(".") }
        return names.isEmpty ? nil : names
    }

    /// What a folder holds, as a command writes its path; nothing for one that is elsewhere.
    private mutating func entries(of folder: String) -> [FolderEntry] {
        guard let path = CheckoutReader.path(folder, from: state.folder) else { return [] }
        let entries = checkout.entries(of: path)
        return spend(1 + entries.count / 16) ? entries : []
    }
}

extension CheckoutReader {
    /// The paths that a pattern such as `services/*/` stands for in a folder, as the shell writes them (POSIX, 2.13.3), and what it
    /// costs to tell, in commands. Nil where nothing here matches it, and for a pattern with brackets or `**`.
    func paths(matching pattern: String, from start: String) -> (paths: [String]?, cost: Int) {
        var parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        guard !pattern.contains("["), !pattern.contains("**"), parts.first != "~" else { return (nil, 1) }
        var cost = 0
        let onlyFolders = parts.last == ""
        if onlyFolders { parts.removeLast() }
        var found = [""]
        for (index, part) in parts.enumerated() {
            let isLast = index + 1 == parts.count
            let end = isLast && !onlyFolders ? "" : "/"
            // Whether what is written out is there shows where what follows is looked for in it.
            if ["", ".", ".."].contains(part) || !isLast && !Self.isPattern(part) {
                found = found.map { $0 + part + end }
                continue
            }
            let pattern = WildcardPattern(part)
            var next: [String] = []
            for folder in found {
                let held = Self.path(folder.isEmpty ? "." : folder, from: start).map { self.entries(of: $0) } ?? []
                cost += 1 + held.count / 16
                for entry in held where (entry.isFolder || end.isEmpty) && pattern.matches(entry.name) {
                    if entry.name.hasPrefix("."), !part.hasPrefix(".") { continue }
                    next.append(folder + entry.name + end)
                }
            }
            found = next
            guard found.count <= PullWalker.mostFolders else { return (nil, cost) }
        }
        return (found.isEmpty ? nil : found, cost)
    }

    /// Whether the shell looks for files that match it.
    static func isPattern(_ word: some StringProtocol) -> Bool {
        word.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }
}

extension String {
    /// Whether its lines end as those of Windows: what is read of them is then no name.
    var hasCarriageReturns: Bool { utf8.contains(0x0D) }
}
