internal import AWS
internal import Core
internal import Registry
internal import Remedy

extension Session {
    /// The quota of both identities. The account's reading is the one check of the credential: it throws Docker Hub's own words for
    /// a wrong one. The anonymous reading may fail without harm.
    func quota(of credential: Credential?) async throws -> QuotaView {
        var view = QuotaView()
        if let credential { view.account = try await registry.readQuota(as: credential) }
        do {
            view.anonymous = try await registry.readQuota()
        } catch  where credential != nil {
            console.tell("the anonymous quota could not be read: \(UnthrottleError.forPeople(error).message)")
        }
        return view
    }

    /// The credential that a secret holds; throws where there is none.
    func storedCredential(_ secret: String, _ options: AWSOptions) async throws -> Credential {
        guard let credential = try await LoginFix.storedCredential(secret, on: try aws(options)) else {
            throw UnthrottleError(
                .credentials, "no Docker Hub credential: there is no secret \(secret)",
                hint:
                    "Hand one in with --username (the password is asked for, or read with --password-stdin); `unthrottle fix` then stores it in that secret."
            )
        }
        console.keepSecret(credential.password)
        return credential
    }

    /// Probes each project in turn.
    func prove(
        _ projects: [String], bench: Workbench, credential: Credential, isPermissionNew: Bool = false
    ) async throws -> [ProofReport] {
        var reports: [ProofReport] = []
        for project in projects {
            let prober = Prober(bench, hub: registry, credential: credential)
            do {
                reports.append(try await prober.prove(project, isPermissionNew: isPermissionNew))
            } catch let error as UnthrottleError where error.code != .cancelled && projects.count > 1 {
                // One project's trouble does not take the others' proofs away.
                reports.append(ProofReport(unproved: project, because: error.message))
            }
        }
        return reports
    }
}
