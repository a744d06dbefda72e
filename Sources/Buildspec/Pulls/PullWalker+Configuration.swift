/// Docker's configuration file, where commands write it themselves.
extension PullWalker {
    /// A file that a command puts in its place holds the logins that stand in it, and no others.
    mutating func noteConfiguration(
        _ output: String?, _ program: Program, _ streams: ShellStreams, at place: Place
    ) {
        guard let written = writtenConfiguration(output, program, streams) else { return }
        if written.holdsLogin {
            noteConfigurationLogin(at: place)
        } else if written.replaces, place.certainty == .certain {
            state.logins = state.logins.filter { $0.user != place.user }
        }
    }

    /// What the command writes into it; nil where it writes elsewhere.
    private func writtenConfiguration(
        _ output: String?, _ program: Program, _ streams: ShellStreams
    ) -> (holdsLogin: Bool, replaces: Bool)? {
        if let file = streams.output, Self.isConfiguration(file) {
            return (Self.holdsLogin(output, by: program), !streams.appends)
        }
        guard let name = program.name, program.traits.contains(.writer) || name == "aws" else { return nil }
        let operands = Self.operands(of: program)
        switch name {
        case "aws":
            let isCopy = operands.prefix(2) == ["s3", "cp"] && operands.count > 3
            return isCopy && Self.isConfiguration(operands[3]) ? (true, true) : nil
        case "tee" where operands.contains(where: Self.isConfiguration):
            return (Self.holdsLogin(output, by: program), !program.words.contains { $0.text == "-a" })
        case "cp", "mv", "install", "ln":
            guard operands.count > 1, let last = operands.last else { return nil }
            let source = operands[operands.count - 2]
            let isFolder = last.hasSuffix(".docker") || last.hasSuffix(".docker/")
            guard Self.isConfiguration(last) || isFolder && source.hasSuffix("config.json") else { return nil }
            let known = path(source).flatMap { checkout.text(of: $0) }
            return (Self.holdsLogin(known, by: program), true)
        default: return nil
        }
    }

    private static func isConfiguration(_ path: String) -> Bool { path.hasSuffix(".docker/config.json") }

    private static let keyOfHub = "https://index.docker.io/v1/"

    /// A text that nobody here knows comes from where logins are kept, but for one that a filter made of the old file.
    private static func holdsLogin(_ text: String?, by program: Program) -> Bool {
        guard let text else { return !["jq", "sed", "yq", "awk"].contains(program.name) }
        // Docker's clients look for this key alone.
        if text.contains("docker.io") { return text.contains("auth") && text.contains(Self.keyOfHub) }
        return text.contains("$") && !text.contains("{\"") && !text.contains(": ")
    }
}
