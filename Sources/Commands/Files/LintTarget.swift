internal import Buildspec
internal import Core
internal import FoundationEssentials

/// A file to lint, and the checkout that it belongs to.
struct LintTarget {
    /// The path as it was given or found; `-` for standard input.
    let path: String
    /// Whether it was found in a folder, where files that are none of ours are passed over.
    let isFound: Bool
    /// The checkout's root.
    let root: String

    /// The files that the arguments stand for. The checkout of a folder is that folder, of a file the nearest folder above it that
    /// git keeps, else the file's own.
    static func all(_ arguments: [String]) throws -> [LintTarget] {
        try arguments.flatMap { argument in
            var isFolder = false
            _ = FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
            if isFolder, argument != "-" {
                return try CheckoutFile.paths([argument], where: isCandidate)
                    .map { LintTarget(path: $0, isFound: true, root: argument) }
            }
            _ = try CheckoutFile.paths([argument]) { _ in false }
            return [LintTarget(path: argument, isFound: false, root: argument == "-" ? "." : checkout(of: argument))]
        }
    }

    /// The path within the checkout.
    var place: String {
        let prefix = root.hasSuffix("/") ? root : root + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }

    /// The checkout's files, read when they are asked for.
    var checkout: CheckoutReader {
        CheckoutReader { [root] path in try? CheckoutFile("\(root)/\(path)").text }
    }

    /// The report; nil for a file of a folder that is none of ours.
    func report() throws -> LintReport? {
        let name = path == "-" ? "standard input" : path
        do {
            let file = try CheckoutFile(path)
            let report = Linter.report(on: file.text, path: name, place: place, in: checkout)
            return isFound && report.kind == nil ? nil : report
        } catch let error as UnthrottleError where error.code == .invalidInput {
            if isFound, SourceKind(path: path) == nil { return nil }
            return LintReport(unreadable: name, kind: SourceKind(path: path), error: "\(error)", hint: error.hint)
        }
    }

    private static func isCandidate(_ path: String) -> Bool {
        SourceKind(path: path) != nil || path.hasSuffix(".yml") || path.hasSuffix(".yaml")
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
