internal import Core

/// Functions in a text.
extension MakeText {
    /// What a function with these arguments comes to.
    mutating func call(_ function: MakeFunction, _ bytes: ArraySlice<UInt8>) -> String {
        let arguments = MakeSyntax.arguments(bytes, most: function.arguments)
        switch function {
        case .shell: return shell(plainly(arguments[0]))
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
        let text = MakeWords.apply(function, to: arguments.map { plainly($0) }, in: variables.surroundings.folder)
        let isKnown = isSure
        isSure = outside
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

    private static func speaksOfDocker(_ text: String) -> Bool {
        let text = text.lowercased()
        return text.contains("docker") || text.contains("compose") || text.contains("podman")
    }

    /// What a shell prints, where that can be told; else the shell's own substitution.
    private mutating func shell(_ command: String) -> String {
        let command = command.split(whereSeparator: \.isNewline).joined(separator: " ")
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
            guard !isOver else { break }
            locals[name] = isKnown ? word : unsure(word)
            texts.append(expand(arguments[2]))
        }
        return texts.joined(separator: " ")
    }

    /// `$(if condition,text,text)`
    private mutating func choice(_ arguments: [String]) -> String {
        let (value, isKnown) = condition(arguments[0])
        let other = arguments.count > 2 ? arguments[2] : ""
        let (taken, left) = value ? (arguments[1], other) : (other, arguments[1])
        let text = expand(taken)
        guard !isKnown else { return text }
        isSure = false
        isDoubtful = isDoubtful || Self.speaksOfDocker(text)
        if !Self.speaksOfDocker(text), Self.speaksOfDocker(Self.plain(expand(left))) { hidden = hidden ?? left }
        return text
    }

    /// `$(or ...)`, `$(and ...)`
    private mutating func choice(_ function: MakeFunction, _ arguments: [String]) -> String {
        var last = ""
        var isKnown = true
        for argument in arguments {
            let (value, isSure) = condition(argument)
            isKnown = isKnown && isSure
            last = value ? expand(argument.trimmed) : ""
            if value == (function == .or) { break }
        }
        return isKnown ? last : unsure(last)
    }

    /// Whether a text is not empty, and whether that is sure.
    private mutating func condition(_ written: String) -> (value: Bool, isKnown: Bool) {
        let outside = (isSure, emptiesUnset)
        (isSure, emptiesUnset) = (true, true)
        let text = plainly(written.trimmed)
        defer { (isSure, emptiesUnset) = outside }
        return (!text.trimmed.isEmpty, isSure && !text.contains("$"))
    }

    /// `$(wildcard ...)`: single files that are there; what a pattern matches is not known.
    private mutating func files(_ written: String) -> String {
        let words = MakeSyntax.words(plainly(written))
        isSure = false
        guard !words.contains(where: { $0.contains { "*?[$".contains($0) } }) else { return Self.unresolved }
        return words.filter { variables.surroundings.file($0) != nil }.joined(separator: " ")
    }
}
