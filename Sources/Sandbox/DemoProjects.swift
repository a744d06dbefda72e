internal import AWS
internal import Core
internal import FoundationEssentials

/// Two projects to play with, throttled in the two ways that there are: `web` in PROVISIONING, `api` inside its build.
enum DemoProjects {
    private static let webBuildspec = """
        version: 0.2

        # The environment image docker:dind comes from Docker Hub: without a registry credential CodeBuild pulls it
        # anonymously, and PROVISIONING fails as soon as the address has spent its pulls.
        phases:
          install:
            commands:
              - docker version
          build:
            commands:
              # Inside the build a pull is anonymous too, whatever credential PROVISIONING had.
              - docker pull busybox:latest
              - echo "web is built"

        """

    private static let apiBuildspec = """
        version: 0.2

        # CodeBuild hosts this project's environment image itself, so PROVISIONING is never throttled.
        phases:
          pre_build:
            commands:
              - echo "api build $CODEBUILD_BUILD_NUMBER"
          build:
            commands:
              - docker pull docker:dind        # the article's example
              - docker pull alpine:3.20
          post_build:
            commands:
              - echo "succeeding is $CODEBUILD_BUILD_SUCCEEDING"

        """

    /// Adds both projects and their roles, unless the account has projects already.
    static func add(to backend: Backend) throws {
        guard backend.store.read({ $0.codebuild.projects.isEmpty }) else { return }
        try backend.store.change { state in
            add("web", image: "docker:dind", buildspec: webBuildspec, to: &state, backend)
            add(
                "api", image: "aws/codebuild/amazonlinux-x86_64-standard:5.0", buildspec: apiBuildspec, to: &state,
                backend)
        }
    }

    private static func add(
        _ name: String, image: String, buildspec: String, to state: inout AccountState, _ backend: Backend
    ) {
        let (place, now) = (backend.place, backend.now)
        let roleName = "codebuild-\(name)-service-role"
        let logs = place.arn("logs", "log-group:/aws/codebuild/\(name)")
        state.iam.roles[roleName] = IAMState.Role(
            name: roleName, path: "/service-role/", id: backend.iamID("AROA"),
            arn: place.iam("role/service-role/\(roleName)"), created: now, maxSessionDuration: 3600,
            trustPolicy: """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
                "Principal":{"Service":"codebuild.amazonaws.com"},"Action":"sts:AssumeRole"}]}
                """, tags: [],
            inline: [
                "logs": """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup",\
                "logs:CreateLogStream","logs:PutLogEvents"],"Resource":["\(logs)","\(logs):*"]}]}
                """
            ])
        var project = CodeBuild.Project(
            name: name, arn: place.arn("codebuild", "project/\(name)"),
            source: Open(.init(type: .noSource, buildspec: buildspec)), artifacts: .init(type: "NO_ARTIFACTS"),
            cache: .init(type: "NO_CACHE"),
            environment: Open(
                .init(
                    type: .linuxContainer, image: image, computeType: "BUILD_GENERAL1_SMALL", privilegedMode: true)),
            serviceRole: place.iam("role/service-role/\(roleName)"), timeoutInMinutes: 60, queuedTimeoutInMinutes: 480,
            encryptionKey: place.arn("kms", "alias/aws/s3"), tags: [], created: now, lastModified: now,
            badge: .init(badgeEnabled: false), projectVisibility: "PRIVATE")
        project.fillDefaults()
        state.codebuild.projects[name] = project
    }
}
