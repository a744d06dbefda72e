/// Commands of the shell itself.
extension PullWalker {
    /// What changes the shell itself, and make; false for a command that does neither.
    mutating func runBuiltin(_ program: Program, _ streams: ShellStreams, at place: Place) -> Bool {
        let certain = place.isSureInBranch
        switch program.name {
        case "export", "declare", "local", "readonly", "typeset":
            let isPlaceholder = streams.input != nil
            for word in program.words.dropFirst() where !word.text.hasPrefix("-") {
                if isPlaceholder { state.scope.forget(word); continue }
                state.scope.assign(withPrinted(word), certain: certain)
            }
        case "set" where program.words.dropFirst().first?.text.contains("=") == true:
            for word in program.words.dropFirst() { state.scope.assign(word, certain: certain) }
        case "set" where program.words.dropFirst().first?.text == "--":
            state.scope.setPositions(
                program.words.dropFirst(2).flatMap { word in
                    let isPattern = !word.isQuoted && CheckoutReader.isPattern(word.text)
                    return (isPattern ? paths(matching: word.text) : nil)?.map { ShellWord(text: $0) } ?? [word]
                })
        case "set" where program.words.contains { $0.text == "pipefail" }:
            state.hasPipefail = program.words.contains { $0.text.hasPrefix("-") && $0.text.hasSuffix("o") }
        case "mapfile", "readarray":
            let line = OptionWords(program.words.dropFirst(), valued: ["-d", "-n", "-O", "-s", "-u", "-C", "-c"])
            let name = line.operands.first?.text ?? "MAPFILE"
            let text = line.options.allSatisfy { $0.name == "-t" } ? inputText(of: streams) : nil
            let lines = text?.split(separator: "\n").filter { !$0.hasSuffix("\r") } ?? []
            let items = lines.map { " " + $0.replacing(" ", with: ShellWord.blankInItem) }.joined()
            state.variables[name] = items.isEmpty || !certain ? .partial("$" + name) : .known(items)
        case "shift": state.scope.shift(by: program.words.dropFirst().first.flatMap { Int($0.text) } ?? 1)
        case "unset": for word in program.words.dropFirst() { state.variables[word.text] = nil }
        case "cd", "pushd", "chdir", "Set-Location": changeFolder(program.words.dropFirst().last)
        case "rm":
            let operands = Self.operands(of: program)
            for operand in operands {
                for path in removedPaths(operand) { if certain { checkout.remove(path) } else { checkout.doubt(path) } }
            }
            if place.certainty == .certain,
                operands.contains(where: { $0.hasSuffix("/.docker") || $0.hasSuffix(".docker/config.json") })
            {
                state.logins = state.logins.filter { $0.user != place.user }
            }
        case "popd": state.folder = state.earlierFolders.popLast() ?? CheckoutReader.outside
        case "make", "gmake":
            if !program.onlyTellsVersion { followMake(program.words.dropFirst(), at: place) }
        default: return false
        }
        return true
    }

    private mutating func changeFolder(_ word: ShellWord?) {
        if word?.text == "-" {
            let earlier = state.earlierFolders.popLast() ?? CheckoutReader.outside
            state.earlierFolders.append(state.folder)
            state.folder = earlier
            return
        }
        state.earlierFolders.append(state.folder)
        guard let target = word.map({ state.expand($0.text) }) else { return state.folder = CheckoutReader.outside }
        state.folder =
            target.isResolved
            ? CheckoutReader.path(target.text, from: state.folder) ?? CheckoutReader.outside : CheckoutReader.outside
    }

    private mutating func removedPaths(_ operand: String) -> [String] {
        let names = CheckoutReader.isPattern(operand) ? paths(matching: operand) ?? [] : [operand]
        return names.compactMap { path($0) }.filter { !$0.isEmpty }
    }
}
