internal import Core

/// Functions in a text.
extension MakeText {
    /// What a function with these arguments comes to.
    mutating func call(_ function: MakeFunction, _ bytes: ArraySlice<UInt8>) -> String {
        let arguments = MakeSyntax.arguments(bytes, most: function.arguments)
        switch function {
        case .shell: return shell(arguments[0])
        case .info, .warning, .error: return ""
        case .eval:
            evaluated.append(plainly(arguments[0]))
            return ""
        case .value: return variables.find(plainly(arguments[0]))?.text ?? ""
        case .origin:
            return variables.find(plainly(arguments[0])) == nil ? "undefined" : "file"
        case .call: return call(arguments)
        case .foreach where arguments.count == 3: return each(arguments)
        case .if where arguments.count > 1: return choice(arguments)
        case .or, .and: return choice(function, arguments)
        case .wildcard: return files(arguments[0])
        case .guile, .file, .let_, .intcmp, .foreach, .if, .flavor:
            return unknown(String(decoding: bytes, as: UTF8.self))
        default: return changed(function, arguments)
        }
    }

    /// A function of texts alone.
    mutating func changed(_ function: MakeFunction, _ arguments: [String]) -> String {
        let outside = isSure
        isSure = true
        let known = arguments.map { plainly($0) }
        let isKnown = isSure
        isSure = outside
        guard charge(MakeWords.cost(function, of: known)) else { return Self.unresolved }
        let text = MakeWords.apply(function, to: known, in: variables.surroundings.folder)
        guard let text else {
            isSure = false
            return Self.unresolved
        }
        return isKnown ? text : unsure(text)
    }

    /// Something that may hide a command, if its text speaks of one.
    private mutating func unknown(_ written: String) -> String {
        isSure = false
        if Self.speaksOfDocker(written) { hidden = hidden ?? written.trimmed }
        return Self.unresolved
    }

    /// What a text that may pull has in it.
    static let wordsOfDocker = ["docker", "compose", "podman"]

    static func speaksOfDocker(_ text: String) -> Bool {
        let text = text.lowercased()
        return wordsOfDocker.contains { text.contains($0) }
    }

    /// What a shell prints, where that can be told; else the shell's own substitution.
    private mutating func shell(_ written: String) -> String {
        let outside = isSure
        isSure = true
        let command = plainly(written).split(whereSeparator: \.isNewline).joined(separator: " ")
        let isKnown = isSure
        isSure = outside && isKnown
        let script = ShellScript(command)
        if let program = script.printedProgram { return unsure(program) }
        // Other hosts run no such build.
        if ["uname", "uname -s"].contains(command.trimmed) { return unsure("Linux") }
        switch script.printedPath {
        case "$PWD":
            if let folder = variables.surroundings.folder { return folder }
        case "$CODEBUILD_SRC_DIR": return CheckoutReader.root
        default: break
        }
        isSure = false
        if isImmediate, Self.speaksOfDocker(command) {
            // What it prints is put in; no recipe runs it again.
            variables.reading.run(command, isSure: isKnown)
            return Self.unresolved
        }
        return "$(\(command))"
    }

    /// `$(call name,...)`: the variable's text with the arguments as `$(1)`, `$(2)`, ...
    private mutating func call(_ arguments: [String]) -> String {
        let name = plainly(arguments[0]).trimmed
        guard variables.find(name) != nil else { return unknown(name) }
        let kept = locals
        defer { locals = kept }
        var given = ["0": name]
        for number in 1...9 {
            given[String(number)] = number < arguments.count ? expand(arguments[number]) : ""
        }
        locals.merge(given) { $1 }
        return expand("$(\(name))")
    }

    /// `$(foreach name,list,text)`; a list that is not known makes one turn.
    private mutating func each(_ arguments: [String]) -> String {
        let name = plainly(arguments[0]).trimmed
        let outside = isSure
        isSure = true
        let list = plainly(arguments[1])
        let isKnown = isSure
        isSure = outside && isKnown
        let kept = locals[name]
        defer { locals[name] = kept }
        let words = list.contains("$") ? ["${\(name)}"] : MakeSyntax.words(list)
        var texts: [String] = []
        for word in words {
            guard charge(bytes: arguments[2].utf8.count) else { return Self.unresolved }
            locals[name] = isKnown ? word : unsure(word)
            texts.append(expand(arguments[2]))
        }
        return texts.joined(separator: " ")
    }

    /// `$(if condition,text,text)`
    private mutating func choice(_ arguments: [String]) -> String {
        let doubt = isDoubtful
        let (test, isKnown) = condition(arguments[0])
        isDoubtful = doubt
        let value = !test.isEmpty
        let other = arguments.count > 2 ? arguments[2] : ""
        let (taken, left) = value ? (arguments[1], other) : (other, arguments[1])
        let text = expand(taken)
        guard !isKnown else { return text }
        isSure = false
        isDoubtful = isDoubtful || Self.speaksOfDocker(text)
        if !Self.speaksOfDocker(text), mayHide(left) { hidden = hidden ?? left.trimmed }
        return text
    }

    /// Whether a branch that make would not take speaks of docker. It leaves nothing behind.
    private mutating func mayHide(_ written: String) -> Bool {
        let kept = (isSure, isDoubtful, evaluated)
        evaluated = []
        let text = Self.plain(expand(written))
        defer { (isSure, isDoubtful, evaluated) = kept }
        return Self.speaksOfDocker(text) || evaluated.contains(where: Self.speaksOfDocker)
    }

    /// `$(or ...)`, `$(and ...)`
    private mutating func choice(_ function: MakeFunction, _ arguments: [String]) -> String {
        var last = ""
        var isKnown = true
        for argument in arguments {
            let doubt = isDoubtful
            let (text, isSure) = condition(argument)
            isKnown = isKnown && isSure
            last = text
            if text.isEmpty { isDoubtful = doubt }
            if text.isEmpty == (function == .and) { break }
        }
        return isKnown ? last : unsure(last)
    }

    /// A text that is empty or not, and whether that is sure.
    private mutating func condition(_ written: String) -> (text: String, isKnown: Bool) {
        let outside = (isSure, emptiesUnset)
        (isSure, emptiesUnset) = (true, true)
        let text = expand(written.trimmed).trimmed
        defer { (isSure, emptiesUnset) = outside }
        return (text, isSure && !text.contains("$"))
    }

    /// `$(wildcard ...)`: the files that are there, as far as that can be told.
    private mutating func files(_ written: String) -> String {
        let words = MakeSyntax.words(plainly(written))
        isSure = false
        var files: [String] = []
        for word in words {
            guard !word.contains("$") else { return Self.unresolved }
            if CheckoutReader.isPattern(word) || word.contains("[") {
                let found = variables.surroundings.matches(word)
                guard let paths = found.paths, variables.reading.spend(found.cost) else { return Self.unresolved }
                files += paths
            } else if variables.surroundings.file(word) != nil {
                files.append(word)
            }
        }
        return files.joined(separator: " ")
    }
}
