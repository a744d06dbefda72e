import Core
import FoundationEssentials
import Registry
import TestSupport
import Testing

@testable import Sandbox

@Suite("docker pull of the stand-in, and its other verbs")
struct DockerPullTests {
    @Test("A pull has docker's lines; the second sends HEAD alone and counts nothing")
    func pullTwice() async throws {
        try await withDocker { docker in
            let digest = try #require(ImageLibrary.standard.repositories["library/busybox"]?.tags["latest"])
            let first = await docker.run("pull", "--platform", "linux/amd64", "busybox")
            #expect(first.status == 0)
            #expect(first.errors.isEmpty)
            let lines = first.output.split(separator: "\n").map(String.init)
            #expect(lines.first == "Using default tag: latest")
            #expect(lines.dropFirst().first == "latest: Pulling from library/busybox")
            #expect(
                lines.dropFirst(2).dropLast(3).map { String($0.drop { $0 != ":" }) }
                    == [": Pulling fs layer", ": Download complete", ": Pull complete"])
            #expect(
                lines.suffix(3) == [
                    "Digest: \(digest)", "Status: Downloaded newer image for busybox:latest",
                    "docker.io/library/busybox:latest",
                ])
            #expect(docker.counts.anonymousPulls == 2)

            let second = await docker.run("pull", "--platform=linux/amd64", "busybox:latest")
            #expect(
                second
                    == .init(
                        status: 0,
                        output: """
                            latest: Pulling from library/busybox
                            Digest: \(digest)
                            Status: Image is up to date for busybox:latest
                            docker.io/library/busybox:latest

                            """, errors: ""))
            #expect(docker.counts.anonymousPulls == 2)
            #expect(docker.counts.heads == 2)

            let byDigest = await docker.run("pull", "--platform", "linux/amd64", "busybox@\(digest)")
            #expect(byDigest.output.hasPrefix("docker.io/library/busybox@\(digest): Pulling from library/busybox\n"))
            #expect(byDigest.output.contains("Status: Image is up to date for busybox@\(digest)\n"))
            #expect(
                await docker.run("pull", "-q", "docker:dind")
                    == .init(status: 0, output: "docker.io/library/docker:dind\n", errors: ""))
        }
    }

    @Test("Over the limit: docker's words for nobody; with a login the pull is the account's")
    func throttled() async throws {
        try await withDocker(anonymous: 0) { docker in
            let refused = await docker.run("pull", "docker:dind")
            #expect(
                refused
                    == .init(
                        status: 1, output: "",
                        errors:
                            "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit\n"
                    ))
            _ = await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password")
            #expect(await docker.run("pull", "docker:dind").status == 0)
            #expect(docker.counts.accountPulls == ["builder": 2])
            #expect(docker.counts.anonymousPulls == 0)
        }
    }

    @Test("An account over its limit is refused with the account's words")
    func throttledAccount() async throws {
        try await withDocker(anonymous: 0) { docker in
            _ = await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password")
            for image in ["docker:dind", "busybox", "alpine:3.20"] { _ = await docker.run("pull", image) }
            let refused = await docker.run("pull", "node:20")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("toomanyrequests: You have reached your pull rate limit as '"))
            #expect(refused.errors.contains("You may increase the limit by upgrading."))
        }
    }

    @Test("DOCKER_AUTH_CONFIG logs in without a file; one that docker cannot read is named, and the pull is nobody's")
    func authVariable() async throws {
        try await withDocker { docker in
            var docker = docker
            let login = Credential(username: "builder", password: Secret("right-password"))
            docker.variables["DOCKER_AUTH_CONFIG"] = DockerAuthVariable.value(for: login).reveal()
            #expect(await docker.run("pull", "-q", "busybox").status == 0)
            #expect(docker.counts.accountPulls == ["builder": 2])
            let file = try PrivateFiles.read(docker.configFile)
            #expect(file == nil)

            docker.variables["DOCKER_AUTH_CONFIG"] = #"{"auths":{},"unknown":1}"#
            let broken = await docker.run("pull", "-q", "alpine:3.20")
            #expect(broken.status == 0)
            #expect(broken.errors.hasPrefix("Failed to create credential store from DOCKER_AUTH_CONFIG: "))
            #expect(docker.counts.anonymousPulls == 2)
        }
    }

    @Test(
        "A helper that fails, or is missing, means an anonymous pull in silence, as with docker",
        arguments: [nil, "#!/bin/sh\necho broken; exit 1\n"])
    func brokenHelper(script: String?) async throws {
        try await withDocker { docker in
            try docker.write(#"{"credHelpers":{"https://index.docker.io/v1/":"broken"}}"#, to: docker.configFile)
            if let script {
                let path = "\(docker.home)/bin/docker-credential-broken"
                try docker.write(script, to: path)
                try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
            }
            #expect(
                await docker.run("pull", "-q", "busybox")
                    == .init(status: 0, output: "docker.io/library/busybox:latest\n", errors: ""))
            #expect(docker.counts.anonymousPulls == 2)
        }
    }

    @Test(
        "What cannot be pulled, in docker's words",
        arguments: [
            (
                "nope",
                "Error response from daemon: pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"
            ),
            (
                "hello-world",
                "Error response from daemon: pull access denied for hello-world, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"
            ),
            (
                "alpine:nope",
                "Error response from daemon: manifest for alpine:nope not found: manifest unknown: manifest unknown"
            ),
            ("Foo", "invalid reference format: repository name (library/Foo) must be lowercase"),
            (
                "ghcr.io/x/y",
                "Error response from daemon: Get \"https://ghcr.io/v2/\": the sandbox serves its own Docker Hub alone"
            ),
            (
                "public.ecr.aws/docker/library/alpine:3",
                "Error response from daemon: Get \"https://public.ecr.aws/v2/\": the sandbox serves its own Docker Hub alone"
            ),
        ])
    func refused(image: String, words: String) async throws {
        try await withDocker(privateRepositories: ["library/hello-world": ["payer"]]) { docker in
            let outcome = await docker.run("pull", image)
            #expect(outcome.status == 1)
            #expect(outcome.errors == words + "\n")
        }
    }

    @Test("A wrong login that is stored already fails the pull, in docker's words")
    func wrongStoredLogin() async throws {
        try await withDocker { docker in
            let auth = Data("builder:wrong".utf8).base64EncodedString()
            try docker.write(#"{"auths":{"https://index.docker.io/v1/":{"auth":"\#(auth)"}}}"#, to: docker.configFile)
            let outcome = await docker.run("pull", "busybox:latest")
            #expect(
                outcome.errors
                    == "Error response from daemon: Head \"https://registry-1.docker.io/v2/library/busybox/manifests/latest\": unauthorized: incorrect username or password\n"
            )
        }
    }

    @Test("Without a hub on this machine nothing is sent anywhere", arguments: ["", "https://registry-1.docker.io"])
    func noHub(url: String) async throws {
        try await withDocker { docker in
            var docker = docker
            docker.variables["UNTHROTTLE_HUB_URL"] = url
            let outcome = await docker.run("pull", "busybox:latest")
            #expect(outcome.status == 125)
            #expect(outcome.errors.contains("UNTHROTTLE_HUB_URL"))
            #expect(docker.counts == HubCounts())
        }
    }

    @Test("Two pulls at once share the folder of images, and both are there afterwards")
    func concurrent() async throws {
        try await withDocker { docker in
            async let first = docker.run("pull", "busybox")
            async let second = docker.run("pull", "docker:dind")
            let statuses = await [first.status, second.status]
            #expect(statuses == [0, 0])
            let list = await docker.run("images")
            #expect(list.status == 0)
            let rows = list.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(rows.dropFirst().map { Array($0.prefix(2)) } == [["busybox", "latest"], ["docker", "dind"]])
            #expect(await docker.run("images", "-q").output.split(separator: "\n").count == 2)
        }
    }

    @Test("manifest inspect prints the manifest and counts one pull; its refusals have no engine's prefix")
    func manifestInspect() async throws {
        try await withDocker(anonymous: 1) { docker in
            #expect(
                await docker.run("manifest", "inspect", "alpine:nope").errors
                    == "no such manifest: docker.io/library/alpine:nope\n")
            let shown = await docker.run("manifest", "inspect", "docker:dind")
            #expect(shown.status == 0)
            let index = try JSON(parsing: shown.output)
            #expect(index["manifests"]?.array?.count == 2)
            #expect(docker.counts.anonymousPulls == 1)
            let refused = await docker.run("manifest", "inspect", "docker:dind")
            #expect(refused.status == 1)
            #expect(refused.errors.hasPrefix("toomanyrequests: You have reached your unauthenticated pull rate limit."))
        }
    }

    @Test("version and info answer, since buildspecs wait for them; info names the account")
    func versionAndInfo() async throws {
        try await withDocker { docker in
            #expect(await docker.run("--version").output == "Docker version 28.5.2, build unthrottle-sandbox\n")
            #expect(await docker.run("version").output.contains(" Version:           28.5.2\n"))
            #expect(await docker.run("info").output.contains("Username") == false)
            _ = await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password")
            #expect(await docker.run("info").output.contains("\n Username: builder\n"))
        }
    }

    @Test(
        "What it does not do is refused with what it is; what docker does not know has docker's words",
        arguments: [
            (["build", "."], Int32(125), "docker: 'docker build' cannot be done here. "),
            (["run", "--rm", "alpine"], 125, "docker: 'docker run' cannot be done here. "),
            (["compose", "up"], 125, "docker: 'docker compose' cannot be done here. "),
            (["manifest", "create", "a", "b"], 125, "docker: 'docker manifest' cannot be done here. "),
            (["-H", "tcp://x", "pull"], 125, "docker: 'docker -H' cannot be done here. "),
            (["frob"], 1, "docker: unknown command: docker frob\n"),
            (["pull"], 1, "docker: 'docker pull' requires 1 argument\n"),
            (["pull", "a", "b"], 1, "docker: 'docker pull' requires 1 argument\n"),
            (["login", "a", "b"], 1, "docker: 'docker login' requires at most 1 argument\n"),
            (["pull", "--frob", "a"], 125, "unknown flag: --frob\n"),
            (["pull", "-z", "a"], 125, "unknown shorthand flag: 'z' in -z\n"),
            (["login", "-u"], 125, "flag needs an argument: 'u' in -u\n"),
        ])
    func others(arguments: [String], status: Int32, words: String) async throws {
        try await withDocker { docker in
            let outcome = await docker.run(arguments)
            #expect(outcome.status == status)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasPrefix(words))
        }
    }

    @Test(
        "Options as docker's parser reads them",
        arguments: [
            (["-ubuilder", "-p=x"], ["username": "builder", "password": "x"], []),
            (["--username", "-x-", "--password-stdin"], ["username": "-x-", "password-stdin": "true"], []),
            (["--password-stdin=false", "--", "-s"], [:], ["-s"]),
            (["srv", "-u", "b"], ["username": "b"], ["srv"]),
        ])
    func options(arguments: [String], options: [String: String], words: [String]) throws {
        let read = try DockerArguments(arguments, of: .login)
        #expect(read.options == options)
        #expect(read.words == words)
    }
}
