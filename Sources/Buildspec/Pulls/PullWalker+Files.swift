/// The files that commands write, and the texts that they hand on.
extension PullWalker {
    private static let mostBytes = 100_000

    /// What `cat`, `echo`, `printf`, `find` or `ls` prints, where the text and the checkout tell all of it; nil for anything else.
    mutating func printed(by program: Program, _ streams: ShellStreams) -> String? {
        let operands = program.words.dropFirst()
        switch program.name {
        case "cat", "tee", "envsubst":
            if streams.heredoc != nil || streams.input != nil { return inputText(of: streams) }
            let names = operands.filter { !$0.text.hasPrefix("-") }
            guard program.name == "cat", !names.isEmpty else { return piped }
            var texts: [String] = []
            for name in names {
                let isPattern = !name.isQuoted && CheckoutReader.isPattern(name.text)
                for path in isPattern ? paths(matching: name.text) ?? [name.text] : [name.text] {
                    guard let text = text(at: path) else { return nil }
                    texts.append(text)
                }
            }
            return texts.joined()
        case "echo", "printf":
            let words = operands.filter { !["-e", "-n", "-en", "-ne", "-E"].contains($0.text) }
            let isFormat = program.name == "printf" && words.first?.text.contains("%") == true
            if isFormat { return formatted(words.map { state.expand($0.text).text }) }
            let line = words.map { $0.hasExpansion ? state.expand($0.text).text : $0.text }.joined(separator: " ")
            return (line.contains("\\n") ? line.replacing("\\n", by: "\n") : line) + "\n"
        case "find", "ls": return listing(of: program)
        case "mktemp":
            temporaries += 1
            return "/tmp/tmp.\(temporaries)\n"
        case "sed", "gsed": return edited(by: program, streams)
        case "head", "tail", "sort", "uniq", "tr", "grep", "egrep", "fgrep", "cut", "awk", "gawk":
            return filtered(by: program, streams)
        case "seq": return numbers(operands.map { state.expand($0.text).text })
        default: return nil
        }
    }

    /// What `seq LAST` or `seq FIRST LAST` prints; nil for any other.
    private func numbers(_ operands: [String]) -> String? {
        let bounds = operands.compactMap { Int($0) }
        guard bounds.count == operands.count, let last = bounds.last, bounds.count <= 2 else { return nil }
        let first = bounds.count == 2 ? bounds[0] : 1
        guard first <= last, last < first &+ Self.mostNames else { return nil }
        return (first...last).map { "\($0)\n" }.joined()
    }

    /// What `printf` makes of a format that only puts its words in, again and again; nil for any other.
    private func formatted(_ words: [String]) -> String? {
        guard let format = words.first?.replacing("%s", by: "\0"), !format.contains("%") else { return nil }
        let parts = format.split(separator: "\0", omittingEmptySubsequences: false)
        var text = ""
        var rest = words.dropFirst()
        repeat {
            for (index, part) in parts.enumerated() { text += (index == 0 ? "" : rest.popFirst() ?? "") + part }
        } while !rest.isEmpty
        return text.replacing("\\n", by: "\n")
    }

    /// What stands behind `<<`, `<<<` or `<`.
    func inputText(of streams: ShellStreams) -> String? {
        if let heredoc = streams.heredoc { return streams.expandsHeredoc ? state.expand(heredoc).text : heredoc }
        return streams.input.flatMap { text(at: $0) }
    }

    /// Keeps a file that a command writes for those that read it; a text that is not known makes it one that cannot be read.
    mutating func write(
        _ output: String?, _ program: Program, _ streams: ShellStreams, isCertain: Bool
    ) {
        let mayWrite =
            program.traits.contains(.writer) || streams.output != nil || program.name == "aws" || program.name == "perl"
            || program.name == "find"
        guard mayWrite else { return }
        switch program.name {
        case "cp", "mv":
            let operands = Self.operands(of: program)
            if copyFolder(operands, isCertain: isCertain) { break }
            guard operands.count == 2 else { break }
            let isFolder = operands[1] == "." || operands[1].hasSuffix("/")
            let target = isFolder ? operands[1] + "/" + CheckoutReader.name(of: operands[0]) : operands[1]
            if let from = path(operands[0]), let text = checkout.text(of: from) {
                let isDoubted = checkout.isDoubted(from)
                keep(text, as: target, appends: false)
                if isDoubted, let path = path(target) { checkout.doubt(path) }
            } else {
                forget(target)
            }
            if program.name == "mv", isCertain, let from = path(operands[0]) { checkout.remove(from) }
        case "ln":
            let operands = Self.operands(of: program)
            guard operands.count == 2 else { break }
            // A link's target counts from where the link stands.
            let folder = CheckoutReader.folder(of: operands[1])
            let isWhole = operands[0].hasPrefix("/") || operands[0].hasPrefix("$") || folder.isEmpty
            keep(text(at: isWhole ? operands[0] : folder + "/" + operands[0]), as: operands[1], appends: false)
        case "tee":
            for name in Self.operands(of: program) {
                keep(output, as: name, appends: program.words.contains { $0.text == "-a" })
            }
        case "sed", "gsed": edit(program, isCertain: isCertain)
        case "perl" where program.rewritesFiles, "yq" where program.rewritesFiles:
            for name in Self.operands(of: program) { if let path = path(name) { checkout.doubt(path) } }
        case "find": editFound(by: program)
        case "Set-Content", "set-content", "Add-Content", "Out-File", "out-file":
            if let path = Self.contentFile(of: program).flatMap({ path($0) }) { checkout.doubt(path) }
        case "curl", "wget": for name in Self.downloads(program) { forget(name) }
        case "aws" where program.words.dropFirst().first?.text == "s3":
            let operands = Self.operands(of: program)
            if let source = operands.firstIndex(where: { $0.hasPrefix("s3://") }), source + 1 < operands.count {
                forget(operands[source + 1])
                forget(operands[source + 1] + "/" + CheckoutReader.name(of: operands[source]))
            }
        default: break
        }
        if program.name != "tee", let name = streams.output { keep(output, as: name, appends: streams.appends) }
    }

    /// The words behind a program's name with their values.
    func expandedWords(behind program: Program) -> [VariableText] {
        program.words.dropFirst().map { $0.hasExpansion ? state.expand($0.text) : VariableText($0.text) }
    }

    /// What a filter reads: its file, else what comes through the pipe or from elsewhere; nil for what is not known, or too long.
    func input(from file: String?, _ streams: ShellStreams) -> String? {
        let read = file.map { text(at: $0) } ?? piped ?? inputText(of: streams)
        return read.flatMap { $0.utf8.count < Self.mostBytes ? $0 : nil }
    }

    /// What `sed` prints of one file or of its input, where all that it does is followed.
    private func edited(by program: Program, _ streams: ShellStreams) -> String? {
        let words = expandedWords(behind: program)
        guard words.allSatisfy(\.isSure), let edit = StreamEdit(words.map(\.text), printed: true),
            edit.files.count < 2, let text = input(from: edit.files.first, streams)
        else { return nil }
        let (edited, isWhole) = edit.edited(text)
        return isWhole ? edited : nil
    }

    /// `sed -i`. What is not followed of it, or only sometimes happens, leaves a file in doubt.
    private mutating func edit(_ program: Program, isCertain: Bool) {
        let words = expandedWords(behind: program)
        guard let edit = StreamEdit(words.map(\.text)) else { return }
        let isCertain = isCertain && words.allSatisfy(\.isSure)
        for name in edit.files {
            guard let path = path(name), let text = checkout.text(of: path), text.utf8.count < Self.mostBytes else {
                continue
            }
            let (edited, isWhole) = edit.edited(text)
            if edited != text { checkout.write(edited, to: path) }
            if !isWhole || edited != text && !isCertain { checkout.doubt(path) }
        }
    }

    /// A file that comes from elsewhere takes the place of one that is known.
    private mutating func forget(_ name: String) {
        if let path = path(name), checkout.text(of: path) != nil { checkout.write(nil, to: path) }
    }

    /// The files that curl or wget writes.
    private static func downloads(_ program: Program) -> [String] {
        let words = program.words.dropFirst().map(\.text)
        let isCurl = program.name == "curl"
        var files: [String] = []
        for (word, next) in zip(words, words.dropFirst() + [""]) {
            let isShort = word.hasPrefix("-") && !word.hasPrefix("--")
            // Short options may stand together, the one with a value last.
            if isShort && word.hasSuffix(isCurl ? "o" : "O") || ["--output", "--output-document"].contains(word) {
                files.append(next)
            } else if word.contains("://"), !isCurl || words.contains(where: { $0.hasPrefix("-") && $0.contains("O") })
            {
                let folder = words.firstIndex(of: "-P").map {
                    words.indices.contains($0 + 1) ? words[$0 + 1] + "/" : ""
                }
                files.append((folder ?? "") + CheckoutReader.name(of: word))
            }
        }
        return files
    }

    static func operands(of program: Program) -> [String] {
        program.words.dropFirst().map(\.text).filter { !$0.hasPrefix("-") }
    }

    private mutating func keep(_ text: String?, as name: String, appends: Bool) {
        guard let path = path(name) else { return }
        guard let text, text.utf8.count < Self.mostBytes else {
            // What is added to a known file leaves what it has.
            if !appends, checkout.text(of: path) != nil { checkout.write(nil, to: path) }
            return
        }
        let before = appends ? checkout.text(of: path) : ""
        // What is added to a file that is not known makes no file that is.
        if let text = before.map({ $0 + text }) ?? (text.hasPrefix("FROM ") ? text : nil) {
            checkout.write(text, to: path)
        }
    }

    /// The text of a file that no command may have changed in a way that is not followed.
    func text(at name: String) -> String? {
        guard let path = path(name), !checkout.isDoubted(path) else { return nil }
        return checkout.text(of: path)
    }

    /// A path as a command writes it, from the checkout's root; nil where it is not known, or elsewhere.
    func path(_ name: String) -> String? {
        let text = state.expand(name)
        return text.isResolved ? CheckoutReader.path(text.text, from: state.folder) : nil
    }
}
