internal import AWS
internal import Core

/// What a project's service role may do.
struct RoleSurvey: Sendable, Hashable {
    /// The role's name.
    var name: String
    /// Its documents, inline and attached, as JSON text, by the policies' names.
    var policies: [String: String]
    /// The inline policies' names among them.
    var inline: Set<String>

    /// The name in `arn:aws:iam::ACCOUNT:role/PATH/NAME`.
    static func name(of arn: String) -> String { arn.split(separator: "/").last.map(String.init) ?? arn }

    /// Reads a role's policies; throws what AWS says where the role does not exist.
    static func read(_ name: String, on aws: AWSClient) async throws -> RoleSurvey {
        var survey = RoleSurvey(name: name, policies: [:], inline: [])
        for policy in try await aws.inlinePolicyNames(ofRole: name) {
            survey.policies[policy] = try await inlinePolicy(policy, of: name, on: aws)
            survey.inline.insert(policy)
        }
        for attached in try await aws.attachedPolicies(ofRole: name) {
            guard let arn = attached.policyArn else { continue }
            survey.policies[arn] = try await managedPolicy(arn, on: aws)
        }
        return survey
    }

    /// An inline policy's document; nil where there is none.
    static func inlinePolicy(_ policy: String, of role: String, on aws: AWSClient) async throws -> String? {
        do {
            return try await aws.call(IAM.GetRolePolicy(roleName: role, policyName: policy)).policyDocument.text
        } catch let error as AWSError where error.code == "NoSuchEntity" {
            return nil
        }
    }

    private static func managedPolicy(_ arn: String, on aws: AWSClient) async throws -> String? {
        let policy = try await aws.call(IAM.GetPolicy(policyArn: arn)).policy
        guard let version = policy?.defaultVersionId else { return nil }
        return try await aws.call(IAM.GetPolicyVersion(policyArn: arn, versionId: version)).policyVersion?.document?
            .text
    }
}

extension RoleSurvey {
    /// What the role's policies say of reading a secret.
    enum Access {
        /// They allow it, the key's use included.
        case allowed
        /// One denies it, which no other outweighs.
        case denied
        /// None says anything.
        case unsaid
    }

    /// What the policies say to a build: GetSecretValue on the secret, and Decrypt through Secrets Manager on a
    /// customer-managed key. A document that cannot be read says nothing.
    func access(to secret: String, key: String?, arn: String, region: String, suffix: String) -> Access {
        let documents = policies.values.compactMap { try? PolicyDocument(parsing: $0, for: .identity) }
        let account =
            arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first.map(String.init) ?? ""
        let build = Caller(account: account, kind: .session(role: name, roleARN: arn, roleID: "", name: "AWSCodeBuild"))
        var requests = [AccessRequest(build, "secretsmanager:GetSecretValue", on: secret)]
        if let key {
            let service = "secretsmanager.\(region).\(suffix)"
            requests.append(AccessRequest(build, "kms:Decrypt", on: key, context: ["kms:ViaService": service]))
        }
        var access = Access.allowed
        for request in requests {
            switch PolicyEvaluator.decide(request, identity: documents) {
            case .allowed: continue
            case .denied(let denial):
                if case .explicitDeny = denial.reason { return .denied }
                access = .unsaid
            }
        }
        return access
    }
}
