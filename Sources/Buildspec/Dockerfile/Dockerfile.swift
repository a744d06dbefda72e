internal import Core

/// A Dockerfile as far as pulls go: its frontend, its arguments, its stages and what they take from where.
public struct Dockerfile: Sendable, Hashable {
    /// An `ARG`: the name and the default as written.
    struct Argument: Sendable, Hashable {
        let name: String
        let value: String?
    }

    /// What an instruction takes from another stage, or an image.
    struct Source: Sendable, Hashable {
        enum Kind: Sendable, Hashable { case copy, mount }
        let name: String
        let kind: Kind
        let line: Int
        /// Whether it only happens in a build that starts from this one's result.
        let isOnBuild: Bool
    }

    /// A build stage.
    struct Stage: Sendable, Hashable {
        /// The image or earlier stage as written.
        let base: String
        /// The name after AS, lower case.
        let name: String?
        let line: Int
        var sources: [Source] = []
        /// The `ARG`s in it, which `RUN --mount` may use.
        var arguments: [Argument] = []
    }

    /// The frontend of `# syntax=`.
    let syntax: Located<String>?
    /// The `ARG`s before the first FROM.
    private(set) var arguments: [Argument] = []
    private(set) var stages: [Stage] = []
    let escape: Character

    /// Whether another frontend than BuildKit's own reads it, which may know instructions of its own.
    private var hasForeignFrontend: Bool {
        syntax.map { !("/" + $0.value).contains("/docker/dockerfile") } ?? false
    }

    /// Every instruction of the Dockerfile reference, the deprecated one too.
    private static let known: Set = [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
        "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ]

    /// Reads a Dockerfile (Dockerfile reference; BuildKit's parser). Throws `invalidInput` with line and column where
    /// BuildKit would refuse it.
    public init(parsing text: String, path: String) throws {
        do {
            let lines = try DockerfileLines(text)
            (syntax, escape) = (lines.syntax, lines.escape)
            for instruction in lines.instructions { try add(instruction) }
            guard !stages.isEmpty || hasForeignFrontend else {
                let position = lines.instructions.last?.position ?? Position(line: 1, column: 1)
                throw DockerfileLines.Problem(message: "there is no FROM", position: position)
            }
        } catch let problem as DockerfileLines.Problem {
            throw YAMLReader.refusal(problem.message, at: problem.position, SourceText(text), path: path)
        }
    }

    private mutating func add(_ instruction: DockerfileLines.Instruction) throws(DockerfileLines.Problem) {
        func problem(_ message: String) -> DockerfileLines.Problem {
            DockerfileLines.Problem(message: message, position: instruction.position)
        }
        guard Self.known.contains(instruction.name) else {
            if hasForeignFrontend { return }
            throw problem("unknown instruction: \(instruction.name)")
        }
        guard !instruction.arguments.isEmpty || instruction.name == "CMD" || instruction.name == "ENTRYPOINT" else {
            throw problem("\(instruction.name) requires arguments")
        }
        if instruction.name == "FROM" {
            let words = instruction.arguments.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.count == 1 || words.count == 3 && words[1].uppercased() == "AS" else {
                throw problem("FROM requires either one argument, or three: FROM <image> [AS <name>]")
            }
            let name = words.count == 3 ? words[2].lowercased() : nil
            if let name, !Self.isStageName(name) { throw problem("invalid name for build stage: '\(name)'") }
            stages.append(Stage(base: words[0], name: name, line: instruction.position.line))
        } else if stages.isEmpty {
            guard instruction.name == "ARG" else { throw problem("no build stage in current context") }
            arguments += Self.arguments(instruction)
        } else {
            let last = stages.count - 1
            if instruction.name == "ARG" { stages[last].arguments += Self.arguments(instruction) }
            stages[last].sources += Self.sources(instruction)
        }
    }

    private static func arguments(_ instruction: DockerfileLines.Instruction) -> [Argument] {
        ShellScript(instruction.arguments).commands.flatMap { $0.assignments + $0.words }.map { word in
            let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return Argument(name: parts[0], value: parts.count > 1 ? parts[1] : nil)
        }
    }

    private static func sources(_ instruction: DockerfileLines.Instruction, onBuild: Bool = false) -> [Source] {
        let line = instruction.position.line
        switch instruction.name {
        case "ONBUILD" where !onBuild:
            let name = instruction.arguments.prefix { !$0.isWhitespace }.uppercased()
            let inner = instruction.arguments.dropFirst(name.count).split(whereSeparator: \.isWhitespace).map(
                String.init)
            let flags = Array(inner.prefix { $0.hasPrefix("--") })
            return sources(
                DockerfileLines.Instruction(name: name, arguments: "", flags: flags, position: instruction.position),
                onBuild: true)
        case "COPY":
            return instruction.flags.compactMap { value(of: $0, named: "--from") }
                .map { Source(name: $0, kind: .copy, line: line, isOnBuild: onBuild) }
        case "RUN":
            return instruction.flags.compactMap { value(of: $0, named: "--mount") }.compactMap { mount in
                mount.split(separator: ",").compactMap { value(of: String($0), named: "from") }.first
            }.map { Source(name: $0, kind: .mount, line: line, isOnBuild: onBuild) }
        default: return []
        }
    }

    private static func value(of flag: String, named name: String) -> String? {
        guard flag.lowercased().hasPrefix(name + "=") else { return nil }
        let value = String(flag.dropFirst(name.count + 1))
        return value.isEmpty ? nil : value
    }

    private static func isStageName(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLetter || first.isNumber || first == "$" else {
            return false
        }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.${}".contains($0)) }
    }
}
