internal import AWS
internal import Buildspec

/// Which phase comes after which (user guide, "Build phase transitions"; what is not in its picture is said below).
enum PhaseSequence {
    /// The phases that run the buildspec's commands.
    static let commandPhases: [(type: CodeBuild.PhaseType, name: PhaseName)] = [
        (.install, .install), (.preBuild, .preBuild), (.build, .build), (.postBuild, .postBuild),
    ]

    /// The phase after one that ended. A failed INSTALL or PRE_BUILD skips to FINALIZING; POST_BUILD runs whenever
    /// BUILD ran; UPLOAD_ARTIFACTS is tried although BUILD failed. `on-failure: CONTINUE` goes on as if nothing had
    /// failed, ABORT ends the build whatever the phase.
    static func next(
        after phase: CodeBuild.PhaseType, failed: Bool = false, onFailure: OnFailure? = nil
    ) -> CodeBuild.PhaseType {
        if failed { return afterFailure(phase, onFailure) }
        return switch phase {
        case .submitted: .queued
        case .queued: .provisioning
        case .provisioning: .downloadSource
        case .downloadSource: .install
        case .install: .preBuild
        case .preBuild: .build
        case .build: .postBuild
        case .postBuild: .uploadArtifacts
        case .uploadArtifacts: .finalizing
        default: .completed
        }
    }

    private static func afterFailure(_ phase: CodeBuild.PhaseType, _ onFailure: OnFailure?) -> CodeBuild.PhaseType {
        switch phase {
        // Without a container there is nothing to finalise.
        case .submitted, .queued, .provisioning, .finalizing: return .completed
        case .install, .preBuild, .build, .postBuild:
            switch onFailure {
            case .proceed: return next(after: phase)
            case .abort, .retry: return .finalizing
            case nil: return phase == .build || phase == .postBuild ? next(after: phase) : .finalizing
            }
        default: return .finalizing
        }
    }
}
