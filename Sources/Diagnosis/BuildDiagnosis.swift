public import AWS
internal import Core
internal import Registry

/// Reads a finished build: which phase failed, and why.
public enum BuildDiagnosis {
    /// A finding for each failed phase. `log` is the build's log; of a build that failed in PROVISIONING there is none, and the
    /// phase's context says why. Inside a phase the context says only that a command failed; the reason is in the log.
    public static func findings(of build: CodeBuild.Build, log: [String]) -> [Finding] {
        build.phases.compactMap { phase in
            guard let type = phase.phaseType, let status = phase.phaseStatus, failures.contains(status) else {
                return nil
            }
            let contexts = (phase.contexts ?? []).map { context in
                [context.statusCode, context.message].compactMap(\.self).joined(separator: ": ")
            }.filter { !$0.isEmpty && $0 != ": " }
            let lines = LogExcerpt.lines(of: "\(type)", in: log)
            return explain(phase: "\(type)", context: contexts.joined(separator: "\n"), lines: lines)
        }
    }

    private static let failures: Set<CodeBuild.BuildStatus> = [.failed, .fault, .timedOut, "CLIENT_ERROR"]

    /// The whole text of a phase, told apart; the context's own words go before those of the log.
    static func explain(phase: String, context: String, lines: [String]) -> Finding {
        for text in [context] + [lines.joined(separator: "\n")] where !text.isEmpty {
            if let throttle = Throttle(text: text) {
                let line = text.split(separator: "\n").last { Throttle(text: String($0)) != nil }
                return finding(throttle, phase: phase, evidence: line.map(String.init) ?? text)
            }
            if let neighbour = Neighbour.all.first(where: { $0.isIn(text) }) {
                let line = text.split(separator: "\n").last { neighbour.isIn(String($0)) }
                return neighbour.finding(phase: phase, evidence: line.map(String.init) ?? text)
            }
        }
        return Finding(
            severity: .error, kind: .other, phase: phase,
            what: "\(phase) failed for a reason that has nothing to do with Docker Hub's limits.",
            remedy: "Read the build's log.", evidence: context.isEmpty ? lines.last ?? "" : context)
    }

    private static func finding(_ throttle: Throttle, phase: String, evidence: String) -> Finding {
        let inside = phase != "PROVISIONING"
        let pull = inside ? "A pull inside the build" : "CodeBuild's pull of the environment image"
        let (kind, what, remedy): (Finding.Kind, String, String) =
            switch throttle {
            case .pullLimit(.anonymous):
                (
                    .anonymousPullLimit,
                    "\(pull) was anonymous, and the address that it came from has used up Docker Hub's pull limit.",
                    inside
                        ? "Log in to Docker Hub before the first docker action: `unthrottle fix`."
                        : "Give the project a registry credential: `unthrottle fix`."
                )
            case .pullLimit(.account(let name)):
                (
                    .accountPullLimit, "\(pull) was counted to the Docker Hub account \(name), whose limit is used up.",
                    "Pull less (a cache, a mirror), or use an account with a higher limit."
                )
            case .pullLimit(nil):
                (.pullLimit, "\(pull) met Docker Hub's pull limit.", "Authenticate the pull: `unthrottle fix`.")
            case .abuseLimit:
                (
                    .abuseLimit,
                    "\(pull) met Docker Hub's limit of requests by address, which counts for paid accounts too.",
                    "Make fewer requests from this address (a mirror); a login does not lift this limit."
                )
            case .loginLock:
                (
                    .loginLock, "Docker Hub locked the user name after too many failed logins.",
                    "Correct the secret, wait ten minutes, then build again."
                )
            case .otherRegistry(let registry):
                (
                    .otherRegistry, "\(pull) met a limit of another registry (\(registry)), not of Docker Hub.",
                    "A Docker Hub login changes nothing; log in to that registry."
                )
            case .ambiguous:
                (
                    .ambiguousLimit, "\(pull) got Docker Hub's 429 without a word of which limit it was.",
                    "Compare both identities' quota: `unthrottle quota`."
                )
            }
        return Finding(
            severity: .error, kind: kind, phase: phase, what: what, remedy: remedy, evidence: evidence.trimmed)
    }
}
