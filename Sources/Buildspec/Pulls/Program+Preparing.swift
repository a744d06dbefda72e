extension Program {
    /// Whether a package manager or compiler only installs, formats or tells its version here: nothing that starts docker.
    var onlyPrepares: Bool {
        let operands = words.dropFirst().map(\.text)
        let verb = operands.first { !$0.hasPrefix("-") } ?? ""
        switch name {
        case "npm", "yarn", "pnpm", "bun":
            return [
                "install", "ci", "i", "add", "config", "set", "cache", "audit", "update", "upgrade", "login", "version",
            ].contains(verb)
                || name == "yarn" && operands.isEmpty
        case "sam":
            return ["validate", "package", "deploy", "publish", "list", "logs", "delete", "init", "pipeline", "sync"]
                .contains(verb)
        case "go": return ["mod", "get", "install", "build", "vet", "fmt", "env", "list", "clean"].contains(verb)
        case "cargo": return ["build", "fmt", "clippy", "install", "check", "fetch"].contains(verb)
        case "dotnet": return ["restore", "build", "publish", "tool", "nuget", "pack"].contains(verb)
        case "terraform": return ["fmt", "init", "validate", "output", "workspace"].contains(verb)
        case "python", "python3", "python2":
            return operands.first == "-m"
                && ["pip", "venv", "ensurepip", "virtualenv", "json.tool", "site"].contains(
                    operands.dropFirst().first ?? "")
                || operands.first == "-c" || operands.isEmpty
        default: return false
        }
    }
}
