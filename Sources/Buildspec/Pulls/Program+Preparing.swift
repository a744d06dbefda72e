extension Program {
    /// Whether a package manager, compiler or interpreter only installs, formats, computes or tells its version here: nothing that
    /// starts docker.
    var onlyPrepares: Bool {
        guard !onlyTellsVersion else { return true }
        guard let name else { return false }
        let operands = words.dropFirst().map(\.text)
        let verb = Self.verb(of: operands)
        if let verbs = Self.preparations[name] { return verbs.contains(verb) || runsOwnText(operands) }
        switch name {
        case "yarn" where verb.isEmpty: return true
        case "npm", "yarn", "pnpm", "bun": return Self.packageVerbs.contains(verb)
        case "npx", "bunx", "pnpx", "uvx": return Self.tools.contains(verb)
        case "python", "python3", "python2":
            return operands.first == "-m" && Self.modules.contains(operands.dropFirst().first ?? "")
                || ["-c", "-", nil].contains(operands.first) && !operands.dropFirst().contains { $0.contains("docker") }
        case "source", ".": return operands.first.map { Self.isSetUp($0) } ?? true
        case "ansible-playbook": return operands.contains("--syntax-check") || operands.contains("--list-tasks")
        default:
            return runsOwnText(operands) || words.first.map { $0.text.hasSuffix("aws/install") } ?? false
        }
    }

    /// `node -e 'text'` and the like.
    private func runsOwnText(_ operands: [String]) -> Bool {
        guard let name, let first = operands.first, Self.textOptions[name]?.contains(first) ?? false else {
            return false
        }
        return !operands.dropFirst().contains { $0.contains("docker") }
    }

    private static func verb(of operands: [String]) -> String {
        var skips = false
        for operand in operands {
            if skips {
                skips = false
            } else if operand.hasPrefix("-") {
                skips = valued.contains(operand)
            } else {
                return operand
            }
        }
        return ""
    }

    private static let modules: Set = ["pip", "venv", "ensurepip", "virtualenv", "json.tool", "site"]
    private static let textOptions: [String: Set<String>] = [
        "node": ["-e", "-p", "-pe", "--eval", "--print"],
        "perl": ["-e", "-pe", "-ne", "-pi", "-i", "-i.bak", "-0pe", "-0777"],
        "ruby": ["-e", "-ne", "-pe", "-ryaml", "-rjson"], "php": ["-r"],
    ]
    private static let valued: Set = [
        "--prefix", "--cwd", "-C", "--dir", "--filter", "-F", "-w", "--workspace", "--registry",
    ]

    /// What a tool's installation puts beside a shell, which sets up that tool.
    private static func isSetUp(_ path: String) -> Bool {
        ["activate", ".env", "nvm.sh", ".bashrc", ".profile", ".bash_profile"].contains { path.hasSuffix($0) }
    }

    private static let packageVerbs: Set = [
        "install", "ci", "i", "add", "config", "set", "cache", "audit", "update", "upgrade", "login", "logout",
        "version", "global", "publish", "whoami", "pkg", "prune", "dedupe", "ls", "list", "view", "info", "outdated",
        "pack", "link", "root", "prefix", "rebuild", "remove", "uninstall", "policies", "import", "fund", "help",
    ]
    /// Tools that a package manager runs, and that work on the checkout's own files.
    private static let tools: Set = [
        "tsc", "eslint", "prettier", "stylelint", "jest", "vitest", "mocha", "webpack", "vite", "rollup", "esbuild",
        "tsup", "ng", "next", "nuxt", "gatsby", "babel", "cfn-lint", "markdownlint", "commitlint", "rimraf", "ruff",
        "black", "flake8", "mypy", "prisma",
    ]
    private static let preparations: [String: Set<String>] = [
        "sam": ["validate", "package", "deploy", "publish", "list", "logs", "delete", "init", "pipeline", "sync"],
        "go": ["mod", "get", "install", "build", "vet", "fmt", "env", "list", "clean", "version", "generate"],
        "cargo": [
            "build", "fmt", "clippy", "install", "check", "fetch", "clean", "update", "doc", "tree", "metadata",
            "publish",
        ],
        "dotnet": ["restore", "build", "publish", "tool", "nuget", "pack"],
        "terraform": ["fmt", "init", "validate", "output", "workspace", "providers", "get", "plan", "show", "state"],
        "packer": ["validate", "init", "fmt", "plugins", "inspect"],
    ]
}
