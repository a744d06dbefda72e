internal import AWS
internal import Buildspec
internal import Core
internal import Registry

/// Makes the plan of the strategy `login`, the AWS article's procedure, from the facts alone.
struct LoginPlanner {
    var request: LoginRequest
    var facts: LoginFacts
    var credential: Credential
    /// The id of the secret's new version, if one is made.
    var version: String
    /// Hashes a plaintext credential that a step replaces.
    var keyedHash: (String) throws -> String

    private var handle: SecretHandle {
        SecretHandle(request.secret, partition: facts.partition.id, account: facts.account, region: facts.region)
    }

    /// The plan; throws for a project that cannot be fixed at all.
    func plan() throws -> Plan {
        var plan = Plan(
            strategy: "login", account: facts.account, region: facts.region, projects: request.projects,
            secret: request.secret, steps: [], alreadyTrue: [], notes: [], byHand: [])
        if let warning = credential.warning { plan.notes.append(.init(severity: .warning, text: warning)) }
        try addSecret(to: &plan)
        addKeyWarning(to: &plan)
        var seen: Set<String> = []
        for project in facts.projects {
            if let stack = Self.stack(of: project.project) {
                warnOfDenial(project.role, if: project.isDenied, in: &plan)
                try addTemplate(for: project, stack: stack, to: &plan)
                continue
            }
            if seen.insert(project.role.name).inserted { try addGrant(for: project, to: &plan) }
            try addProject(project, to: &plan)
        }
        return plan
    }

    // MARK: The secret

    private func addSecret(to plan: inout Plan) throws {
        let name = request.secret
        guard let secret = facts.secret else {
            guard !name.hasPrefix("arn:") else {
                throw UnthrottleError(
                    .notFound, "there is no secret \(name)", hint: "A secret that is to be made is named by its name.")
            }
            guard !Self.looksLikeARNSuffix(name) else {
                throw UnthrottleError(
                    .invalidInput, "the secret's name \(name) ends in a hyphen and six characters",
                    hint:
                        "AWS adds such an ending itself and may mistake the name for part of an ARN. Choose another name."
                )
            }
            plan.steps.append(.secret(step(.create, previous: nil)))
            return
        }
        if secret.isDeleted {
            plan.steps.append(.secret(step(.restore, previous: secret.currentVersion)))
        } else if secret.rotates {
            throw UnthrottleError(
                .conflict, "the secret \(name) rotates by itself, and CodeBuild's registry credential must not",
                hint:
                    "Turn rotation off (`aws secretsmanager cancel-rotate-secret --secret-id \(name)`) or name another secret with --secret."
            )
        } else if facts.secretIsCurrent {
            plan.alreadyTrue.append("the secret \(name) holds this credential")
        } else {
            plan.steps.append(.secret(step(.update, previous: secret.currentVersion)))
        }
        if request.kmsKey != nil {
            let key = secret.kmsKey ?? "aws/secretsmanager"
            plan.notes.append(
                .init(
                    severity: .warning,
                    text: "--kms-key is for a new secret; \(name) keeps the key that it has, \(key)."))
        }
    }

    /// A key policy that does not leave the decision to IAM must name the roles itself (KMS Developer Guide, "Key policies").
    private func addKeyWarning(to plan: inout Plan) {
        guard let key = facts.keyARN, !facts.keyTrustsIAM else { return }
        let roles = Set(facts.projects.compactMap(\.project.serviceRole)).sorted()
        plan.notes.append(
            .init(
                severity: .warning,
                text:
                    "The policy of the key \(key) does not let IAM policies decide. Add a statement that allows kms:Decrypt to "
                    + "\(roles.joined(separator: ", ")), or the builds will fail with \"Access to KMS is not allowed\"."
            ))
    }

    private func step(_ action: SecretStep.Action, previous: String?) -> SecretStep {
        SecretStep(
            action: action, secret: request.secret, username: credential.username,
            kmsKey: action == .create ? facts.keyARN : nil, previousVersion: previous, version: version)
    }

    static func looksLikeARNSuffix(_ name: String) -> Bool {
        let tail = name.suffix(7)
        return tail.count == 7 && tail.first == "-" && tail.dropFirst().allSatisfy { $0.isLetter || $0.isNumber }
    }

    // MARK: The permission

    private var grant: GrantDocument {
        GrantDocument(
            secret: handle.policyResource, keyARN: facts.keyARN, region: facts.region,
            dnsSuffix: facts.partition.suffix)
    }

    private func warnOfDenial(_ role: RoleSurvey, if isDenied: Bool, in plan: inout Plan) {
        guard isDenied else { return }
        plan.notes.append(
            .init(
                severity: .warning,
                text:
                    "A policy of the role \(role.name) denies reading the secret. No other policy outweighs that; the builds will fail until it is changed."
            ))
    }

    private func addGrant(for project: LoginFacts.Project, to plan: inout Plan) throws {
        let role = project.role
        warnOfDenial(role, if: project.isDenied, in: &plan)
        if project.mayReadSecret {
            plan.alreadyTrue.append("the role \(role.name) may read the secret")
            return
        }
        let existing = role.inline.contains(GrantDocument.policyName) ? role.policies[GrantDocument.policyName] : nil
        guard let change = Change(from: existing, to: try grant.added(to: existing) ?? existing) else {
            plan.alreadyTrue.append("the role \(role.name) has the inline policy \(GrantDocument.policyName)")
            return
        }
        plan.steps.append(
            .rolePolicy(RolePolicyStep(role: role.name, policy: GrantDocument.policyName, document: change)))
    }

    // MARK: The project

    private func addProject(_ facts: LoginFacts.Project, to plan: inout Plan) throws {
        let project = facts.project
        let edit = try edited(project)
        plan.notes += edit.notes
        plan.byHand += edit.byHand
        plan.alreadyTrue += edit.alreadyTrue
        if !edit.step.isEmpty { plan.steps.append(.project(edit.step)) }
        if let warning = Exposure.warning(for: project) { plan.notes.append(.init(severity: .warning, text: warning)) }
    }

    private func edited(_ project: CodeBuild.Project) throws -> ProjectEdit {
        var edit = try ProjectEdit(
            project: project, secret: handle, secretARN: facts.secret?.arn, keyedHash: keyedHash)
        try edit.chooseImage(request.image)
        try edit.authenticateImagePull()
        try edit.authenticateBuild()
        return edit
    }

    private static func stack(of project: CodeBuild.Project) -> String? {
        project.tags?.first { $0.key == "aws:cloudformation:stack-name" }?.value
    }

    /// The stack's project is not edited: what to put into its template stands in the plan.
    private func addTemplate(for facts: LoginFacts.Project, stack: String, to plan: inout Plan) throws {
        let edit = try edited(facts.project)
        plan.notes += edit.notes
        if let warning = Exposure.warning(for: facts.project) {
            plan.notes.append(.init(severity: .warning, text: warning))
        }
        let template = StackTemplate(
            edit: edit, missingStatements: facts.mayReadSecret ? [] : grant.statements,
            role: facts.role.name)
        let name = facts.project.name
        guard !template.isEmpty else {
            plan.alreadyTrue += edit.alreadyTrue
            plan.byHand += edit.byHand
            return
        }
        plan.byHand.append(
            Plan.HandWork(
                project: name, reason: .stack,
                why: "it belongs to the CloudFormation stack \(stack), which would undo a change made behind its back",
                patch: template.text))
    }
}
