internal import Core

/// A command of a recipe as its shell gets it.
struct MakeCommand: Hashable {
    /// The command, without what make itself reads: `@`, `-`, `+`.
    var text: String
    /// The values that are not sure, for the shell variables ``name(of:)`` in its text.
    var values: [String] = []
    /// Whether it stands in a branch of a conditional.
    var isConditional: Bool
    /// Whether its words come from a variable that may be set otherwise.
    var isDoubtful: Bool
    /// A function of make in it that may hide a command.
    var hidden: String?

    /// The name of the shell variable that holds a value that is not sure. No Makefile has one of that name.
    static func name(of number: Int) -> String { "__make_\(number)" }

    /// A recipe's line as commands: the lines of a value of several have a shell of their own each, unless one shell reads all.
    static func all(
        of line: String, in variables: MakeVariables, locals: [String: String], isConditional: Bool, hasOneShell: Bool
    ) -> [MakeCommand] {
        let text = MakeText(line, in: variables, locals: locals)
        let lines = text.text.split(whereSeparator: \.isNewline).map { program(of: $0, in: variables) }
        // An empty text may hide something, too.
        if lines.isEmpty, text.hidden != nil {
            return [MakeCommand(text: "", isConditional: isConditional, isDoubtful: false, hidden: text.hidden)]
        }
        return (hasOneShell && !lines.isEmpty ? [lines.joined(separator: "\n")] : lines.map(String.init)).map { line in
            var command = MakeCommand(text: "", isConditional: isConditional, isDoubtful: text.isDoubtful)
            command.hidden = text.hidden ?? (line.hasPrefix(MakeText.unresolved) ? text.written.trimmed : nil)
            command.read(line)
            return command
        }
    }

    /// A line without make's own marks, and without a variable before the program that nothing sets: for make it is empty.
    private static func program(of line: Substring, in variables: MakeVariables) -> Substring {
        var line = line
        while true {
            line = line.drop { $0.isWhitespace || "@-+".contains($0) }
            guard line.hasPrefix("${"), let end = line.firstIndex(of: "}") else { return line }
            let name = line[..<end].dropFirst(2)
            let rest = line[line.index(after: end)...]
            guard MakeSyntax.isShellName(String(name)), variables.find(String(name)) == nil else { return line }
            let next = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
            guard
                rest.first.map({ $0.isLetter || "@-+".contains($0) }) == true
                    || rest.first?.isWhitespace == true && !ProgramTraits.of(next).isEmpty
            else { return line }
            line = rest
        }
    }

    /// Puts variables in place of what stands between marks.
    private mutating func read(_ line: String) {
        var rest = Array(line.utf8)[...]
        var out: [UInt8] = []
        while let start = rest.firstIndex(of: MakeText.opening),
            let end = rest[start...].firstIndex(of: MakeText.closing)
        {
            out += rest[..<start]
            out += "${\(Self.name(of: values.count))}".utf8
            values.append(String(decoding: rest[(start + 1)..<end], as: UTF8.self))
            rest = rest[(end + 1)...]
        }
        text = MakeText.plain(String(decoding: out + rest, as: UTF8.self))
    }
}
