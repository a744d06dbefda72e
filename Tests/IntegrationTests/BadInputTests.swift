import AWS
import Core
import FoundationEssentials
import Testing

/// Bad input has a message that says what to do, a status, and changes nothing.
@Suite("Bad input")
struct BadInputTests {
    /// A command line and what has to come of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var what: String
        /// The arguments after `fix`, or the whole command line where it begins with another verb.
        var arguments: [String]
        var status: Int32
        /// What the error has to say.
        var says: [String]
        /// Standard input; nil for the account's token.
        var input: String?
        /// Variables; an empty one is unset.
        var variables: [String: String] = [:]
        var testDescription: String { what }
    }

    static let cases = [
        Case(
            what: "an unknown project", arguments: ["webb"], status: 2,
            says: ["there is no CodeBuild project webb in us-east-1", "Did you mean web?"]),
        Case(
            what: "a wrong password", arguments: ["web"], status: 3,
            says: ["refused the login of sandbox-user: incorrect username or password"], input: "wrong"),
        Case(
            what: "an empty password", arguments: ["web"], status: 2, says: ["standard input holds no password"],
            input: ""),
        Case(
            what: "a password of blanks", arguments: ["web"], status: 2, says: ["the password is empty"], input: "  \n"),
        Case(
            what: "a password as an argument", arguments: ["web", "--password", "secret"], status: 2,
            says: ["Unknown option '--password'"]),
        Case(
            what: "no AWS credentials", arguments: ["web"], status: 3,
            says: ["no AWS credentials", "AWS_ACCESS_KEY_ID", "aws configure"],
            variables: ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""]),
        Case(
            what: "a key that AWS does not know", arguments: ["web"], status: 3,
            says: ["AWS does not accept these credentials"], variables: ["AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"]),
        Case(
            what: "no Region", arguments: ["web"], status: 2, says: ["Region"],
            variables: ["AWS_REGION": "", "AWS_DEFAULT_REGION": ""]),
        Case(
            what: "a project on Lambda compute", arguments: ["lambda"], status: 3,
            says: ["runs on Lambda compute", "LINUX_CONTAINER"]),
        Case(
            what: "a buildspec that is no YAML", arguments: ["broken"], status: 2,
            says: ["the buildspec of broken, line 6, column 6: this is not YAML"]),
        Case(
            what: "an image that is none", arguments: ["web", "--image", "Not An Image"], status: 2,
            says: ["Not An Image (project web) is no image reference"]),
        Case(
            what: "a secret without the keys", arguments: ["web", "--secret", "nokeys"], status: 2,
            says: ["the secret nokeys lacks username and password"]),
        Case(
            what: "a secret that is no JSON", arguments: ["web", "--secret", "plain"], status: 2,
            says: ["the secret plain is no JSON object with the keys username and password"]),
        Case(
            what: "a secret whose name differs in case", arguments: ["web", "--secret", "docker-hub"], status: 3,
            says: ["there is a secret Docker-Hub, and docker-hub was asked for", "--secret Docker-Hub"]),
        Case(
            what: "a name that looks like the end of an ARN", arguments: ["web", "--secret", "hub-AbCdEf"], status: 2,
            says: ["hub-AbCdEf ends in a hyphen and six characters"]),
        Case(
            what: "a KMS key that does not exist", arguments: ["web", "--kms-key", "nosuch"], status: 2,
            says: ["kms DescribeKey: NotFoundException"]),
        Case(
            what: "a state folder that cannot be written", arguments: ["web"], status: 3,
            says: ["the record of this run cannot be kept", "Nothing was changed. Set XDG_STATE_HOME"],
            variables: ["XDG_STATE_HOME": "/dev/null/state"]),
        Case(
            what: "no secret and no credential", arguments: ["fix", "web", "--yes"], status: 3,
            says: ["there is no secret dockerhub", "--username"]),
        Case(
            what: "a user name without a terminal", arguments: ["fix", "web", "--username", "x", "--yes"], status: 2,
            says: ["there is no terminal to ask for the password of x", "--password-stdin"]),
        Case(
            what: "undo without a run", arguments: ["undo", "--yes"], status: 2, says: ["there is no run to take back"]),
        Case(
            what: "undo of an unknown run", arguments: ["undo", "../../etc/passwd", "--yes"], status: 2,
            says: ["there is no run ../../etc/passwd"]),
    ]

    @Test("is told apart, and nothing is changed", arguments: cases)
    func refused(input: Case) async throws {
        try await SandboxFixture.with { sandbox in
            try await Self.setScene(sandbox)
            let before = try await AccountView.read(sandbox)
            let isWhole = ["fix", "undo"].contains(input.arguments[0])
            let arguments =
                isWhole
                ? input.arguments
                : ["fix"] + input.arguments + ["--username", sandbox.username, "--password-stdin", "--yes"]
            let outcome = try await sandbox.run(
                arguments, input: input.input ?? sandbox.password, variables: input.variables)
            #expect(outcome.status == input.status, "\(outcome.all)")
            for words in input.says { #expect(outcome.errors.contains(words), "\(outcome.all)") }
            #expect(outcome.errors.lowercased().contains("error: "))
            try await Self.expectUnchanged(sandbox, before)
        }
    }

    @Test("without a terminal and without --yes the plan is shown, and nothing is changed")
    func nobodyToAsk() async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let outcome = try await sandbox.run(
                ["fix", "web", "--username", sandbox.username, "--password-stdin"], input: sandbox.password)
            #expect(outcome.status == 2, "\(outcome.all)")
            #expect(outcome.output.contains("create the secret dockerhub"))
            #expect(outcome.errors.contains("nothing was changed: there is no terminal to confirm at"))
            #expect(outcome.errors.contains("--yes"))
            try await Self.expectUnchanged(sandbox, before)
        }
    }

    @Test("an environment image from another registry is left as it is, and the plan says so")
    func notOnDockerHub() async throws {
        try await SandboxFixture.with { sandbox in
            try await Self.setScene(sandbox)
            let outcome = try await sandbox.fix(["quay"])
            #expect(outcome.status == 0, "\(outcome.all)")
            #expect(outcome.output.contains("quay.io/team/image:1 is not on Docker Hub"), "\(outcome.all)")
            #expect(!outcome.output.contains("registryCredential"))
        }
    }

    @Test("a buildspec that comes with the source is left to the person, with the lines to add")
    func buildspecInTheSource() async throws {
        try await SandboxFixture.with { sandbox in
            try await Self.setScene(sandbox)
            let outcome = try await sandbox.fix(["sourced"])
            #expect(outcome.status == 0, "\(outcome.all)")
            #expect(outcome.output.contains("By hand, in sourced: its buildspec ci/build.yml"), "\(outcome.all)")
            let login = #"- echo "${DOCKERHUB_PASSWORD}" | docker login -u "${DOCKERHUB_USERNAME}" --password-stdin"#
            #expect(outcome.output.contains(login))
        }
    }

    @Test("a port that is in use is named, with the option that chooses another")
    func portInUse() async throws {
        try await SandboxFixture.with { sandbox in
            let taken = String(sandbox.endpoint.split(separator: ":").last ?? "")
            let aws = try await sandbox.run(["sandbox", "--port", taken, "--hub-port", "0"])
            #expect(aws.status == 3 && aws.errors.contains("port \(taken) of 127.0.0.1"), "\(aws.all)")
            #expect(aws.errors.contains("--port PORT"), "\(aws.all)")
            let hub = try await sandbox.run(["sandbox", "--port", "0", "--hub-port", taken])
            #expect(hub.status == 3 && hub.errors.contains("--hub-port PORT"), "\(hub.all)")
        }
    }

    static func expectUnchanged(_ sandbox: SandboxFixture, _ before: AccountView) async throws {
        #expect(try await AccountView.read(sandbox) == before)
        #expect(try await sandbox.secret() == .absent)
        let runs = (try? FileManager.default.contentsOfDirectory(atPath: "\(sandbox.state)/runs")) ?? []
        #expect(runs.isEmpty)
    }

    /// Projects and secrets as they must not be.
    private static func setScene(_ sandbox: SandboxFixture) async throws {
        try await sandbox.account { aws in
            let role = try await aws.projects(named: ["web"]).found.first?.serviceRole ?? ""
            let good = "version: 0.2\nphases:\n  build:\n    commands:\n      - docker pull busybox\n"
            func add(
                _ name: String, image: String = "aws/codebuild/standard:7.0",
                type: CodeBuild.EnvironmentType = .linuxContainer, compute: String = "BUILD_GENERAL1_SMALL",
                source: CodeBuild.ProjectSource
            ) async throws {
                let isLambda = type == .linuxLambdaContainer
                _ = try await aws.call(
                    CodeBuild.CreateProject(
                        name: name, source: Open(source), artifacts: .init(type: "NO_ARTIFACTS"),
                        environment: Open(
                            .init(type: type, image: image, computeType: compute, privilegedMode: isLambda ? nil : true)
                        ), serviceRole: role))
            }
            try await add(
                "lambda", image: "aws/codebuild/amazonlinux-x86_64-lambda-standard:python3.12",
                type: .linuxLambdaContainer, compute: "BUILD_LAMBDA_1GB",
                source: .init(type: .noSource, buildspec: good))
            try await add("quay", image: "quay.io/team/image:1", source: .init(type: .noSource, buildspec: good))
            try await add("broken", source: .init(type: .noSource, buildspec: good + "     - oops: [\n"))
            try await add(
                "sourced",
                source: .init(
                    type: "GITHUB", location: "https://github.com/example/app.git", buildspec: "ci/build.yml"))
            for (name, value) in [
                ("nokeys", #"{"user":"x"}"#), ("plain", "hello"), ("Docker-Hub", #"{"username":"u","password":"p"}"#),
            ] {
                _ = try await aws.call(SecretsManager.CreateSecret(name: name, secretString: Sensitive(value)))
            }
        }
    }
}
