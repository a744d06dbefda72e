/// Commands that change many files at once.
extension PullWalker {
    /// What a program does to files in their place; `followed` is nil where that is not known.
    private struct InPlaceEdit {
        let followed: StreamEdit?
    }

    /// `find . -name Dockerfile -exec sed -i ... {} +`
    mutating func editFound(by find: Program) {
        let words = find.words.map(\.text)
        guard let start = words.firstIndex(where: { $0.hasPrefix("-exec") || $0.hasPrefix("-ok") }) else { return }
        let inner = Program(find.words.dropFirst(start + 1))
        guard let edit = editInPlace(inner) else { return }
        for pattern in patterns(of: find, edit.followed) { checkout.doubt(pattern) }
    }

    /// `... | xargs sed -i ...`: what it edits comes through the pipe. `input` is its text, where that is known.
    mutating func editFed(_ program: Program, input: String?) {
        guard let feeder, let edit = editInPlace(program) else { return }
        if let input {
            for name in input.split(whereSeparator: \.isWhitespace) {
                if let path = path(String(name)) { checkout.doubt(path) }
            }
            return
        }
        for pattern in patterns(of: feeder, edit.followed) { checkout.doubt(pattern) }
    }

    /// What a program does to files in their place; nil where it does nothing.
    private func editInPlace(_ program: Program) -> InPlaceEdit? {
        switch program.name {
        case "sed", "gsed":
            let texts = program.words.dropFirst().map { state.expand($0.text) }
            guard let edit = StreamEdit(texts.map(\.text)) else { return nil }
            return InPlaceEdit(followed: texts.allSatisfy(\.isSure) ? edit : nil)
        default: return program.rewritesFiles ? InPlaceEdit(followed: nil) : nil
        }
    }

    /// The files that a program lists: those that `find` finds; of any other, all that there are.
    private func patterns(of program: Program, _ edit: StreamEdit?) -> [FilePattern] {
        guard !CheckoutReader.isElsewhere(state.folder) else { return [] }
        guard program.name == "find" else { return [FilePattern(folder: state.folder, names: ["*"], edit: edit)] }
        let words = program.words.dropFirst().map(\.text)
        var names = Set(
            zip(words, words.dropFirst()).filter { ["-name", "-iname"].contains($0.0) }.map(\.1))
        // What is left out by its name leaves all others.
        if names.isEmpty || words.contains("!") || words.contains("-not") { names = ["*"] }
        let starts = words.prefix { !$0.hasPrefix("-") && $0 != "(" && $0 != "!" }
        return (starts.isEmpty ? ["."] : Array(starts)).compactMap { start in
            path(start).map { FilePattern(folder: $0, names: names, edit: edit) }
        }
    }

    /// `cp -r a/* .` and `cp -r a/. b`. False for any other.
    mutating func copyFolder(_ operands: [String], isCertain: Bool) -> Bool {
        guard operands.count == 2, let end = ["/*", "/."].first(where: { operands[0].hasSuffix($0) }) else {
            return false
        }
        guard let source = path(String(operands[0].dropLast(end.count))), let target = path(operands[1]) else {
            return true
        }
        checkout.copy(FolderCopy(source: source, target: target, isCertain: isCertain))
        return true
    }

    /// The file that PowerShell's `Set-Content` or `Out-File` writes.
    static func contentFile(of program: Program) -> String? {
        let words = program.words.dropFirst().map(\.text)
        var isValue = false
        for (word, next) in zip(words, words.dropFirst() + [""]) {
            if isValue {
                isValue = false
            } else if word.hasPrefix("-") {
                let option = word.lowercased()
                if ["-path", "-filepath", "-literalpath"].contains(option) { return next }
                isValue = !["-force", "-nonewline", "-append", "-noclobber", "-passthru"].contains(option)
            } else {
                return word
            }
        }
        return nil
    }
}

extension Program {
    /// Whether it is `perl -i` or `yq -i`, of whose edits nothing is followed.
    var rewritesFiles: Bool {
        switch name {
        case "perl": words.contains { $0.text.hasPrefix("-") && $0.text.contains("i") }
        case "yq": words.contains { $0.text == "-i" || $0.text == "--inplace" }
        default: false
        }
    }
}
