internal import AWS

/// Secrets Manager: resource policies.
extension SecretsManagerService {
    func registerPolicies(in table: inout OperationTable) {
        table.add(SecretsManager.GetResourcePolicy.self) { input, call in
            let secret = try change(call) { state in
                try find(input.secretId, for: "secretsmanager:GetResourcePolicy", state, call, whenDeleted: false)
            }
            return .init(arn: secret.arn, name: secret.name, resourcePolicy: secret.policy)
        }
        table.add(SecretsManager.PutResourcePolicy.self) { input, call in
            try Self.check(input)
            return try setPolicy(input.resourcePolicy, input.secretId, "secretsmanager:PutResourcePolicy", call)
        }
        table.add(SecretsManager.DeleteResourcePolicy.self) { input, call in
            try setPolicy(nil, input.secretId, "secretsmanager:DeleteResourcePolicy", call)
        }
    }

    private func setPolicy(_ policy: String?, _ id: String, _ action: String, _ call: Call) throws
        -> SecretsManager.PutResourcePolicy.Output
    {
        try change(call) { state in
            var secret = try find(id, for: action, state, call, whenDeleted: false)
            if let policy { try checkPrincipals(of: policy, state) }
            secret.policy = policy
            state.secrets.secrets[secret.name] = secret
            return .init(arn: secret.arn, name: secret.name)
        }
    }

    private func checkPrincipals(of policy: String, _ state: AccountState) throws {
        guard let document = try? PolicyDocument(parsing: policy, for: .key) else { return }
        guard state.iam.missingPrincipal(of: document, backend.place) == nil else {
            throw ServiceError(
                "MalformedPolicyDocumentException", "This resource policy contains an unsupported principal.")
        }
    }

    private static func check(_ input: SecretsManager.PutResourcePolicy) throws {
        try check.length(input.resourcePolicy, "resourcePolicy", 1...20_480, hidden: true)
        do throws(MalformedPolicy) {
            let document = try PolicyDocument(parsing: input.resourcePolicy, for: .key)
            guard input.blockPublicPolicy == true, document.letsEveryoneIn else { return }
        } catch {
            throw ServiceError("MalformedPolicyDocumentException", error.message)
        }
        throw ServiceError(
            "PublicPolicyException", "You can't attach a resource policy that grants broad access to a secret.")
    }
}
