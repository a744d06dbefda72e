import Core
import FoundationEssentials
import Testing

@testable import Registry

@Suite("Docker's logins")
struct DockerLoginsTests {
    let me = Credential(username: "me", password: Secret("p:w"))
    static let entry = #"{"auths":{"https://index.docker.io/v1/":{"auth":"bWU6cDp3"}}}"#

    @Test("what docker login writes, and what it leaves alone")
    func keep() async throws {
        try await withFolder { folder in
            let before =
                #"{"HttpHeaders":{"X":"1"},"auths":{"ghcr.io":{"auth":"YTpi","email":"x"}},"plugins":{"a":{"b":"c"}}}"#
            try PrivateFiles.write(before, to: "\(folder)/config.json")
            let logins = DockerLogins(EnvironmentVariables(["DOCKER_CONFIG": folder]))
            #expect(try await logins.keep(me, for: .dockerHub) == .file("\(folder)/config.json"))
            let text = try #require(try PrivateFiles.read("\(folder)/config.json"))
            let after = try JSON(parsing: text)
            #expect(after["HttpHeaders"] == ["X": "1"])
            #expect(after["plugins"] == ["a": ["b": "c"]])
            #expect(after["auths"]?["ghcr.io"] == ["auth": "YTpi", "email": "x"])
            #expect(after["auths"]?["https://index.docker.io/v1/"] == ["auth": "bWU6cDp3"])
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/config.json")
            #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
            #expect(try await logins.find(.dockerHub).credential == me)
            #expect(try await logins.forget(.dockerHub))
            #expect(try await logins.find(.dockerHub).credential == nil)
            #expect(try await !logins.forget(.dockerHub))
        }
    }

    @Test(
        "keys that docker looks under, and those that it does not",
        arguments: [
            ("docker.io", "https://index.docker.io/v1/", true), ("docker.io", "docker.io", false),
            ("docker.io", "index.docker.io", false), ("docker.io", "https://index.docker.io/v1/access-token", false),
            ("docker.io", "registry-1.docker.io", false),
            ("registry-1.docker.io", "https://index.docker.io/v1/", false),
            ("ghcr.io", "ghcr.io", true), ("ghcr.io", "https://ghcr.io/v1/", true),
            ("ghcr.io", "https://ghcr.io", true),
            ("ghcr.io", "x.ghcr.io", false), ("localhost:5000", "localhost:5000", true),
            ("localhost:5000", "localhost", false),
        ])
    func keys(_ host: String, _ key: String, _ isFound: Bool) async throws {
        try await withFolder { folder in
            try PrivateFiles.write(#"{"auths":{"\#(key)":{"auth":"bWU6cDp3"}}}"#, to: "\(folder)/config.json")
            let found = try await DockerLogins(EnvironmentVariables(["DOCKER_CONFIG": folder])).find(
                ImageReference.Host(host))
            #expect((found.credential == me) == isFound)
        }
    }

    @Test("the variable wins over helper and file, for the registries that it names")
    func variable() async throws {
        try await withFolder { folder in
            try PrivateFiles.write(
                #"{"auths":{"ghcr.io":{"auth":"YTpi"},"https://index.docker.io/v1/":{"auth":"YTpi"}}}"#,
                to: "\(folder)/config.json")
            let logins = DockerLogins(
                EnvironmentVariables(["DOCKER_CONFIG": folder, "DOCKER_AUTH_CONFIG": Self.entry]))
            let found = try await logins.find(.dockerHub)
            #expect(found.credential == me)
            #expect(found.source == .variable)
            #expect(try await logins.find(ImageReference.Host("ghcr.io")).credential?.username == "a")
        }
    }

    @Test("the variable's value for a login is one that docker reads")
    func value() throws {
        #expect(DockerAuthVariable.value(for: me).reveal() == Self.entry)
        #expect(try DockerAuthVariable.logins(in: Secret(Self.entry)) == ["https://index.docker.io/v1/": me])
    }

    @Test(
        "what docker's strict decoder refuses falls back with a warning, which does not show the value",
        arguments: [
            #"{"auths":{"https://index.docker.io/v1/":{"auth":"eDp5Cg==","email":"x"}}}"#,
            #"{"auths":{},"credsStore":"x"}"#,
            #"{"auths":{"https://index.docker.io/v1/":{"username":"eDp5Cg==","password":"y"}}}"#,
            #"{"auths":{"https://index.docker.io/v1/":{"auth":"eDp5Cg=="}}}{}"#,
            #"{"auths":{"a":{"auth":"no base64"}}}"#,
            "[]", "eDp5Cg==", #"{"auths":[]}"#, #"{"auths":{"a":{"auth":""}}}"#,
        ])
    func strict(_ value: String) async throws {
        try await withFolder { folder in
            try PrivateFiles.write(Self.entry, to: "\(folder)/config.json")
            let logins = DockerLogins(EnvironmentVariables(["DOCKER_CONFIG": folder, "DOCKER_AUTH_CONFIG": value]))
            let found = try await logins.find(.dockerHub)
            #expect(found.credential == me)
            #expect(found.warnings.count == 1)
            #expect(!found.warnings.joined().contains("eDp5"))
        }
    }

    @Test("an identity token comes before the password; NUL bytes at a password's end are dropped")
    func oddEntries() async throws {
        try await withFolder { folder in
            try PrivateFiles.write(
                #"{"auths":{"a.b":{"auth":"bWU6cDp3","identitytoken":"t"},"c.d":{"auth":"bWU6eAAA"},"e.f":{},"g.h":{"auth":"Ong="}}}"#,
                to: "\(folder)/config.json")
            let file = try DockerConfigFile(folder: folder)
            #expect(file.credential(for: "a.b") == Credential(username: "<token>", password: Secret("t")))
            #expect(file.credential(for: "c.d") == Credential(username: "me", password: Secret("x")))
            #expect(file.credential(for: "e.f") == nil)
            #expect(file.credential(for: "g.h") == nil)
        }
    }

    @Test("a missing or empty file has no logins; one that is no JSON is an error that names it")
    func broken() async throws {
        try await withFolder { folder in
            let logins = DockerLogins(EnvironmentVariables(["DOCKER_CONFIG": folder]))
            #expect(try await logins.find(.dockerHub).credential == nil)
            for text in ["", "\n"] {
                try PrivateFiles.write(text, to: "\(folder)/config.json")
                #expect(try await logins.find(.dockerHub).credential == nil)
            }
            for text in ["{", "[]"] {
                try PrivateFiles.write(text, to: "\(folder)/config.json")
                await #expect { try await logins.find(.dockerHub) } throws: {
                    "\($0)".contains("\(folder)/config.json")
                }
            }
        }
    }

    @Test("docker's folder")
    func folder() {
        #expect(DockerConfigFile.folder(EnvironmentVariables(["DOCKER_CONFIG": "/a", "HOME": "/h"])) == "/a")
        #expect(DockerConfigFile.folder(EnvironmentVariables(["HOME": "/h"])) == "/h/.docker")
        #expect(DockerConfigFile.folder(EnvironmentVariables([:])) == nil)
    }

    @Test(
        "a password's kind is told by its beginning",
        arguments: [
            ("me", "dckr_pat_x", Credential.PasswordKind.personalAccessToken),
            ("org", "dckr_oat_x", .organizationAccessToken), ("<token>", "x", .identityToken),
            ("me", "hunter2", .password),
        ])
    func passwordKind(_ name: String, _ password: String, _ expected: Credential.PasswordKind) {
        let credential = Credential(username: name, password: Secret(password))
        #expect(credential.passwordKind == expected)
        #expect((credential.warning != nil) == (expected == .password))
        #expect(!"\(credential)".contains(password))
    }
}
