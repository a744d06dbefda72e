internal import Buildspec
internal import Core
internal import FoundationEssentials

/// A file to lint or patch, and the checkout that it belongs to.
struct LintTarget {
    /// The path as it was given or found; `-` for standard input.
    let path: String
    /// Whether it was found in a folder, where files that are none of ours are passed over.
    let isFound: Bool
    /// The path within the checkout.
    let place: String
    private let files: CheckoutFiles

    /// The files that the arguments stand for. The checkout of a folder is that folder, and what it has not the repository around it
    /// has; of a file it is the repository, else the working folder above it, and what that has not the file's own folder
    /// has.
    static func all(_ arguments: [String]) -> [LintTarget] {
        arguments.flatMap { argument -> [LintTarget] in
            guard argument == "-" || !CheckoutFile.isFolder(argument) else { return below(argument) }
            return [LintTarget(file: argument)]
        }
    }

    private static func below(_ folder: String) -> [LintTarget] {
        let repository = RepositoryPath(of: folder)
        let roots = repository.isKept && !repository.isRoot(folder) ? [folder, repository.root] : [folder]
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        let files = CheckoutFiles(in: roots)
        return CheckoutFile.paths(below: folder, where: SourceKind.isCandidate).map { path in
            let place = path.hasPrefix(prefix) ? String(Substring(path.utf8.dropFirst(prefix.utf8.count))) : path
            return LintTarget(path: path, isFound: path != folder, place: place, files: files)
        }
    }

    private init(file path: String) {
        let own = path == "-" ? "." : path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let repository = RepositoryPath(of: own)
        let isBelow = !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
        if !repository.isKept, isBelow {
            // Sources that a pipeline unpacked have no `.git`: their root is where one works.
            let files = CheckoutFiles(in: own == "." ? ["."] : [".", own])
            self.init(path: path, isFound: false, place: path, files: files)
        } else {
            self.init(
                path: path, isFound: false, place: repository.path(of: path),
                files: CheckoutFiles(in: repository.isKept ? [repository.root, own] : [own]))
        }
    }

    private init(path: String, isFound: Bool, place: String, files: CheckoutFiles) {
        (self.path, self.isFound, self.place, self.files) = (path, isFound, place, files)
    }

    /// What messages call it.
    var name: String { path == "-" ? "standard input" : path }

    /// Whether it is a buildspec, by name or content.
    var isBuildspec: Bool {
        if let kind = SourceKind(path: path) { return kind == .buildspec }
        return (try? CheckoutFile(path)).flatMap { SourceKind(path: path, text: $0.text) } == .buildspec
    }

    /// The checkout's files, read when they are asked for.
    var checkout: CheckoutReader {
        CheckoutReader(listing: { [files] in files.entries(of: $0) }) { [files] in files.text(of: $0) }
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
}
