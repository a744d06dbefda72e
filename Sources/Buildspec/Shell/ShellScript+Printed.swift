internal import Core

/// What stands for a substitution where its text tells what it prints.
extension ShellScript {
    /// The id of every image that a build prints: docker's form of one, which no registry has.
    static let idOfBuiltImage = "sha256:" + String(repeating: "0", count: 64)

    /// A path or a part of one, a program's path in a form that is no file's name, or the id of an image that was just built; nil for anything
    /// else.
    var printedText: String? {
        printedPath ?? printedPart ?? printedProgram.map { Self.pathStart + $0 + ")" }
            ?? (printsImage ? Self.idOfBuiltImage : nil)
    }

    /// What `dirname "$x"` and `basename "$x"` print, as an expansion of the variable; nil for anything else.
    private var printedPart: String? {
        guard commands.count == 1, let words = commands.first?.words, words.count == 2, words[1].hasExpansion else {
            return nil
        }
        var name = Substring(words[1].text).dropFirst()
        if name.hasPrefix("{"), name.hasSuffix("}") { name = name.dropFirst().dropLast() }
        guard words[1].text.hasPrefix("$"), !name.isEmpty, name.utf8.allSatisfy(ASCII.isName) else { return nil }
        switch words[0].text {
        case "dirname": return "${\(name)\(ValuePattern.dirname)}"
        case "basename": return "${\(name)\(ValuePattern.basename)}"
        default: return nil
        }
    }

    private static let pathStart = "$(command -v "

    /// The program of a text that stands for a program's path.
    static func program(atPath text: String) -> String? {
        guard text.hasPrefix(pathStart), text.hasSuffix(")") else { return nil }
        return String(text.dropFirst(pathStart.count).dropLast())
    }

    /// `docker build -q .`, `docker images -q x`
    private var printsImage: Bool {
        guard commands.count == 1, let program = commands.first?.program, let name = program.name,
            ["docker", "podman", "nerdctl", "finch", "buildah"].contains(name)
        else { return false }
        let words = program.words.dropFirst().map(\.text)
        let verb = words.first { !$0.hasPrefix("-") && $0 != "image" && $0 != "buildx" && $0 != "builder" }
        guard verb.map(["build", "images", "ls"].contains) == true || name == "buildah" && verb == "bud" else {
            return false
        }
        return words.contains("-q") || words.contains("--quiet")
    }

    /// The program whose path the script prints: `which docker`, `command -v docker`; nil for anything else.
    var printedProgram: String? {
        guard let first = commands.first, commands.dropFirst().allSatisfy({ $0.condition == .sometimes }) else {
            return nil
        }
        let words = first.words.map(\.text)
        let isAsked =
            switch words.first {
            case "which": words.count == 2
            case "command": words.count == 3 && words[1] == "-v"
            case "type": words.count == 3 && ["-p", "-P"].contains(words[1])
            default: false
            }
        guard isAsked, let name = words.last, name.utf8.allSatisfy({ ASCII.isName($0) || $0 == UInt8(ascii: "-") })
        else {
            return nil
        }
        return name
    }

    /// The folder or file that the script prints, in words that can be read without running it: `pwd`, `dirname "$0"`,
    /// `cd x && pwd`, `realpath x`, `git rev-parse --show-toplevel`; nil for anything else.
    var printedPath: String? {
        guard let last = commands.last, commands.count < 3 else { return nil }
        let words = last.words.map(\.text)
        if commands.count == 2 {
            let first = commands[0].words
            guard words == ["pwd"] || words == ["pwd", "-P"], first.count == 2, first[0].text == "cd" else {
                return nil
            }
            return first[1].text
        }
        switch (words.first, words.count) {
        case ("pwd", _): return "$PWD"
        case ("dirname", 2):
            let isOwn = ["$0", "${0}", "$BASH_SOURCE", "${BASH_SOURCE}", "${BASH_SOURCE[0]}"].contains(words[1])
            return isOwn ? "$0/.." : nil
        case ("realpath", 2): return words[1]
        case ("readlink", 3) where words[1] == "-f": return words[2]
        case ("git", _) where words == ["git", "rev-parse", "--show-toplevel"]: return "$CODEBUILD_SRC_DIR"
        default: return nil
        }
    }
}
