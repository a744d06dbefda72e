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
            let hosts = DockerCommandLine.hosts(in: subject.words(of: login))
            return wrongHost(among: hosts, of: login.target).map { wrong in
                Hit(
                    position: login.command.position, message: wrong.message, severity: wrong.severity,
                    repair: subject.repair(login.command) { words, _ in words.without(server: wrong.host) })
            }
        }
            + subject.survey.scriptLogins.compactMap { login in
                wrongHost(among: login.hosts, of: login.target).map { wrong in
                    Hit(
                        position: subject.place(of: login), message: login.message(wrong.message),
                        severity: wrong.severity)
                }
            }
    }

    private static func wrongHost(
        among hosts: [String], of target: DockerAction.LoginTarget
    ) -> (host: String, message: String, severity: LintFinding.Severity?)? {
        let others =
            ["registry-1.docker.io", "hub.docker.com", "registry.hub.docker.com", "auth.docker.io"]
            + (target == .dockerHub ? [] : ["docker.io", "index.docker.io"])
        if let host = hosts.first(where: others.contains) {
            return (host, "a login for \(host) does not serve pulls from Docker Hub", nil)
        }
        guard hosts.contains("docker.io") else { return nil }
        return ("docker.io", "older clients keep a login for docker.io where pulls do not look", .warning)
    }
}

extension WrittenWords {
    fileprivate func without(server: String) -> String? {
        let named = words.indices.filter {
            DockerCommandLine.host(in: words[$0].filter { $0 != "\"" && $0 != "'" }) == server
        }
        // The server is the only word of its kind; a user's name may look like one.
        guard named.count == 1, let index = named.first, index > 0, !words[index - 1].hasPrefix("-u"),
            words[index - 1] != "--username"
        else { return nil }
        return replacing(index..<index + 1, by: [])
    }
}
