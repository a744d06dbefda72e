internal import AWS
internal import Buildspec
internal import Core

/// Whether a project's own buildspec logs in. The probe has a buildspec of its own: what it proves of the credential holds for
/// the project's builds only where these log in too.
enum OwnLogin: Equatable {
    /// It logs in before its first docker action, or shows none.
    case present
    /// It does not.
    case missing
    /// It comes with the source, by this path, and was not seen.
    case unseen(String)

    init(of project: CodeBuild.Project) {
        switch project.source.known.buildspecPlace {
        case .file(let path): self = .unseen(path)
        case .inline(let text):
            let shell: BuildShell = project.runsWindows ? .powershell : .sh
            guard let document = try? BuildspecDocument(parsing: text, path: "buildspec") else {
                self = .missing
                return
            }
            let edit = try? LoginEditor.insertLogin(into: text, path: "buildspec", shell: shell)
            if case .alreadyThere = edit {
                self = .present
            } else {
                let own = document.environment.shell?.value ?? shell
                self = document.firstDockerAction(shell: own) == nil ? .present : .missing
            }
        }
    }

    /// The proof of a pull inside the build, cut down to what is known of the project's own builds.
    func tempering(_ proof: Proof) -> Proof {
        guard proof.verdict != .unproved else { return proof }
        var proof = proof
        switch self {
        case .present: break
        case .missing:
            proof.verdict = .unproved
            proof.reason =
                "the probe's login works, but the project's own buildspec does not log in before its first docker action"
        case .unseen(let path):
            proof.verdict = .consistent
            proof.reason =
                "the probe's login works; whether the project's own buildspec (\(path), in its source) logs in was not seen"
        }
        return proof
    }
}
