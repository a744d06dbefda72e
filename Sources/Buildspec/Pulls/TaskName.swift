internal import Core

/// The name of a script, a make target or another tool's task that nobody here can read.
enum TaskName {
    private static let words: Set = ["container", "containers", "compose", "buildimage", "buildimages"]
    /// What has docker ready, or works with what is there: nothing is pulled by it.
    private static let preparations: Set = [
        "install", "uninstall", "setup", "start", "stop", "login", "logout", "cleanup", "clean", "prune", "push", "tag",
        "down",
        "logs", "lint",
    ]

    /// Whether it says that docker builds or runs something: `docker-build`, `jibDockerBuild`, `build_images.sh`.
    static func saysDocker(_ name: String) -> Bool {
        let lower = name.lowercased()
        // Most names have nothing of the kind in them.
        guard ["docker", "container", "compose", "image"].contains(where: { lower.contains($0) }) else { return false }
        let parts = parts(of: name)
        guard !parts.contains(where: preparations.contains) else { return false }
        return parts.contains { words.contains($0) || $0.contains("docker") && !$0.contains("lint") }
            || parts.contains("build") && (parts.contains("image") || parts.contains("images"))
    }

    /// The words of a name, in lower case: those of `docker-build` and of `dockerBuild` are the same.
    private static func parts(of name: String) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var last: UInt8 = 0
        for byte in name.utf8 {
            if !ASCII.isAlphanumeric(byte) || ASCII.isUpper(byte) && !ASCII.isUpper(last) {
                parts.append(String(decoding: part, as: UTF8.self).lowercased())
                part = []
            }
            if ASCII.isAlphanumeric(byte) { part.append(byte) }
            last = byte
        }
        return parts + [String(decoding: part, as: UTF8.self).lowercased()]
    }
}

extension Program {
    private static let taskRunners: Set = [
        "make", "gmake", "npm", "yarn", "pnpm", "bun", "gradle", "gradlew", "mvn", "mvnw", "sbt", "ant", "bazel",
        "bazelisk",
        "rake", "task", "just", "invoke", "inv", "lerna", "nx", "turbo", "run-s", "run-p", "npm-run-all",
    ]

    private static let valuedOfRunners: Set = [
        "-C", "-f", "-x", "--exclude-task", "-p", "--prefix", "--cwd", "--dir", "--filter", "-w", "--workspace",
    ]

    /// What it is asked to do, where it is no program of docker's: the script's own name, or the tasks.
    var taskNames: [String] {
        guard traits.contains(.builder) else {
            return delegation().map { [Self.lastPart(of: $0)] } ?? []
        }
        guard let name, Self.taskRunners.contains(name) else { return [] }
        let line = OptionWords(words.dropFirst(), valued: Self.valuedOfRunners)
        return line.operands.map(\.text)
    }
}
