internal import Core

/// A Dockerfile cut into instructions as BuildKit cuts it (frontend/dockerfile/parser): directives at the top, lines that
/// continue, comments and blank lines between them, heredocs.
struct DockerfileLines {
    /// One instruction, over as many lines as it takes.
    struct Instruction: Hashable {
        /// Upper case.
        let name: String
        /// What follows the name and the flags, continued lines joined.
        let arguments: String
        /// The words that begin with two dashes right after the name.
        let flags: [String]
        let position: Position
    }

    /// Why a text is no Dockerfile.
    struct Problem: Error {
        let message: String
        let position: Position
    }

    private(set) var instructions: [Instruction] = []
    /// The frontend image of `# syntax=`.
    private(set) var syntax: Located<String>?
    private(set) var escape: Character = "\\"

    private let lines: [String]
    private var index = 0

    init(_ text: String) throws(Problem) {
        var bytes = Array(text.utf8)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            var line = line
            while line.last == 0x0D { line = line.dropLast() }
            return String(decoding: line, as: UTF8.self)
        }
        try readDirectives()
        index = 0
        while index < lines.count { try readInstruction() }
    }

    /// `# name=value` before anything else; an unknown name is a comment, and does not end the directives. BuildKit looks for the
    /// frontend before it parses, and sees none that is indented.
    private mutating func readDirectives() throws(Problem) {
        var seen: Set<String> = []
        var maySayFrontend = true
        for (number, line) in lines.enumerated() {
            if number == 0, line.hasPrefix("#!") { continue }
            guard let (name, value) = Self.directive(line.drop(while: \.isWhitespace)) else { return }
            maySayFrontend = maySayFrontend && line.hasPrefix("#")
            guard ["escape", "syntax", "check"].contains(name) else { continue }
            let position = Position(line: number + 1, column: 1)
            guard seen.insert(name).inserted else {
                throw Problem(message: "only one \(name) parser directive can be used", position: position)
            }
            if name == "escape" {
                guard value == "\\" || value == "`" else {
                    throw Problem(message: "invalid escape token '\(value)', must be ` or \\", position: position)
                }
                escape = Character(value)
            } else if name == "syntax", maySayFrontend, let image = value.split(whereSeparator: \.isWhitespace).first {
                syntax = Located(String(image), at: position)
            }
        }
    }

    private static func directive(_ line: Substring) -> (name: String, value: String)? {
        guard line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
        let name = line[line.index(after: line.startIndex)..<equals].trimmed.lowercased()
        let value = line[line.index(after: equals)...].trimmed
        guard let first = name.first, first.isASCII, first.isLetter, !value.isEmpty,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        return (name, value)
    }

    private mutating func readInstruction() throws(Problem) {
        let first = lines[index]
        let start = index + 1
        index += 1
        let lead = first.prefix(while: \.isWhitespace)
        guard !Self.isComment(first) else { return }
        var (text, continues) = trimContinuation(String(first.dropFirst(lead.count)))
        if text.isEmpty, !continues { return }
        while continues, index < lines.count {
            let line = lines[index]
            index += 1
            if Self.isComment(line) || line.allSatisfy(\.isWhitespace) { continue }
            let part: String
            (part, continues) = trimContinuation(line)
            text += part
        }
        guard !text.trimmed.isEmpty else { return }
        let position = Position(line: start, column: lead.unicodeScalars.count + 1)
        let instruction = Self.instruction(text, at: position)
        instructions.append(instruction)
        try skipHeredocs(of: instruction)
    }

    private static func instruction(_ text: String, at position: Position) -> Instruction {
        let name = text.prefix { !$0.isWhitespace }
        var rest = text.dropFirst(name.count).drop(while: \.isWhitespace)
        var flags: [String] = []
        while rest.hasPrefix("--") {
            let flag = Self.flag(rest)
            if flag.text == "--" { break }
            flags.append(flag.text)
            rest = rest.dropFirst(flag.length).drop(while: \.isWhitespace)
        }
        return Instruction(name: name.uppercased(), arguments: rest.trimmed, flags: flags, position: position)
    }

    /// A flag up to the next blank outside of quotes, without its quotes.
    private static func flag(_ text: Substring) -> (text: String, length: Int) {
        var flag = ""
        var length = 0
        var quote: Character?
        for character in text {
            if character.isWhitespace, quote == nil { break }
            length += 1
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else {
                flag.append(character)
            }
        }
        return (flag, length)
    }

    /// The lines of each heredoc belong to no instruction.
    private mutating func skipHeredocs(of instruction: Instruction) throws(Problem) {
        var (name, text) = (instruction.name, instruction.arguments)
        if name == "ONBUILD" {
            name = text.prefix { !$0.isWhitespace }.uppercased()
            text = text.dropFirst(name.count).trimmed
        }
        guard ["RUN", "COPY", "ADD"].contains(name) else { return }
        for heredoc in Heredoc.all(in: text) {
            var ended = false
            while index < lines.count, !ended {
                let line = heredoc.stripsTabs ? String(lines[index].drop { $0 == "\t" }) : lines[index]
                ended = line == heredoc.name
                index += 1
            }
            guard ended else {
                throw Problem(message: "the heredoc '\(heredoc.name)' has no end", position: instruction.position)
            }
        }
    }

    private func trimContinuation(_ line: String) -> (text: String, continues: Bool) {
        let end = line.lastIndex { $0 != " " && $0 != "\t" }
        guard let end, line[end] == escape else { return (line, false) }
        if end > line.startIndex, line[line.index(before: end)] == escape { return (line, false) }
        return (String(line[..<end]), true)
    }

    private static func isComment(_ line: String) -> Bool { line.first { !$0.isWhitespace } == "#" }
}
