internal import Core

/// What `find` is asked for, in as much of its language as names files (POSIX, find; GNU findutils).
struct FileSearch {
    /// The folders and files to begin at, as they are written.
    private(set) var starts: [String] = []
    /// How deep to go: 0 is where it begins.
    private(set) var depths = 0...Int.max

    private var names: [Test] = []
    private var paths: [Test] = []
    private var onlyFolders: Bool?
    /// Whether one name is enough.
    private var isEither = false
    private var hasBrackets = false
    /// Whether an action behind it belongs to the last of its names alone.
    var isAmbiguousBeforeAction: Bool { isEither && !hasBrackets }

    private struct Test {
        let pattern: WildcardPattern
        let isWanted: Bool
        let ignoresCase: Bool

        func holds(for text: String) -> Bool { pattern.matches(ignoresCase ? text.lowercased() : text) == isWanted }
    }

    /// Reads the words behind `find`; nil for a search that asks for anything else, or does something to what it finds.
    init?(_ words: some Sequence<String>) {
        var words = Array(words)[...]
        starts = Array(words.prefix { !$0.hasPrefix("-") && $0 != "(" && $0 != "!" })
        words = words.dropFirst(starts.count)
        if starts.isEmpty { starts = ["."] }
        var isWanted = true
        while let word = words.popFirst() {
            switch word {
            case "!", "-not":
                isWanted.toggle()
                continue
            case "-o", "-or": isEither = true
            case "(", ")": hasBrackets = true
            case "-print", "-print0", "-a", "-and": break
            case "-name", "-iname", "-path", "-ipath", "-wholename":
                guard let pattern = words.popFirst(), !pattern.contains(where: { "[$".contains($0) }) else {
                    return nil
                }
                let ignoresCase = word.hasPrefix("-i")
                let test = Test(
                    pattern: WildcardPattern(ignoresCase ? pattern.lowercased() : pattern), isWanted: isWanted,
                    ignoresCase: ignoresCase)
                if word.hasSuffix("path") || word == "-wholename" { paths.append(test) } else { names.append(test) }
            case "-type":
                guard let kind = words.popFirst(), kind == "f" || kind == "d", isWanted else { return nil }
                onlyFolders = kind == "d"
            case "-maxdepth", "-mindepth":
                guard let depth = words.popFirst().flatMap({ Int($0) }), depth >= 0 else { return nil }
                let (low, high) = (depths.lowerBound, depths.upperBound)
                depths = word == "-maxdepth" ? min(low, depth)...depth : depth...max(high, depth)
            default: return nil
            }
            isWanted = true
        }
        // What is left out under one name and wanted under another is told apart by brackets, which are not read.
        if isEither, !paths.isEmpty || names.contains(where: { !$0.isWanted }) { return nil }
    }

    /// Whether it finds something of that name, which it meets under that path.
    func finds(_ path: String, named name: String, isFolder: Bool, depth: Int) -> Bool {
        guard depths.contains(depth), onlyFolders ?? isFolder == isFolder else { return false }
        guard paths.allSatisfy({ $0.holds(for: path) }) else { return false }
        return isEither ? names.contains { $0.holds(for: name) } : names.allSatisfy { $0.holds(for: name) }
    }
}
