import Core
import FoundationEssentials
import Testing

@testable import Registry

/// Helpers are shell scripts in a folder that PATH begins with.
@Suite("Credential helpers")
struct CredentialHelperTests {
    private func withHelper<Value>(_ script: String, _ work: (EnvironmentVariables, String) async throws -> Value)
        async throws -> Value
    {
        try await withFolder { folder in
            let path = "\(folder)/docker-credential-trial"
            try PrivateFiles.write("#!/bin/sh\n\(script)\n", to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
            try PrivateFiles.write(
                #"{"auths":{"https://index.docker.io/v1/":{"auth":"YTpi"}},"credHelpers":{"https://index.docker.io/v1/":"trial","x.y":""},"credsStore":"other"}"#,
                to: "\(folder)/config.json")
            return try await work(
                EnvironmentVariables(["PATH": "\(folder):/usr/bin:/bin", "DOCKER_CONFIG": folder, "FOLDER": folder]),
                folder)
        }
    }

    @Test("the helper gets the verb as its argument and the key on stdin")
    func get() async throws {
        try await withHelper(
            #"read -r url; [ "$1" = get ] && printf '{"ServerURL":"%s","Username":"me","Secret":"s\\"x"}\n' "$url""#
        ) { variables, _ in
            let found = try await DockerLogins(variables).find(.dockerHub)
            #expect(found.credential == Credential(username: "me", password: Secret(#"s"x"#)))
            #expect(found.source == .helper("trial"))
            #expect(found.warnings.isEmpty)
        }
    }

    @Test("not found is no failure, and the file is not asked instead")
    func notFound() async throws {
        try await withHelper("echo 'credentials not found in native keychain'; exit 1") { variables, _ in
            let found = try await DockerLogins(variables).find(.dockerHub)
            #expect(found.credential == nil)
            #expect(found.warnings.isEmpty)
        }
    }

    @Test(
        "a failing helper is a warning with its words, since docker goes on in silence",
        arguments: [
            ("echo 'boom dckr_pat_abc'; exit 1", "boom dckr_pat_***"), ("echo nonsense", "something else than a login"),
            ("exit 3", "failed"),
        ])
    func failure(_ script: String, _ words: String) async throws {
        try await withHelper(script) { variables, _ in
            let found = try await DockerLogins(variables).find(.dockerHub)
            #expect(found.credential == nil)
            #expect(found.warnings.joined().contains(words))
        }
    }

    @Test("a helper that is not there is named")
    func missing() async throws {
        try await withFolder { folder in
            try PrivateFiles.write(#"{"credsStore":"not-there"}"#, to: "\(folder)/config.json")
            let found = try await DockerLogins(EnvironmentVariables(["PATH": folder, "DOCKER_CONFIG": folder])).find(
                .dockerHub)
            #expect(found.warnings.joined().contains("docker-credential-not-there"))
        }
        #expect(throws: UnthrottleError.self) {
            try CredentialHelperClient("../x", variables: EnvironmentVariables([:]))
        }
    }

    @Test("a login goes to the helper and not into the file; logout erases it")
    func keep() async throws {
        try await withHelper(#"cat > "$FOLDER/$1""#) { variables, folder in
            let logins = DockerLogins(variables)
            #expect(
                try await logins.keep(Credential(username: "me", password: Secret("canary")), for: .dockerHub)
                    == .helper("trial"))
            let stored = try JSON(parsing: try #require(try PrivateFiles.read("\(folder)/store")))
            #expect(stored == ["ServerURL": "https://index.docker.io/v1/", "Username": "me", "Secret": "canary"])
            let file = try #require(try PrivateFiles.read("\(folder)/config.json"))
            #expect(!Redactor([Secret("canary")]).finds(in: file))
            #expect(try JSON(parsing: file)["auths"]?["https://index.docker.io/v1/"] == [:])
            #expect(try await logins.forget(.dockerHub))
            #expect(try PrivateFiles.read("\(folder)/erase") == "https://index.docker.io/v1/")
        }
    }

    @Test("an empty name in credHelpers means the file, as docker has it")
    func emptyName() async throws {
        try await withHelper("exit 1") { _, folder in
            let file = try DockerConfigFile(folder: folder)
            #expect(file.helper(for: "x.y") == nil)
            #expect(file.helper(for: "z.z") == "other")
        }
    }
}
