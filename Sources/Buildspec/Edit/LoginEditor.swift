internal import Core

/// What ``LoginEditor`` did.
public enum LoginEdit: Sendable, Hashable {
    /// A Docker Hub login already comes before the first docker action, on this line.
    case alreadyThere(line: Int)
    /// The new text, and where the command stands in it.
    case inserted(text: String, phase: PhaseName, line: Int)
}

/// Puts the article's `docker login`, or the credential helper, into a buildspec as its first docker action and keeps every other
/// byte.
///
/// The edit is one insertion. It is proved before it is handed out: the new text, read again, must be the old document
/// plus the command and nothing else, and must no longer need an edit. What cannot be proved is refused.
public enum LoginEditor {
    /// Edits a buildspec. `variables` are those of the credential; nil takes those that the file declares, else the usual ones. `shell` is the shell of the build's platform, used where the file names none; nil takes the one that its
    /// commands are written for. Scripts and make targets that `checkout` holds are looked into for an earlier pull.
    ///
    /// Throws `invalidInput` where the text is no buildspec, or where the place is not certain: then the hint holds the
    /// line to add by hand.
    public static func insertLogin(
        into text: String, path: String, shell: BuildShell? = nil, means: LoginMeans = .login,
        with variables: LoginVariables? = nil, in checkout: CheckoutReader = .empty
    ) throws -> LoginEdit {
        let source = SourceText(text)
        let root = try YAMLReader.read(source, path: path, allowsRepeatedKeys: true)
        let document = try BuildspecDocument(root, source, path: path)
        guard let root else { throw UnthrottleError(.invalidInput, "\(path) is empty") }

        let shell = document.environment.shell?.value ?? shell ?? BuildShell(guessedFrom: document)
        let place = LoginPlace(in: document, shell: shell, checkout: checkout)
        let isTraced =
            if case .before(let target) = place { document.isTraced(before: target, shell: shell) } else { false }
        let command = LoginCommand.text(
            means, for: shell, with: variables ?? LoginVariables(declaredIn: document) ?? .usual, isTraced: isTraced)
        if case .alreadyThere(let line) = place {
            if let pull = unserved(in: document, shell: shell, checkout: checkout) {
                throw UnthrottleError(
                    .invalidInput,
                    "\(path) is not edited: its Docker Hub login on line \(line) does not serve the pull of "
                        + "\(pull.image?.text ?? "an image") on line \(pull.line), which stays anonymous",
                    hint: """
                        Another user, another DOCKER_CONFIG or HOME, or a logout stands between, or the build goes on where that login fails. \
                        Log in again just before it:

                              \(command)
                        """)
            }
            return .alreadyThere(line: line)
        }
        do {
            let insertion = try Insertion(command, at: place, of: root, in: source)
            let edited = source.inserting(insertion.text, at: insertion.offset)
            try prove(edited, equals: insertion.expected, path: path, shell: shell, checkout: checkout)
            return .inserted(text: edited, phase: insertion.phase, line: line(of: insertion, in: source))
        } catch let refusal as Insertion.Uncertain {
            throw LoginByHand(command: command, place: place, document: document).error(refusal.reason, path: path)
        }
    }

    private static func prove(
        _ edited: String, equals expected: YAMLNode, path: String, shell: BuildShell, checkout: CheckoutReader
    ) throws {
        let source = SourceText(edited)
        guard let again = try? YAMLReader.read(source, path: path, allowsRepeatedKeys: true), again == expected,
            let document = try? BuildspecDocument(again, source, path: path),
            case .alreadyThere = LoginPlace(in: document, shell: shell, checkout: checkout)
        else {
            throw Insertion.Uncertain("the edited file would not read as the old one plus the login")
        }
        if let pull = unserved(in: document, shell: shell, checkout: checkout) {
            throw Insertion.Uncertain(
                "with one login the pull of \(pull.image?.text ?? "an image") in \(pull.phase?.rawValue ?? "the build") would stay anonymous"
            )
        }
    }

    /// A Docker Hub pull that no login reaches; nil where each that is known has one.
    private static func unserved(
        in document: BuildspecDocument, shell: BuildShell, checkout: CheckoutReader
    ) -> ImagePull? {
        PullSurvey(of: document, in: checkout, shell: shell, trustsPhases: true).pulls.first {
            $0.isDockerHub == true && $0.isAuthenticated == false && $0.certainty != .unknown && !$0.isElsewhere
        }
    }

    private static func line(of insertion: Insertion, in source: SourceText) -> Int {
        let before = source.bytes[..<insertion.offset].count { $0 == 0x0A }
        // Only blanks, `commands:` and a dash come before the command.
        // A carriage return and a line feed are one Character.
        let lines = insertion.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(String.init)
        let index = lines.firstIndex {
            $0?.contains("docker login") == true || $0?.contains("unthrottle helper") == true
        }
        return before + 1 + (index ?? 0)
    }
}
