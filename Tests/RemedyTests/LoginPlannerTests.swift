import AWS
import Buildspec
import Core
import Registry
import Testing

@testable import Remedy

@Suite("The plan of login")
struct LoginPlannerTests {
    static let buildspec =
        "version: 0.2\nphases:\n  build:\n    commands:\n      # pull it\n      - docker pull busybox:latest\n"

    static func project(
        image: String = "docker:dind", buildspec: String? = Self.buildspec, privileged: Bool = true,
        change: (inout CodeBuild.Project) -> Void = { _ in }
    ) -> CodeBuild.Project {
        var project = CodeBuild.Project(
            name: "web",
            source: Open(CodeBuild.ProjectSource(type: .noSource, buildspec: buildspec)),
            environment: Open(
                CodeBuild.ProjectEnvironment(
                    type: .linuxContainer, image: image, computeType: "BUILD_GENERAL1_SMALL", privilegedMode: privileged
                ),
                unknown: ["newMember": "kept"]),
            serviceRole: "arn:aws:iam::123456789012:role/service-role/web-role")
        change(&project)
        return project
    }

    static func facts(
        _ projects: [CodeBuild.Project], secret: SecretSurvey? = nil, current: Bool = false, may: Bool = false,
        denied: Bool = false, key: String? = nil, policies: [String: String] = [:]
    ) -> LoginFacts {
        LoginFacts(
            partition: Partition(region: "eu-west-3"), account: "123456789012", region: "eu-west-3",
            projects: projects.map {
                LoginFacts.Project(
                    project: $0,
                    role: RoleSurvey(
                        name: RoleSurvey.name(of: $0.serviceRole ?? ""), policies: policies, inline: Set(policies.keys)),
                    mayReadSecret: may, isDenied: denied)
            },
            secret: secret, secretIsCurrent: current, keyARN: key)
    }

    static func plan(_ facts: LoginFacts, request: LoginRequest = LoginRequest(projects: ["web"])) throws -> Plan {
        try LoginPlanner(
            request: request, facts: facts,
            credential: Credential(username: "alice", password: Secret("dckr_pat_canary1")),
            version: "v1", keyedHash: { "hash(\($0.count))" }
        ).plan()
    }

    static func survey(deleted: Bool = false, rotates: Bool = false) -> SecretSurvey {
        SecretSurvey(
            arn: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:dockerhub-a1B2c3", name: "dockerhub",
            kmsKey: nil,
            isDeleted: deleted, rotates: rotates, currentVersion: "v0")
    }

    static func projectStep(_ plan: Plan) -> ProjectStep? {
        for case .project(let step) in plan.steps { return step }
        return nil
    }

    @Test("an image from Docker Hub and docker in the build: secret, permission, project; one step each")
    func whole() throws {
        let plan = try Self.plan(Self.facts([Self.project()]))
        #expect(
            plan.steps.map { $0.base.resource } == [
                "secret dockerhub", "role web-role, inline policy dockerhub_secret_access", "project web",
            ])
        let step = try #require(Self.projectStep(plan))
        #expect(
            step.registryCredential?.after
                == CodeBuild.RegistryCredential(credential: "dockerhub", credentialProvider: "SECRETS_MANAGER"))
        #expect(step.pullCredentials?.after == .serviceRole)
        #expect(step.variables.map(\.name) == ["DOCKERHUB_USERNAME", "DOCKERHUB_PASSWORD"])
        #expect(
            step.variables.map(\.after) == [
                .variable(.init(name: "DOCKERHUB_USERNAME", value: "dockerhub:username", type: .secretsManager)),
                .variable(.init(name: "DOCKERHUB_PASSWORD", value: "dockerhub:password", type: .secretsManager)),
            ])
        let edited = try #require(step.buildspec?.inserting(into: Self.buildspec))
        #expect(edited.contains("# pull it\n") && edited.contains("docker login"))
        #expect(step.buildspec?.removing(from: edited) == Self.buildspec)
    }

    @Test(
        "the permission is the least: this secret whatever its six characters, and no key without a customer-managed one"
    )
    func grant() throws {
        let plan = try Self.plan(Self.facts([Self.project()]))
        guard case .rolePolicy(let step) = plan.steps[1] else { throw UnthrottleError(.failed, "no policy") }
        let document = try JSON(parsing: try #require(step.document.after))
        #expect(document["Statement"]?.array?.count == 1)
        #expect(document["Statement"]?.array?[0]["Action"] == ["secretsmanager:GetSecretValue"])
        #expect(
            document["Statement"]?.array?[0]["Resource"] == [
                "arn:aws:secretsmanager:eu-west-3:123456789012:secret:dockerhub-??????"
            ])
    }

    @Test("a customer-managed key adds kms:Decrypt through Secrets Manager only")
    func grantWithKey() throws {
        let key = "arn:aws:kms:eu-west-3:123456789012:key/k"
        let plan = try Self.plan(Self.facts([Self.project()], key: key))
        guard case .rolePolicy(let step) = plan.steps[1] else { throw UnthrottleError(.failed, "no policy") }
        let statement = try JSON(parsing: try #require(step.document.after))["Statement"]?.array?.last
        #expect(statement?["Action"] == ["kms:Decrypt"])
        #expect(statement?["Resource"] == [.string(key)])
        #expect(statement?["Condition"]?["StringEquals"]?["kms:ViaService"] == "secretsmanager.eu-west-3.amazonaws.com")
        guard case .secret(let secret) = plan.steps[0] else { throw UnthrottleError(.failed, "no secret") }
        #expect(secret.kmsKey == key)
    }

    @Test("statements that stand in the policy already are kept")
    func grantKeeps() throws {
        let existing =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}"#
        let plan = try Self.plan(Self.facts([Self.project()], policies: ["dockerhub_secret_access": existing]))
        guard case .rolePolicy(let step) = plan.steps[1] else { throw UnthrottleError(.failed, "no policy") }
        let statements = try JSON(parsing: try #require(step.document.after))["Statement"]?.array
        #expect(statements?.count == 2)
        #expect(statements?[0]["Action"] == "s3:GetObject")
        #expect(step.document.before == existing)
    }

    @Test(
        "a registry credential only where the image comes from Docker Hub",
        arguments: [
            ("docker:dind", true), ("index.docker.io/library/node:20", true),
            ("aws/codebuild/amazonlinux-x86_64-standard:5.0", false),
            ("123456789012.dkr.ecr.eu-west-3.amazonaws.com/a:1", false),
            ("public.ecr.aws/docker/library/node:20", false),
            ("ghcr.io/a/b:1", false), ("docker.n8n.io/n8nio/n8n", true),
        ])
    func images(image: String, wanted: Bool) throws {
        let step = try #require(Self.projectStep(try Self.plan(Self.facts([Self.project(image: image)]))))
        #expect((step.registryCredential != nil) == wanted)
        #expect((step.pullCredentials != nil) == wanted)
        #expect(step.variables.count == 2)
    }

    @Test("--image comes first: the new image decides")
    func newImage() throws {
        let request = LoginRequest(projects: ["web"], image: "docker:dind")
        let facts = Self.facts([Self.project(image: "aws/codebuild/standard:7.0")])
        let step = try #require(Self.projectStep(try Self.plan(facts, request: request)))
        #expect(step.image == Change(from: "aws/codebuild/standard:7.0", to: "docker:dind"))
        #expect(step.registryCredential != nil)
    }

    @Test("a second time nothing is planned, whether the secret is named by its name or its ARN")
    func again() throws {
        let first = try #require(Self.projectStep(try Self.plan(Self.facts([Self.project()]))))
        for id in ["dockerhub", Self.survey().arn] {
            let fixed = Self.project { project in
                project.environment.registryCredential = .init(credential: id, credentialProvider: "SECRETS_MANAGER")
                project.environment.imagePullCredentialsType = .serviceRole
                project.environment.environmentVariables = [
                    .init(name: "DOCKERHUB_USERNAME", value: "\(id):username", type: .secretsManager),
                    .init(name: "DOCKERHUB_PASSWORD", value: "\(id):password", type: .secretsManager),
                ]
                project.source.buildspec = first.buildspec?.inserting(into: Self.buildspec)
            }
            let plan = try Self.plan(Self.facts([fixed], secret: Self.survey(), current: true, may: true))
            #expect(plan.steps == [], "\(id)")
            #expect(plan.alreadyTrue.count == 5)
        }
    }

    @Test("what is there under the secret's name decides what happens to it")
    func secret() throws {
        func action(_ facts: LoginFacts) throws -> SecretStep? {
            guard case .secret(let step)? = try Self.plan(facts).steps.first else { return nil }
            return step
        }
        #expect(try action(Self.facts([Self.project()]))?.action == .create)
        #expect(try action(Self.facts([Self.project()], secret: Self.survey(deleted: true)))?.action == .restore)
        #expect(try action(Self.facts([Self.project()], secret: Self.survey()))?.action == .update)
        #expect(try action(Self.facts([Self.project()], secret: Self.survey(), current: true)) == nil)
        #expect(throws: UnthrottleError.self) {
            try action(Self.facts([Self.project()], secret: Self.survey(rotates: true)))
        }
        let request = LoginRequest(
            projects: ["web"], secret: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:x-AbCdEf")
        #expect(throws: UnthrottleError.self) { try Self.plan(Self.facts([Self.project()]), request: request) }
        let hyphen = LoginRequest(projects: ["web"], secret: "docker-secret")
        #expect(throws: UnthrottleError.self) { try Self.plan(Self.facts([Self.project()]), request: hyphen) }
    }

    @Test("two projects share the secret, and the policy where they share the role")
    func shared() throws {
        var api = Self.project()
        api.name = "api"
        let plan = try Self.plan(Self.facts([Self.project(), api]), request: LoginRequest(projects: ["web", "api"]))
        #expect(
            plan.steps.map { $0.base.resource } == [
                "secret dockerhub", "role web-role, inline policy dockerhub_secret_access", "project web",
                "project api",
            ])
    }

    @Test("no docker in the build: the environment image alone is authenticated")
    func noDocker() throws {
        let plan = try Self.plan(
            Self.facts([
                Self.project(
                    image: "node:20", buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - npm ci\n",
                    privileged: false)
            ]))
        let step = try #require(Self.projectStep(plan))
        #expect(step.variables.isEmpty && step.buildspec == nil && step.registryCredential != nil)
    }

    @Test(
        "a buildspec that comes with the source is left to the person, with the lines",
        arguments: [nil, "ci/build.yml", "arn:aws:s3:::b/k.yml"])
    func sourceHosted(path: String?) throws {
        let plan = try Self.plan(Self.facts([Self.project(buildspec: path)]))
        #expect(plan.byHand.count == 1)
        #expect(plan.byHand[0].patch.contains("docker login -u"))
        #expect(plan.byHand[0].patch.contains(path ?? "buildspec.yml"))
        #expect(try #require(Self.projectStep(plan)).variables.count == 2)
    }

    @Test("Lambda compute is refused")
    func lambda() {
        let facts = Self.facts([Self.project { $0.environment.type = .linuxLambdaContainer }])
        let error = #expect(throws: UnthrottleError.self) { try Self.plan(facts) }
        #expect(error?.message.contains("Lambda") == true)
    }

    @Test("a project that CloudFormation owns is not touched")
    func owned() throws {
        let facts = Self.facts([Self.project { $0.tags = [.init(key: "aws:cloudformation:stack-name", value: "prod")] }]
        )
        let plan = try Self.plan(facts)
        #expect(Self.projectStep(plan) == nil)
        #expect(plan.byHand.first?.why.contains("prod") == true)
    }

    @Test("a plaintext password is replaced and not kept, only hashed")
    func plaintext() throws {
        let facts = Self.facts([
            Self.project {
                $0.environment.environmentVariables = [
                    .init(name: "DOCKERHUB_PASSWORD", value: "canary-plain-9", type: .plaintext)
                ]
            }
        ])
        let plan = try Self.plan(facts)
        let step = try #require(Self.projectStep(plan))
        #expect(step.variables.last?.before == .hidden(keyedHash: "hash(14)"))
        #expect(!(try JSON(encoding: plan).text()).contains("canary"))
        #expect(plan.notes.contains { $0.text.contains("clear text") })
    }

    @Test("pull requests that can start the project are a warning, unless somebody must approve them")
    func pullRequests() throws {
        func warned(_ groups: [[CodeBuild.WebhookFilter]]) throws -> Bool {
            let project = Self.project { $0.webhook = CodeBuild.Webhook(filterGroups: groups) }
            return try Self.plan(Self.facts([project])).notes.contains { $0.text.contains("Pull requests") }
        }
        #expect(try warned([]))
        #expect(try warned([[.init(type: "EVENT", pattern: "PUSH, PULL_REQUEST_CREATED")]]))
        #expect(try !warned([[.init(type: "EVENT", pattern: "PUSH")]]))
        #expect(
            try !warned([
                [
                    .init(type: "EVENT", pattern: "PULL_REQUEST_CREATED"),
                    .init(type: "ACTOR_ACCOUNT_ID", pattern: "^1$"),
                ]
            ]))
    }

    @Test("a key whose policy does not let IAM decide is a warning that names the role")
    func keyPolicy() throws {
        var facts = Self.facts([Self.project()], key: "arn:aws:kms:eu-west-3:123456789012:key/k")
        #expect(try !Self.plan(facts).notes.contains { $0.text.contains("does not let IAM") })
        facts.keyTrustsIAM = false
        #expect(
            try Self.plan(facts).notes.contains { $0.text.contains("does not let IAM") && $0.text.contains("web-role") }
        )
    }

    @Test("scripts before the login are named, since what they pull was not seen")
    func scripts() throws {
        let text =
            "version: 0.2\nphases:\n  install:\n    commands:\n      - ./prepare.sh\n  build:\n    commands:\n      - docker pull a\n      - ./later.sh\n"
        let notes = try Self.plan(Self.facts([Self.project(buildspec: text)])).notes.map(\.text)
        let note = try #require(notes.first { $0.contains("Before the login") })
        #expect(note.contains("prepare.sh") && !note.contains("later.sh"))
    }

    @Test("a Windows project gets PowerShell's words")
    func windows() throws {
        let project = Self.project { $0.environment.type = .windowsServer2022Container }
        let step = try #require(Self.projectStep(try Self.plan(Self.facts([project]))))
        #expect(step.buildspec?.piece.contains("$env:DOCKERHUB_PASSWORD | docker login") == true)
    }

    @Test("a plan holds no secret and reads back as it was written")
    func data() throws {
        let plan = try Self.plan(Self.facts([Self.project()]))
        let json = try JSON(encoding: plan)
        #expect(!json.text().contains("canary"))
        #expect(try Plan(json: json) == plan)
    }
}

extension Plan {
    init(json: JSON) throws {
        self = try JSONDecoding.decode(Plan.self, json.text())
    }
}
