internal import Core

/// Scripts of package.json.
extension PullWalker {
    private static let packageVerbs: Set = ["test", "start", "stop", "restart"]

    /// A script of package.json with those that npm runs before and after it. False where the package or the script is not
    /// here, and for words that are no script.
    mutating func followPackageScript(_ program: Program, at place: Place) -> Bool {
        let manager = program.name ?? ""
        let line = OptionWords(
            program.words.dropFirst(),
            flags: [
                "-s", "--silent", "--if-present", "--frozen-lockfile", "--immutable", "--no-audit", "--ignore-scripts",
                "-w",
                "--workspace-root", "-r", "--recursive", "--verbose", "--bun",
            ], untilOperand: true)
        var operands = ArraySlice(line.operands.map(\.text))
        guard var verb = operands.popFirst(), !line.has("-r"), !line.has("--recursive") else { return false }
        if verb == "workspace" || verb == "workspaces" { return false }
        if verb == "run" || verb == "run-script" {
            while let option = operands.first, option.hasPrefix("-") { operands.removeFirst(); _ = option }
            guard let name = operands.popFirst() else { return false }
            verb = name
        } else if verb == "t" {
            verb = "test"
        } else if manager == "npm" || manager == "bun", !Self.packageVerbs.contains(verb) {
            return false
        }
        var folder = state.folder
        for change in line.values("--prefix", "--cwd", "-C", "--dir") {
            folder = CheckoutReader.path(state.expand(change).text, from: folder) ?? CheckoutReader.outside
        }
        guard let package = package(in: folder), package.scripts[verb]?.text != nil else { return false }
        let kept = state.folder
        state.folder = folder
        follow(verb, of: package, at: place)
        state.folder = kept
        return true
    }

    private typealias Package = (path: String, scripts: YAMLNode)

    private mutating func package(in folder: String) -> Package? {
        guard let path = CheckoutReader.path("package.json", from: folder), let text = checkout.text(of: path),
            spend(text.utf8.count / Self.bytesOfStep),
            let scripts = try? YAMLReader.read(SourceText(text), path: path)?["scripts"]
        else { return nil }
        return (path, scripts)
    }

    /// A script with those that run before and after it.
    private mutating func follow(_ name: String, of package: Package, at place: Place) {
        for name in ["pre" + name, name, "post" + name] {
            if let script = package.scripts[name]?.text {
                follow(script, named: "\(package.path), script \(name)", shell: .sh, at: place)
            }
        }
    }

    /// `run-s`, `run-p` and `npm-run-all`: the scripts that the words name or match. False where one of them is not here.
    mutating func followScriptList(_ program: Program, at place: Place) -> Bool {
        let line = OptionWords(
            program.words.dropFirst(), valued: ["--max-parallel", "--npm-path", "--jobs"])
        guard let package = package(in: state.folder) else { return false }
        let all = package.scripts.pairs.compactMap(\.key.text)
        var names: [String] = []
        for word in line.operands {
            // What stands behind the name is the script's own.
            let pattern = String(state.expand(word.text).text.prefix { $0 != " " })
            guard spend(all.count / 8) else { return false }
            let matching = all.filter { Self.matches($0, pattern) }
            if matching.isEmpty { return false }
            names += matching
        }
        for name in names { follow(name, of: package, at: place) }
        return !names.isEmpty
    }

    /// `a:*` stands for one more part of a name, `a:**` for any.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        guard pattern.contains("*") else { return name == pattern }
        let (names, patterns) = (name.split(separator: ":"), pattern.split(separator: ":"))
        for (index, pattern) in patterns.enumerated() {
            if pattern == "**" { return names.count >= index }
            guard index < names.count, WildcardPattern(pattern).matches(names[index]) else { return false }
        }
        return names.count == patterns.count
    }
}
