internal import AWS
internal import Buildspec
internal import Core

/// What `login` would change in a project that a CloudFormation stack owns, as a snippet for the stack's template (CloudFormation
/// User Guide, AWS::CodeBuild::Project and AWS::IAM::Policy): the same edit, written down instead of sent.
struct StackTemplate {
    var edit: ProjectEdit
    /// The statements that the project's role lacks; empty where it may read the secret.
    var missingStatements: [JSON]
    /// The role's name.
    var role: String

    /// Whether the template needs nothing: the project and its role are as `login` leaves them. A buildspec that comes with the
    /// source is no part of it.
    var isEmpty: Bool { edit.step.isEmpty && missingStatements.isEmpty }

    /// The lines to add, in YAML.
    var text: String {
        var lines = projectLines
        if !missingStatements.isEmpty {
            if !lines.isEmpty { lines.append("") }
            lines += [
                "# a resource of the template, for the role \(role):",
                "DockerHubSecretAccess:",
                "  Type: AWS::IAM::Policy",
                "  Properties:",
                "    PolicyName: \(GrantDocument.policyName)",
                "    Roles: [ \(role) ]        # or a !Ref of the role",
                "    PolicyDocument:",
                "      Version: \"2012-10-17\"",
                "      Statement:",
            ]
            // A JSON object is a YAML flow mapping.
            lines += missingStatements.map { "        - \($0.text())" }
        }
        let buildspec = buildspecLines
        if !buildspec.isEmpty {
            if !lines.isEmpty { lines.append("") }
            lines += buildspec
        }
        return lines.joined(separator: "\n")
    }

    private var projectLines: [String] {
        let step = edit.step
        var lines: [String] = []
        if let image = step.image?.after { lines.append("    Image: \(image)") }
        if let pull = step.pullCredentials?.after { lines.append("    ImagePullCredentialsType: \(pull.rawValue)") }
        if let change = step.registryCredential {
            if let credential = change.after {
                lines += [
                    "    RegistryCredential:",
                    "      Credential: \(credential.credential)",
                    "      CredentialProvider: \(credential.credentialProvider)",
                ]
            } else {
                lines.append("    # without RegistryCredential, which this image does not take")
            }
        }
        let variables = step.variables.compactMap { change -> CodeBuild.EnvironmentVariable? in
            if case .variable(let variable) = change.after { variable } else { nil }
        }
        if !variables.isEmpty {
            lines.append("    EnvironmentVariables:        # beside those that are there")
            lines += variables.map {
                "      - { Name: \($0.name), Type: \(($0.type ?? .plaintext).rawValue), Value: \"\($0.value)\" }"
            }
        }
        guard !lines.isEmpty else { return [] }
        return ["# in the project's Properties:", "  Environment:"] + lines
    }

    private var buildspecLines: [String] {
        var lines: [String] = []
        if !edit.step.buildspecDiff.isEmpty {
            lines.append("# in the project's Source.BuildSpec:")
            lines += edit.step.buildspecDiff
        }
        for work in edit.byHand {
            lines.append("# \(work.why):")
            lines += work.patch.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        return lines
    }
}
