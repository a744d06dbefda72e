extension LintRule {
    static let wrongLoginServer = LintRule(
        id: "wrong-login-server", title: "The login is stored under a name that Docker Hub pulls do not use",
        severity: .error,
        explanation: """
            Docker keeps the Hub's login under https://index.docker.io/v1/ and looks for it there. A login for another of the Hub's \
            names succeeds, and pulls stay anonymous. Newer clients take docker.io for the Hub, older ones and other tools do not.
            """,
        fix: "Leave the server out: docker login -u … --password-stdin", isRepaired: true
    ) { subject in
        subject.logins.compactMap { login in
            let others =
                ["registry-1.docker.io", "hub.docker.com", "registry.hub.docker.com", "auth.docker.io"]
                + (login.target == .dockerHub ? [] : ["docker.io", "index.docker.io"])
            let hosts = login.command.program.words.map(\.text).filter { $0.contains(".") }.map(LintRule.host)
            if let host = hosts.first(where: others.contains) {
                return Hit(
                    position: login.command.position,
                    message: "a login for \(host) does not serve pulls from Docker Hub",
                    repair: subject.repair(login.command) { words, _ in words.without(server: host) })
            }
            guard hosts.contains("docker.io") else { return nil }
            return Hit(
                position: login.command.position,
                message: "older clients keep a login for docker.io where pulls do not look",
                severity: .warning,
                repair: subject.repair(login.command) { words, _ in words.without(server: "docker.io") })
        }
    }

    fileprivate static func host(in word: String) -> String {
        let text = word.lowercased()
        let bare = text.hasPrefix("https://") ? text.dropFirst("https://".count) : text[...]
        return String(Substring(bare.utf8.prefix { $0 != UInt8(ascii: "/") }))
    }
}

extension WrittenWords {
    fileprivate func without(server: String) -> String? {
        let named = words.indices.filter {
            LintRule.host(in: words[$0].filter { $0 != "\"" && $0 != "'" }) == server
        }
        // The server is the only word of its kind; a user's name may look like one.
        guard named.count == 1, let index = named.first, index > 0, !words[index - 1].hasPrefix("-u"),
            words[index - 1] != "--username"
        else { return nil }
        return replacing(index..<index + 1, by: [])
    }
}
