import Core
import FoundationEssentials
import Registry
import TestSupport
import Testing

@testable import CredentialHelper

@Suite("Clients' files")
struct ClientTests {
    static let hub = HubEndpoint.loginKey

    private func write(_ text: String, _ path: String) throws {
        try PrivateFiles.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        try PrivateFiles.write(text, to: path)
    }

    @Test("install adds Docker Hub's two keys, keeps all else, and changes nothing the second time")
    func install() throws {
        try inTemporaryFolder { (folder: String) throws in
            let path = "\(folder)/config.json"
            try write(
                #"{"auths":{"ghcr.io":{"auth":"x"}},"credHelpers":{"public.ecr.aws":"ecr-login"},"psFormat":"t","n":[1,2.5,null]}"#,
                path)
            #expect(try HelperEntries.install(in: path, registries: ["docker.io"]).added == [Self.hub, "docker.io"])
            let text = try #require(try PrivateFiles.read(path))
            #expect(
                try JSON(parsing: text) == [
                    "auths": ["ghcr.io": ["auth": "x"]], "psFormat": "t", "n": [1, .number(2.5), nil],
                    "credHelpers": [
                        "public.ecr.aws": "ecr-login", "docker.io": "unthrottle",
                        "https://index.docker.io/v1/": "unthrottle",
                    ],
                ])
            let mark = FileMark.of(path)
            #expect(try HelperEntries.install(in: path, registries: ["docker.io"]).added == [])
            #expect(FileMark.of(path) == mark)
            #expect(try HelperEntries.install(in: path, registries: ["ghcr.io", "docker.io"]).added == ["ghcr.io"])
        }
    }

    @Test("install makes a file that is missing, mode 0600, and writes through a link")
    func installNew() throws {
        try inTemporaryFolder { (folder: String) throws in
            let path = "\(folder)/new/config.json"
            _ = try HelperEntries.install(in: path, registries: ["docker.io"])
            #expect(Mode.of(path) == 0o600)
            let link = "\(folder)/link.json"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            _ = try HelperEntries.install(in: link, registries: ["ghcr.io"])
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
            #expect(try DockerConfigFile(path: path).ownHelper(for: "ghcr.io") == "unthrottle")
        }
    }

    @Test(
        "install refuses what it would break, with advice, and writes nothing",
        arguments: [
            (#"{"credsStore":"ecr-login"}"#, "credsStore", "public.ecr.aws"),
            (#"{"credHelpers":{"https://index.docker.io/v1/":"pass"}}"#, "has pass", "Remove"),
            (#"{"credHelpers":{"docker.io":"pass"}}"#, "has pass for docker.io", "Remove"), ("{", "not JSON", "Docker"),
        ])
    func refused(_ text: String, _ words: String, _ advice: String) throws {
        try inTemporaryFolder { (folder: String) throws in
            let path = "\(folder)/config.json"
            try write(text, path)
            let error = #expect(throws: UnthrottleError.self) {
                try HelperEntries.install(in: path, registries: ["docker.io"])
            }
            #expect(error?.message.contains(words) == true)
            #expect(error?.hint?.contains(advice) == true)
            #expect(try PrivateFiles.read(path) == text)
        }
    }

    @Test("install says that a login still stands in the file")
    func leftover() throws {
        try inTemporaryFolder { (folder: String) throws in
            let path = "\(folder)/config.json"
            try write(#"{"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}},"credsStore":"desktop"}"#, path)
            let outcome = try HelperEntries.install(in: path, registries: ["docker.io"])
            #expect(outcome.notes.count == 1)
            #expect(outcome.notes.first?.contains("still holds a login") == true)
        }
    }

    private func source(_ name: String, _ variables: [String: String]) throws -> ClientPath {
        let program = try #require(ClientProgram.all.first { $0.name == name })
        return try ClientPath.of(program, EnvironmentVariables(variables), userID: 7)
    }

    @Test("docker reads its own file: the key's helper, then credsStore, then the login; docker.io is a dead key")
    func docker() throws {
        try inTemporaryFolder { (home: String) throws in
            let path = "\(home)/.docker/config.json"
            func found(_ text: String) throws -> ClientPath.Source {
                try write(text, path)
                return try source("docker", ["HOME": home]).source
            }
            #expect(try source("docker", ["HOME": home]).source == .none)
            #expect(try found(#"{"credHelpers":{"docker.io":"unthrottle"}}"#) == .none)
            #expect(
                try found(#"{"credHelpers":{"https://index.docker.io/v1/":"unthrottle"},"credsStore":"x"}"#)
                    == .helper("unthrottle"))
            #expect(try found(#"{"credsStore":"x","auths":{"https://index.docker.io/v1/":{}}}"#) == .helper("x"))
            #expect(try found(#"{"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}}"#) == .file(username: "u"))
            #expect(throws: UnthrottleError.self) { try found("{") }
            let variable = #"{"auths":{"https://index.docker.io/v1/":{"auth":"djpw"}}}"#
            #expect(
                try source("docker", ["HOME": "/nowhere", "DOCKER_AUTH_CONFIG": variable]).source
                    == .variable(username: "v"))
        }
    }

    @Test(
        "podman reads its own files before docker's, the first that knows docker.io counting; credsStore is nothing to it"
    )
    func podman() throws {
        try inTemporaryFolder { (home: String) throws in
            let variables = ["HOME": home, "XDG_RUNTIME_DIR": "\(home)/run"]
            #expect(
                try source("podman", ["HOME": "/h"]).program.files(EnvironmentVariables(["HOME": "/h"]), userID: 7) == [
                    "/run/containers/7/auth.json", "/h/.config/containers/auth.json", "/h/.docker/config.json",
                ])
            try write(#"{"credHelpers":{"docker.io":"unthrottle"},"credsStore":"x"}"#, "\(home)/.docker/config.json")
            #expect(try source("podman", variables).source == .helper("unthrottle"))
            try write(#"{"auths":{"ghcr.io":{"auth":"dTpw"}}}"#, "\(home)/run/containers/auth.json")
            #expect(try source("skopeo", variables).source == .helper("unthrottle"))
            try write(#"{"auths":{"docker.io":{"auth":"dTpw"}}}"#, "\(home)/run/containers/auth.json")
            #expect(try source("buildah", variables).source == .file(username: "u"))
            try write(#"{"credsStore":"x"}"#, "\(home)/only.json")
            #expect(
                try source("podman", variables.merging(["REGISTRY_AUTH_FILE": "\(home)/only.json"]) { $1 }).source
                    == .none)
        }
    }
}
