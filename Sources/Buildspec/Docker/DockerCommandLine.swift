internal import Core

/// Reads the words after `docker`.
struct DockerCommandLine {
    private var words: ArraySlice<ShellWord>

    /// Options that take a value in the next word, of docker itself and of the subcommands that are read here.
    private static let globalValues: Set = [
        "--config", "-c", "--context", "-H", "--host", "-l", "--log-level", "--tlscacert", "--tlscert", "--tlskey",
    ]
    static let loginValues: Set = ["-u", "--username", "-p", "--password", "-e", "--email"]
    private static let queries: Set = [
        "info", "version", "ps", "images", "inspect", "logs", "stats", "top", "port", "events", "diff", "history",
        "system",
        "--version", "-v", "--help", "help", "context", "wait", "",
    ]
    private static let runFlags: Set = [
        "-d", "--detach", "-i", "--interactive", "-t", "--tty", "-it", "-ti", "-dit", "-itd", "-id", "-td", "--rm",
        "--privileged", "--init", "-P", "--publish-all", "--read-only", "--no-healthcheck", "--oom-kill-disable", "-q",
        "--quiet",
        "--sig-proxy", "--disable-content-trust", "--help", "--use-api-socket",
    ]
    private static let pullValues: Set = ["--platform"]

    init(_ words: ArraySlice<ShellWord>) { self.words = words }

    mutating func action() -> DockerAction {
        skipOptions(taking: Self.globalValues)
        guard let verb = words.popFirst() else { return .query }
        if verb.hasExpansion { return .other(verb.text) }
        switch verb.text {
        case "login": return login()
        case "logout": return .logout(target(operands(taking: []).first))
        case "pull": return .pull(image: image(operands(taking: Self.pullValues).first))
        case "run": return .run(image: runImage())
        case "create": return .create(image: runImage())
        case "build": return .build
        case "buildx": return words.contains { $0.text == "imagetools" } ? .manifest : .buildx
        case "compose": return compose()
        case "manifest": return .manifest
        case "image", "container", "builder", "plugin", "stack", "service": return managed(verb.text)
        default: return Self.queries.contains(verb.text) ? .query : .other(verb.text)
        }
    }

    /// `docker compose` or `docker-compose` without its own words.
    mutating func compose() -> DockerAction {
        let verb = operands(taking: ComposeCommandLine.valued).first
        return ["version", "config", "ps", "logs", "ls", "down", "stop", "rm", "port"].contains(verb?.text)
            || words.contains { $0.text == "--version" } ? .query : .compose
    }

    private mutating func managed(_ noun: String) -> DockerAction {
        let verb = words.popFirst()?.text ?? ""
        switch (noun, verb) {
        case ("image", "pull"): return .pull(image: image(operands(taking: Self.pullValues).first))
        case ("image", "build"), ("builder", "build"): return .build
        // A plugin is an image of its own kind, and the words behind it are its settings.
        case ("plugin", "install"): return .pull(image: image(operands(taking: ["--alias"]).first))
        case ("container", "run"): return .run(image: runImage())
        case ("container", "create"): return .create(image: runImage())
        case (_, "ls"), (_, "list"), (_, "inspect"), (_, "prune"), (_, "rm"), (_, "logs"): return .query
        default: return .other("\(noun) \(verb)")
        }
    }

    /// The hosts among the words of a login that may be its server.
    static func hosts(in words: ArraySlice<ShellWord>) -> [String] {
        words.map(\.text).filter { $0.contains(".") }.map(host)
    }

    /// The host of a server as a login names it.
    static func host(in word: String) -> String {
        let text = word.lowercased()
        let bare = text.hasPrefix("https://") ? text.dropFirst("https://".count) : text[...]
        return String(Substring(bare.utf8.prefix { $0 != UInt8(ascii: "/") }))
    }

    private mutating func login() -> DockerAction {
        let all = words
        let server = operands(taking: Self.loginValues).first
        let inArguments = all.contains { word in
            word.text == "-p" || word.text == "--password" || word.text.hasPrefix("--password=")
                || word.text.hasPrefix("-p") && word.text.count > 2
        }
        return .login(loginTarget(server, among: all), passwordInArguments: inArguments)
    }

    private func loginTarget(_ server: ShellWord?, among all: ArraySlice<ShellWord>) -> DockerAction.LoginTarget {
        let target = target(server)
        guard target == .unknown || target == .dockerHub, let user = option(["-u", "--username"], in: all) else {
            return target
        }
        // ECR's user name is always AWS, and nobody's on Docker Hub.
        return user == "AWS" ? .ecr : target
    }

    private func target(_ server: ShellWord?) -> DockerAction.LoginTarget {
        guard let server else { return .dockerHub }
        let text = server.text.lowercased()
        if text.contains(".dkr.ecr.") || text.contains(".dkr-ecr") || text.contains("public.ecr.aws") { return .ecr }
        if server.hasExpansion { return .unknown }
        // These two alone does docker's client keep where its pulls look (docker/cli, command/registry/login.go).
        return text == "docker.io" || text == "https://index.docker.io/v1/" ? .dockerHub : .registry(server.text)
    }

    /// The image of `run` and `create`: the first word that is neither an option nor an option's value.
    private mutating func runImage() -> String? {
        while let word = words.popFirst() {
            if word.text == "--" { return image(words.first) }
            guard word.text.hasPrefix("-") else { return image(word) }
            if word.text.contains("=") || Self.runFlags.contains(word.text) { continue }
            if !word.text.hasPrefix("--"),
                let value = word.text.dropFirst().firstIndex(where: { !"ditPq".contains($0) })
            {
                // Short options that take no value may stand before one that does; what follows it is its value.
                if word.text.index(after: value) != word.text.endIndex { continue }
            } else if !word.text.hasPrefix("--") {
                continue
            }
            _ = words.popFirst()
        }
        return nil
    }

    private func image(_ word: ShellWord?) -> String? {
        word.flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    private mutating func skipOptions(taking values: Set<String>) {
        while let word = words.first, word.text.hasPrefix("-"), !Self.queries.contains(word.text) {
            words.removeFirst()
            if values.contains(word.text) { _ = words.popFirst() }
        }
    }

    private func operands(taking values: Set<String>) -> [ShellWord] {
        var found: [ShellWord] = []
        var skips = false
        for word in words {
            if skips {
                skips = false
            } else if word.text.hasPrefix("-") {
                skips = values.contains(word.text)
            } else {
                found.append(word)
            }
        }
        return found
    }

    private func option(_ names: Set<String>, in words: ArraySlice<ShellWord>) -> String? {
        for (word, next) in zip(words, words.dropFirst()) where names.contains(word.text) { return next.text }
        for word in words {
            for name in names where word.text.hasPrefix(name + "=") {
                return String(word.text.dropFirst(name.count + 1))
            }
        }
        return nil
    }
}
