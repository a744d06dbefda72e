/// The files of a checkout, read by their paths from its root. Nothing outside of it is ever asked for: of a file elsewhere on the
/// machine, which an absolute path names, only what commands wrote is known.
public struct CheckoutReader: Sendable {
    private let read: @Sendable (String) -> String?
    private let list: @Sendable (String) -> [FolderEntry]
    private var written: [String: String?] = [:]
    private var doubted: Set<String> = []
    /// The other texts that branches left at a path.
    private var others: [String: [String]] = [:]
    private var patterns: Set<FilePattern> = []
    private var copies: [FolderCopy] = []
    /// The files and folders that a command removed.
    private var removed: Set<String> = []

    /// A checkout. `read` gets a path from the root, without `.` and `..`, and returns the file's text, nil where there is none; `list`
    /// gets that of a folder, empty for the root, and returns what it holds in the order of the names.
    public init(
        listing list: @escaping @Sendable (_ folder: String) -> [FolderEntry] = { _ in [] },
        _ read: @escaping @Sendable (_ path: String) -> String?
    ) {
        (self.list, self.read) = (list, read)
    }

    /// A checkout of which only one file is known.
    public static let empty = CheckoutReader { _ in nil }

    /// What `CODEBUILD_SRC_DIR` stands for here.
    static let root = "/codebuild-src-dir"
    private static let rootFolder = root + "/"

    /// A folder of which nothing is known.
    static let outside = "\u{0}"

    /// Takes note of a file that a command writes; nil for a text that is not known.
    mutating func write(_ text: String?, to path: String) {
        written[path] = .some(text)
        if !others.isEmpty { others[path] = nil }
    }

    /// Takes one of the texts that a file may have as the one that it has.
    mutating func settle(_ text: String, at path: String) {
        write(text, to: path)
        doubted.remove(path)
    }

    /// Takes note that a file or a folder was removed.
    mutating func remove(_ path: String) {
        removed.insert(path)
        written[path] = nil
        let below = path + "/"
        for other in written.keys where other.hasPrefix(below) { written[other] = nil }
    }

    /// Whether it was removed, or a folder that it lies in.
    private func isRemoved(_ path: String) -> Bool {
        var path = path
        while !path.isEmpty {
            if removed.contains(path) { return true }
            path = Self.folder(of: path)
        }
        return false
    }

    /// Takes note that a command may have changed a file.
    mutating func doubt(_ path: String) { doubted.insert(path) }

    /// Takes note that a command may have changed files of a pattern.
    mutating func doubt(_ pattern: FilePattern) { patterns.insert(pattern) }

    /// Takes note that a folder's files were put over those of another one.
    mutating func copy(_ copy: FolderCopy) {
        // What was written before may have been replaced.
        for path in written.keys {
            if let source = copy.source(of: path), let text = text(of: source) { written[path] = text }
        }
        if copies.count < Self.mostCopies, copies.last != copy { copies.append(copy) }
    }

    /// Each doubles the ways in which a file may have come to its place.
    private static let mostCopies = 8

    /// The files as one of several ways left them: those of which the ways have different texts are in doubt.
    static func join(_ ends: [CheckoutReader]) -> CheckoutReader {
        guard var joined = ends.first, ends.contains(where: \.hasChanges) else {
            return ends.first ?? .empty
        }
        for end in ends.dropFirst() {
            joined.doubted.formUnion(end.doubted)
            joined.patterns.formUnion(end.patterns)
            for copy in end.copies
            where joined.copies.count < mostCopies && !joined.copies.contains(where: { $0.isLike(copy) }) {
                joined.copies.append(copy)
            }
            for (path, text) in end.written where joined.written[path] == nil { joined.written[path] = text }
        }
        for path in joined.written.keys where ends.contains(where: { $0.written[path] != joined.written[path] }) {
            joined.doubted.insert(path)
            var texts: [String] = []
            for text in ends.flatMap({ [$0.text(of: path)] + ($0.others[path] ?? []) }) {
                if let text, text != joined.written[path], !texts.contains(text) { texts.append(text) }
            }
            joined.others[path] = Array(texts.prefix(VariableChoice.most))
        }
        for end in ends {
            // What is gone on some ways only may be there.
            joined.doubted.formUnion(joined.removed.symmetricDifference(end.removed))
            joined.removed.formIntersection(end.removed)
        }
        for (index, copy) in joined.copies.enumerated() where !ends.allSatisfy({ $0.copies.contains(copy) }) {
            joined.copies[index] = FolderCopy(source: copy.source, target: copy.target, isCertain: false)
        }
        return joined
    }

    private var hasChanges: Bool {
        !written.isEmpty || !doubted.isEmpty || !patterns.isEmpty || !copies.isEmpty || !removed.isEmpty
    }

    /// The texts that a file may also have.
    func otherTexts(of path: String) -> [String] { others[path] ?? [] }

    /// Whether a command may have changed a file.
    func isDoubted(_ path: String) -> Bool {
        if doubted.contains(path) { return true }
        for copy in copies where !copy.isCertain {
            if let source = copy.source(of: path), self.text(of: source) != nil { return true }
        }
        if patterns.isEmpty { return false }
        let text = self.text(of: path)
        return patterns.contains { $0.mayChange(path, text) }
    }

    /// What a folder holds, in the order of the names, with what commands wrote there and without what they removed.
    func entries(of folder: String) -> [FolderEntry] {
        // What else lies there is not known.
        if Self.isElsewhere(folder) { return [] }
        let prefix = folder.isEmpty ? "" : folder + "/"
        var entries = list(folder)
        if !removed.isEmpty { entries.removeAll { isRemoved(prefix + $0.name) } }
        guard !written.isEmpty else { return entries }
        var names = Set(entries.map(\.name))
        for path in written.keys where path.hasPrefix(prefix) {
            let parts = path.dropFirst(prefix.count).split(separator: "/", maxSplits: 1)
            guard let name = parts.first.map(String.init), names.insert(name).inserted else { continue }
            entries.append(FolderEntry(name: name, isFolder: parts.count > 1))
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// The text of a file, nil where there is none or its path leads out of the checkout.
    public func text(of path: String) -> String? {
        if let text = written[path] { return text }
        if !removed.isEmpty, isRemoved(path) { return nil }
        return copies.isEmpty ? ownText(of: path) : text(of: path, after: copies.count)
    }

    private func ownText(of path: String) -> String? { Self.isElsewhere(path) ? nil : read(path) }

    /// Whether a path leads out of the checkout.
    static func isElsewhere(_ path: String) -> Bool { path.utf8.first == slash || path == outside }

    /// The text behind that many of the copies.
    private func text(of path: String, after count: Int) -> String? {
        for index in (0..<count).reversed() {
            if let source = copies[index].source(of: path), let text = text(of: source, after: index) { return text }
        }
        return written[path] ?? ownText(of: path)
    }

    /// The path of a folder or file as the machine has it.
    static func absolute(_ path: String) -> String {
        isElsewhere(path) ? path : path.isEmpty ? root : rootFolder + path
    }

    /// The path from the root of `path`, seen from `folder`: an absolute one where it leads to another place of the machine. Nil
    /// where nothing tells the place, and for devices.
    static func path(_ path: String, from folder: String) -> String? {
        if path == "." { return folder == outside ? nil : folder }
        var whole: String
        switch path.utf8.first {
        case slash where path == root || path.hasPrefix(rootFolder): whole = String(path.dropFirst(root.count))
        case slash: return elsewhere(path)
        case UInt8(ascii: "~"): return nil
        default:
            guard folder != outside else { return nil }
            if isElsewhere(folder) { return elsewhere(folder + "/" + path) }
            whole = folder.isEmpty ? path : folder + "/" + path
        }
        if isShort(whole) { return whole }
        // Windows separates with a backslash, which is in no name elsewhere.
        if whole.utf8.contains(UInt8(ascii: "\\")) { whole = whole.replacing("\\", by: "/") }
        if whole.hasPrefix("./") {
            whole = String(Substring(whole.utf8.dropFirst(2)))
            if isShort(whole) { return whole }
        }
        return parts(of: whole)?.joined(separator: "/")
    }

    private static func elsewhere(_ path: String) -> String? {
        if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return nil }
        if isShort(path, from: 1) { return path }
        guard let parts = parts(of: path), !["dev", "proc"].contains(parts.first) else { return nil }
        let whole = "/" + parts.joined(separator: "/")
        return whole == root || whole.hasPrefix(rootFolder) ? self.path(whole, from: "") : whole
    }

    /// The parts of a path without `.` and `..`; nil where it leads above its start.
    private static func parts(of path: String) -> [Substring]? {
        var parts: [Substring] = []
        for part in path.utf8.split(separator: slash).map(Substring.init) where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts
    }

    /// Whether a path is as short as it can be: each of its parts has letters and none starts with a dot. Most are.
    private static func isShort(_ path: String, from start: Int = 0) -> Bool {
        var path = path
        return path.withUTF8 { path in
            var last = slash
            for byte in path[start...] {
                if byte == UInt8(ascii: "\\") || last == slash && (byte == slash || byte == UInt8(ascii: ".")) {
                    return false
                }
                last = byte
            }
            return last != slash || path.isEmpty
        }
    }

    private static let slash = UInt8(ascii: "/")

    /// The name of a file without its folder.
    static func name(of path: String) -> String {
        path.utf8.split(separator: slash).last.map { String(Substring($0)) } ?? path
    }

    /// The folder of a file, empty for the root.
    static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    }
}
