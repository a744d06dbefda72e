internal import ArgumentParser
internal import Buildspec
internal import Core

/// `unthrottle patch`
struct Patch: AsyncParsableCommand {
    /// What is put into the buildspec.
    enum Strategy: String, ExpressibleByArgument, CaseIterable {
        /// `docker login` with the variables that `unthrottle fix` sets, as the first docker action.
        case login
    }

    static let configuration = CommandConfiguration(
        abstract: "Put the Docker Hub login into buildspecs, and keep every other byte",
        discussion: """
            Works offline on any checkout. The login goes before the first docker action, after the daemon is up. A file that \
            cannot be changed with certainty is refused: exit status 1, with the lines to add by hand on standard error.
            """)

    @Argument(help: ArgumentHelp("Buildspecs, folders, or - for standard input", valueName: "path"))
    var paths: [String]

    @Flag(help: "Print a unified diff and write nothing (this is so unless --write is given)")
    var diff = false

    @Flag(help: "Write the files")
    var write = false

    @Option(help: "What to put in")
    var strategy = Strategy.login

    func validate() throws {
        guard !paths.isEmpty else { throw ValidationError("name a buildspec, a folder, or -") }
        guard !(diff && write) else { throw ValidationError("--diff and --write exclude each other") }
        guard !write || !paths.contains("-") else {
            throw ValidationError("standard input cannot be written: leave --write out")
        }
    }

    func run() async throws {
        let console = Console(.current)
        let files = try CheckoutFile.paths(paths) { SourceKind(path: $0) == .buildspec }
        guard !files.isEmpty else {
            throw UnthrottleError(
                .notFound, "there is no buildspec in \(paths.joined(separator: ", "))",
                hint: "A file of another name can be given by its path.")
        }
        var refused = false
        for path in files {
            do {
                try patch(try CheckoutFile(path), console)
            } catch let error as UnthrottleError where error.code == .invalidInput {
                refused = true
                console.complain("\(console.styled("refused:", .red, terminal: 2)) \(error)")
                for line in error.hint?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
                    console.complain("  \(line)")
                }
            }
        }
        if refused { throw ExitStatus.notWell }
    }

    private func patch(_ file: CheckoutFile, _ console: Console) throws {
        let isInput = file.path == "-"
        let name = isInput ? "standard input" : file.path
        switch try LoginEditor.insertLogin(into: file.text, path: name) {
        case .alreadyThere(let line):
            if isInput, !diff { console.write(file.text, to: 1) }
            console.tell("\(name): the login is there already, on line \(line)")
        case .inserted(let text, let phase, let line):
            if write {
                try FileReplacement.write(text, to: file.path)
                console.print("\(name): login added on line \(line), in phase \(phase.rawValue)")
            } else if isInput, !diff {
                console.write(text, to: 1)
            } else {
                let (old, new) = Self.diffNames(isInput ? "buildspec.yml" : file.path)
                console.write(UnifiedDiff(from: file.text, to: text, oldName: old, newName: new).text, to: 1)
            }
        }
    }

    /// As git names them, so that `git apply` and `patch -p1` find a file below the current folder.
    private static func diffNames(_ path: String) -> (old: String, new: String) {
        if path.hasPrefix("/") { return (path, path) }
        let short = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return ("a/\(short)", "b/\(short)")
    }
}
