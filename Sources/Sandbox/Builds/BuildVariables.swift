internal import AWS
internal import Buildspec
internal import Core
internal import FoundationEssentials

/// The variables of a build's commands, before the secrets among them are read.
struct BuildVariables: Sendable, Hashable {
    /// Where a value comes from.
    enum Value: Sendable, Hashable {
        /// It stands there: values are literal, `$PATH` in one is not expanded.
        case text(String)
        /// A secret's reference, as written.
        case secret(String)
        /// A parameter's name.
        case parameter(String)
    }

    /// Every variable by name.
    private(set) var all: [String: Value] = [:]

    /// Puts them together (build-spec-ref, env): the buildspec's, over them the project's, which StartBuild has already
    /// merged its own into, over them CodeBuild's, whose names are reserved.
    init(buildspec: BuildspecDocument.Environment, project: [CodeBuild.EnvironmentVariable], own: [String: String]) {
        all.merge(buildspec.variables.mapValues { .text($0.value) }, uniquingKeysWith: { $1 })
        all.merge(buildspec.parameters.mapValues { .parameter($0.value) }, uniquingKeysWith: { $1 })
        all.merge(buildspec.secrets.mapValues { .secret($0.value) }, uniquingKeysWith: { $1 })
        for variable in project {
            all[variable.name] =
                switch variable.type {
                case .secretsManager?: .secret(variable.value)
                case .parameterStore?: .parameter(variable.value)
                default: .text(variable.value)
                }
        }
        all.merge(own.mapValues { .text($0) }, uniquingKeysWith: { $1 })
    }

    /// CodeBuild's own variables (user guide, "Environment variables in build environments").
    static func own(_ build: CodeBuild.Build, sourceFolder: String) -> [String: String] {
        let parts = (build.arn ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let region = parts.count > 3 ? parts[3] : "us-east-1"
        let account = parts.count > 4 ? parts[4] : ""
        var own = [
            "AWS_REGION": region, "AWS_DEFAULT_REGION": region,
            "CODEBUILD_BUILD_ARN": build.arn ?? "", "CODEBUILD_BUILD_ID": build.id,
            "CODEBUILD_BUILD_IMAGE": build.environment?.image ?? "",
            "CODEBUILD_BUILD_NUMBER": build.buildNumber.map { "\($0)" } ?? "", "CODEBUILD_BUILD_SUCCEEDING": "1",
            "CODEBUILD_INITIATOR": build.initiator ?? "", "CODEBUILD_KMS_KEY_ID": build.encryptionKey ?? "",
            "CODEBUILD_LOG_PATH": BuildIdentity.uuid(build),
            "CODEBUILD_PROJECT_ARN": "arn:aws:codebuild:\(region):\(account):project/\(build.projectName ?? "")",
            "CODEBUILD_SOURCE_REPO_URL": build.source?.location ?? "", "CODEBUILD_SRC_DIR": sourceFolder,
            "CODEBUILD_RESOLVED_SOURCE_VERSION": build.resolvedSourceVersion ?? "",
            "CODEBUILD_SOURCE_VERSION": build.sourceVersion ?? "",
        ]
        if let start = build.startTime { own["CODEBUILD_START_TIME"] = "\(Int(start.timeIntervalSince1970 * 1000))" }
        return own.filter { !$0.value.isEmpty }
    }

    /// Whether a shell can have a variable of that name.
    static func isShellName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }
}
