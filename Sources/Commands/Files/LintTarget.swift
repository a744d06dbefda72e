internal import Buildspec
internal import Core
internal import FoundationEssentials

/// A file to lint or patch, and the checkout that it belongs to.
struct LintTarget {
    /// The path as it was given or found; `-` for standard input.
    let path: String
    /// Whether it was found in a folder, where files that are none of ours are passed over.
    let isFound: Bool
    /// The checkout's root.
    let root: String

    /// The files that the arguments stand for. The checkout of a folder is that folder, of a file the nearest folder above it that
    /// git keeps, else the file's own.
    static func all(_ arguments: [String]) -> [LintTarget] {
        arguments.flatMap { argument -> [LintTarget] in
            guard argument == "-" || !CheckoutFile.isFolder(argument) else {
                return CheckoutFile.paths(below: argument, where: SourceKind.isCandidate)
                    .map { LintTarget(path: $0, isFound: $0 != argument, root: argument) }
            }
            return [LintTarget(path: argument, isFound: false, root: argument == "-" ? "." : checkout(of: argument))]
        }
    }

    /// What messages call it.
    var name: String { path == "-" ? "standard input" : path }

    /// The path within the checkout.
    var place: String {
        let prefix = root.hasSuffix("/") ? root : root + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }

    /// Whether it is a buildspec, by name or content.
    var isBuildspec: Bool {
        if let kind = SourceKind(path: path) { return kind == .buildspec }
        return (try? CheckoutFile(path)).flatMap { SourceKind(path: path, text: $0.text) } == .buildspec
    }

    /// The checkout's files, read when they are asked for.
    var checkout: CheckoutReader {
        CheckoutReader { [root] path in try? CheckoutFile("\(root)/\(path)", onlyReading: true).text }
    }

    /// The report, also on a file that cannot be read; nil for a file of a folder that is none of ours. `nameOfInput` is what
    /// standard input would be called as a file.
    func report(nameOfInput: String? = nil) -> LintReport? {
        do {
            let text = try CheckoutFile(path, onlyReading: true).text
            var report = Linter.report(
                on: text, path: path == "-" ? nameOfInput ?? name : path, place: nameOfInput ?? place, in: checkout,
                isFound: isFound)
            if path == "-", nameOfInput == nil { report.path = path }
            return isFound && report.kind == nil ? nil : report
        } catch {
            let kind = SourceKind(path: path)
            // A dump in a folder is none of ours; one that may be ours and cannot be read is told.
            if isFound, kind == nil, (error as? UnthrottleError)?.code == .invalidInput { return nil }
            return LintReport(
                unreadable: path, kind: kind, error: "\(error)", hint: (error as? UnthrottleError)?.hint)
        }
    }

    private static func checkout(of path: String) -> String {
        let own = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var folder = own
        while !folder.isEmpty {
            if FileManager.default.fileExists(atPath: folder + "/.git") { return folder }
            guard let slash = folder.lastIndex(of: "/") else { break }
            folder = String(folder[..<slash])
        }
        return own.isEmpty ? "/" : own
    }
}
