internal import AWS
internal import Buildspec
internal import Core

/// A build's source, as far as this stand-in has one: the buildspec, inline or an object of S3.
struct BuildSource: Sendable {
    private let source: CodeBuild.ProjectSource?

    private let build: CodeBuild.Build
    private let host: any BuildHost

    init(_ build: CodeBuild.Build, _ host: any BuildHost) {
        (self.build, self.host) = (build, host)
        source = build.source?.known
    }

    /// What is not done with the source.
    var warnings: [String] {
        guard let source, source.type != .noSource else { return [] }
        return ["WARNING: the source (\(source.type.rawValue)) is not fetched by this stand-in: the folder is empty"]
    }

    /// The buildspec; throws ``PhaseFailure`` as CodeBuild fails DOWNLOAD_SOURCE.
    func document() async throws -> BuildspecDocument {
        var text = source?.buildspec ?? ""
        if let object = Self.object(text) {
            do {
                text = try await host.objectText(
                    bucket: String(object.bucket), key: String(object.key), of: build)
            } catch let error as ServiceError {
                throw PhaseFailure(
                    code: "YAML_FILE_ERROR",
                    message: "failed to download the buildspec \(text): \(error.code): \(error.message)")
            }
        } else {
            try Self.checkInline(text)
        }
        let document: BuildspecDocument
        do {
            document = try BuildspecDocument(parsing: text, path: "buildspec")
        } catch let error as UnthrottleError {
            throw PhaseFailure(code: "YAML_FILE_ERROR", message: error.message)
        }
        if let finding = document.firstError {
            throw PhaseFailure(code: "YAML_FILE_ERROR", message: Self.words(finding))
        }
        return document
    }

    private static func checkInline(_ text: String) throws {
        guard !isInline(text) else { return }
        let path = text.isEmpty ? "buildspec.yml" : text
        throw PhaseFailure(
            code: "YAML_FILE_ERROR",
            message: "stat \(path): no such file or directory (this stand-in runs inline buildspecs)")
    }

    /// The object that `arn:aws:s3:::BUCKET/KEY` names (CodeBuild User Guide, "Buildspec file name and storage location").
    private static func object(_ text: String) -> (bucket: Substring, key: Substring)? {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "s3", !text.contains(where: \.isNewline),
            let slash = parts[5].firstIndex(of: "/")
        else { return nil }
        return (parts[5][..<slash], parts[5][slash...].dropFirst())
    }

    /// Whether the text is a buildspec and not a file's path.
    static func isInline(_ text: String) -> Bool {
        text.contains { $0.isNewline } || text.trimmed.hasPrefix("{") || text.contains("version:")
    }

    /// What the log says of members that this stand-in does not act on, and of findings.
    static func warnings(of document: BuildspecDocument) -> [String] {
        var lines = document.findings.map { "WARNING: buildspec \($0.position): \($0.member): \($0.message)" }
        lines += document.otherMembers.sorted { $0.value < $1.value }.map {
            "WARNING: buildspec \($0.value): '\($0.key)' is not supported by this stand-in and has no effect"
        }
        if let user = document.runAs { lines.append(notSupported("run-as", user.position)) }
        for phase in document.phases {
            if let user = phase.runAs {
                lines.append(notSupported("phases.\(phase.name.rawValue).run-as", user.position))
            }
            if !phase.runtimeVersions.isEmpty {
                lines.append(notSupported("phases.\(phase.name.rawValue).runtime-versions", phase.position))
            }
        }
        if document.environment.gitCredentialHelper {
            lines.append("WARNING: 'env.git-credential-helper' is not supported by this stand-in and has no effect")
        }
        return lines
    }

    /// `Phases found in YAML: 2` and a line for each.
    static func summary(of document: BuildspecDocument) -> [String] {
        ["Phases found in YAML: \(document.phases.count)"]
            + document.phases.map { " \($0.name.rawValue.uppercased()): \($0.commands.count) commands" }
    }

    private static func notSupported(_ member: String, _ position: Position) -> String {
        "WARNING: buildspec \(position): '\(member)' is not supported by this stand-in and has no effect"
    }

    /// CodeBuild's own sentence for a command that parsed as a map; this program's for everything else.
    private static func words(_ finding: BuildspecFinding) -> String {
        guard finding.member.hasSuffix("]"), finding.message.contains("a map"),
            let open = finding.member.lastIndex(of: "[")
        else {
            return "\(finding.position): \(finding.member): \(finding.message)"
        }
        let name =
            finding.member[..<open].split(separator: ".").last.map { $0.prefix(1).uppercased() + $0.dropFirst() } ?? ""
        let line = finding.position.line
        return
            "Expected \(name)\(finding.member[open...]) to be of string type: "
            + "found subkeys instead at line \(line), value of the key tag on line \(max(line - 1, 1)) might be empty"
    }
}
