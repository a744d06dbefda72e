import Core
import FoundationEssentials
import Registry
import TestSupport
import Testing

@testable import Sandbox

@Suite("docker login and logout of the stand-in")
struct DockerLoginTests {
    private let right = ["login", "-u", "builder", "--password-stdin"]

    @Test("A login is kept in docker's own file, with docker's warning, once; logout takes it away")
    func keepsAndForgets() async throws {
        try await withDocker { docker in
            let first = await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password\n")
            #expect(
                first
                    == .init(
                        status: 0, output: "Login Succeeded\n",
                        errors: """

                            WARNING! Your credentials are stored unencrypted in '\(docker.configFile)'.
                            Configure a credential helper to remove this warning. See
                            https://docs.docker.com/go/credential-store/


                            """))
            let stored = try #require(try PrivateFiles.read(docker.configFile))
            let auth = try JSON(parsing: stored)["auths"]?["https://index.docker.io/v1/"]?["auth"]?.string
            #expect(auth == Data("builder:right-password".utf8).base64EncodedString())

            let again = await docker.run("login", "--username=builder", "-p", "right-password")
            #expect(
                again
                    == .init(
                        status: 0, output: "Login Succeeded\n",
                        errors: "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n"))
            let stays = await docker.run("login")
            #expect(stays.status == 0)
            #expect(stays.errors.hasPrefix("Authenticating with existing credentials... [Username: builder]\n"))

            let out = await docker.run("logout")
            #expect(
                out
                    == .init(
                        status: 0, output: "Removing login credentials for https://index.docker.io/v1/\n", errors: ""))
            #expect(try PrivateFiles.read(docker.configFile)?.contains("auth\"") == false)
            #expect(await docker.run("logout").status == 0)
        }
    }

    @Test("A wrong password leaves nothing behind; after ten of them the right one is refused too")
    func wrongPassword() async throws {
        try await withDocker { docker in
            for _ in 0..<10 {
                let wrong = await docker.run("login", "-u", "builder", "--password-stdin", input: "wrong")
                #expect(
                    wrong
                        == .init(
                            status: 1, output: "",
                            errors:
                                "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": unauthorized: incorrect username or password\n"
                        ))
            }
            let locked = await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password")
            #expect(locked.status == 1)
            #expect(
                locked.errors
                    == "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": toomanyrequests: too many failed login attempts for username or IP address\n"
            )
            let file = try PrivateFiles.read(docker.configFile)
            #expect(file == nil)
        }
    }

    @Test(
        "Options that make no login, in docker's words",
        arguments: [
            (["-u", "builder"], "", "Error: Cannot perform an interactive login from a non TTY device"),
            ([], "", "Error: Cannot perform an interactive login from a non TTY device"),
            (
                ["-u", "builder", "--password-stdin"], "\n",
                "Error: Cannot perform an interactive login from a non TTY device"
            ),
            (["--password-stdin"], "x", "the --password-stdin option requires --username to be set"),
            (["-u", "", "--password-stdin"], "x", "username is empty"),
            (["-u", "builder", "-p", ""], "", "password is empty"),
        ])
    func refused(options: [String], input: String, words: String) async throws {
        try await withDocker { docker in
            let outcome = await docker.run(["login"] + options, input: input)
            #expect(outcome.status == 1)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasSuffix(words + "\n"))
            #expect(docker.counts.refusedLogins == 0)
        }
    }

    @Test("Both ways to hand in a password at once are refused")
    func conflict() async throws {
        try await withDocker { docker in
            let both = await docker.run("login", "-u", "builder", "-p", "x", "--password-stdin", input: "y")
            #expect(both.status == 1)
            #expect(both.errors.hasSuffix("conflicting options: cannot specify both --password and --password-stdin\n"))
        }
    }

    @Test("Only the line end goes from the password: a blank at its end is part of it")
    func lineEnd() async throws {
        try await withDocker { docker in
            #expect(
                await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password\r\n").status == 0)
            #expect(
                await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password \n").status == 1)
            #expect(
                await docker.run("login", "-u", "builder", "--password-stdin", input: "right-password\n\n").status == 1)
        }
    }

    @Test("A login for registry-1.docker.io succeeds and helps no pull, as with docker")
    func deadKey() async throws {
        try await withDocker(anonymous: 0) { docker in
            let login = await docker.run(
                "login", "-u", "builder", "--password-stdin", "registry-1.docker.io", input: "right-password")
            #expect(login.status == 0)
            #expect(await docker.run("pull", "busybox").errors.contains("unauthenticated pull rate limit"))
            let known = await docker.run(
                "login", "-u", "builder", "--password-stdin", "docker.io", input: "right-password")
            #expect(known.status == 0)
            #expect(await docker.run("pull", "busybox").status == 0)
        }
    }

    @Test(
        "Other registries are refused before the password goes anywhere", arguments: ["ghcr.io", "https://quay.io/v2/"])
    func otherServers(server: String) async throws {
        try await withDocker { docker in
            let outcome = await docker.run("login", "-u", "u", "--password-stdin", server, input: "secret-of-another")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("the sandbox serves its own Docker Hub alone"))
            #expect(!outcome.errors.contains("secret-of-another"))
            #expect(docker.counts == HubCounts())
        }
    }

    @Test("A credential helper keeps the login, and the file does not; one that is missing is an error at login")
    func helper() async throws {
        try await withDocker { docker in
            try docker.write(#"{"credsStore":"kept"}"#, to: docker.configFile)
            let login = right.dropFirst()
            let missing = await docker.run(["login"] + Array(login), input: "right-password")
            #expect(missing.status == 1)
            #expect(missing.errors.hasPrefix("Error saving credentials: "))
            try docker.write(
                """
                #!/bin/sh
                if [ "$1" = store ]; then cat > "$HOME/kept.json"; exit 0; fi
                if [ "$1" = get ]; then cat "$HOME/kept.json"; exit 0; fi
                """, to: "\(docker.home)/bin/docker-credential-kept")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o700], ofItemAtPath: "\(docker.home)/bin/docker-credential-kept")
            let kept = await docker.run(["login"] + Array(login), input: "right-password")
            #expect(kept == .init(status: 0, output: "Login Succeeded\n", errors: ""))
            #expect(try PrivateFiles.read("\(docker.home)/kept.json")?.contains("right-password") == true)
            #expect(try PrivateFiles.read(docker.configFile)?.contains("\"auth\"") == false)
            #expect(await docker.run("pull", "-q", "busybox").status == 0)
            #expect(docker.counts.accountPulls == ["builder": 2])
        }
    }
}
