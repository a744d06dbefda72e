public import AWS
internal import Core
internal import Diagnosis
internal import FoundationEssentials
public import Registry

/// The strategy `login` from the request to the plan: reads what is there, and plans from it.
public struct LoginFix: Sendable {
    private let bench: Workbench
    private let request: LoginRequest

    /// A fix of these projects.
    public init(_ request: LoginRequest, on bench: Workbench) {
        self.request = request
        self.bench = bench
    }

    /// The credential in a secret that is there already; nil where there is no such secret, or it is scheduled for deletion.
    /// Throws `invalidInput` for a secret without the keys that CodeBuild reads.
    public static func storedCredential(_ secret: String, on aws: AWSClient) async throws -> Credential? {
        guard let found = try await SecretSurvey.describe(secret, on: aws), !found.isDeleted else { return nil }
        let members = try await SecretSurvey.value(of: secret, on: aws)
        guard let username = members.string("username"), let password = members.string("password"),
            !username.isEmpty, !password.isEmpty
        else {
            let missing = ["username", "password"].filter { members.string($0)?.isEmpty != false }
            throw UnthrottleError(
                .invalidInput, "the secret \(secret) lacks \(missing.joined(separator: " and "))",
                hint:
                    "CodeBuild reads the keys username and password. Name another secret with --secret, or give this one both keys."
            )
        }
        return Credential(username: username, password: Secret(password))
    }

    /// Reads projects, roles and the secret, and makes the plan. Nothing is changed.
    public func plan(credential: Credential) async throws -> Plan {
        let aws = bench.aws
        let projects = try await aws.knownProjects(request.projects)
        if !request.secret.hasPrefix("arn:"),
            let other = try await SecretSurvey.caseVariant(of: request.secret, on: aws)
        {
            throw UnthrottleError(
                .conflict, "there is a secret \(other), and \(request.secret) was asked for: they differ in case only",
                hint:
                    "Secrets Manager would keep both, and a reference to the wrong one fails. Say --secret \(other), or choose a name that is not so near."
            )
        }
        let secret = try await SecretSurvey.describe(request.secret, on: aws)
        var isCurrent = false
        if let secret, !secret.isDeleted {
            isCurrent = try await Self.storedCredential(request.secret, on: aws) == credential
        }
        let key = try await keyARN(for: secret)
        let trustsIAM = try await keyTrustsIAM(key)
        let partition = Partition(region: aws.configuration.region)
        // A partial ARN finds the secret too, but a policy that names it so would not reach it.
        var request = request
        if request.secret.hasPrefix("arn:"), let secret { request.secret = secret.arn }
        let handle = SecretHandle(
            request.secret, partition: partition.id, account: bench.account, region: aws.configuration.region)
        var roles: [String: LoginFacts.Project] = [:]
        var facts = LoginFacts(
            partition: partition, account: bench.account, region: aws.configuration.region, projects: [],
            secret: secret,
            secretIsCurrent: isCurrent, keyARN: key, keyTrustsIAM: trustsIAM)
        for project in projects {
            guard let arn = project.serviceRole else {
                throw UnthrottleError(
                    .refused, "the project \(project.name) has no service role", hint: "Give it one first.")
            }
            let name = RoleSurvey.name(of: arn)
            if let known = roles[name] {
                facts.projects.append(
                    LoginFacts.Project(
                        project: project, role: known.role, mayReadSecret: known.mayReadSecret, isDenied: known.isDenied
                    ))
                continue
            }
            let role = try await RoleSurvey.read(name, on: aws)
            let access = role.access(
                to: secret?.arn ?? handle.exampleARN, key: key, arn: arn, region: aws.configuration.region,
                suffix: partition.suffix)
            let found = LoginFacts.Project(
                project: project, role: role, mayReadSecret: access == .allowed, isDenied: access == .denied)
            roles[name] = found
            facts.projects.append(found)
        }
        let folder = bench.folder
        let dice = bench.dice
        return try LoginPlanner(
            request: request, facts: facts, credential: credential, version: dice.uuid(),
            keyedHash: { try folder.keyedHash($0, dice: dice) }
        ).plan()
    }

    /// The customer-managed key that the secret has, or will have; throws where it cannot be used.
    private func keyARN(for secret: SecretSurvey?) async throws -> String? {
        guard let id = secret.map(\.kmsKey) ?? request.kmsKey else { return nil }
        let key = try await bench.aws.call(KMS.DescribeKey(keyId: id)).keyMetadata
        guard key.enabled != false, let arn = key.arn else {
            throw UnthrottleError(
                .refused, "the KMS key \(id) cannot be used (\(key.keyState ?? "no such key"))",
                hint: "Name a key that is enabled with --kms-key, or leave it out to use aws/secretsmanager.")
        }
        return key.keyManager == "AWS" ? nil : arn
    }

    /// Whether the key's policy allows the account as a whole, which hands the decision over to IAM.
    private func keyTrustsIAM(_ key: String?) async throws -> Bool {
        guard let key else { return true }
        let policy: String?
        do {
            policy = try await bench.aws.call(KMS.GetKeyPolicy(keyId: key, policyName: "default")).policy
        } catch let error as AWSError where error.isAccessDenied {
            return true  // nothing is known of it; the probe will show
        }
        guard let policy, let document = try? PolicyDocument(parsing: policy, for: .key) else { return true }
        let partition = Partition(region: bench.aws.configuration.region).id
        let role = Caller(
            account: bench.account,
            kind: .session(
                role: "any", roleARN: "arn:\(partition):iam::\(bench.account):role/any", roleID: "",
                name: "AWSCodeBuild"))
        let service =
            "secretsmanager.\(bench.aws.configuration.region).\(Partition(region: bench.aws.configuration.region).suffix)"
        return PolicyEvaluator.reaches(
            AccessRequest(role, "kms:Decrypt", on: key, context: ["kms:ViaService": service]), in: document)
    }
}
