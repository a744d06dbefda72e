internal import Core

/// What lint says about one file.
public struct LintReport: Sendable {
    /// The path as it was given, `-` for standard input.
    public var path: String
    /// What the file is; nil for none of the files that this program reads.
    public let kind: SourceKind?
    /// Why it could not be read, with its place; nil for a file that was.
    public let error: UnthrottleErrorText?
    /// What it pulls.
    public let pulls: [ImagePull]
    /// What is wrong with it.
    public let findings: [LintFinding]
    /// About how many pulls Docker Hub counts in one build, from the certain ones to all that may be.
    public let estimate: ClosedRange<Int>
}

extension LintReport {
    /// A file whose text cannot be had.
    public init(unreadable path: String, kind: SourceKind?, error: String, hint: String?) {
        self.init(
            path: path, kind: kind, error: UnthrottleErrorText(message: error, hint: hint), pulls: [], findings: [],
            estimate: 0...0)
    }
}

/// An error as text: what failed and where, and the line that shows it.
public struct UnthrottleErrorText: Sendable, Hashable {
    /// One sentence.
    public let message: String
    /// What shows it, or what to do.
    public let hint: String?

    /// The line that the message names; the first where it names none.
    public var line: Int { number(after: "line ") ?? 1 }
    /// The column that the message names; the first where it names none.
    public var column: Int { number(after: ", column ") ?? 1 }

    private func number(after word: String) -> Int? {
        // A path comes first, and may hold the words itself.
        guard let tail = message.split(separator: ", line ", omittingEmptySubsequences: false).dropFirst().last else {
            return nil
        }
        return ("line " + tail).split(separator: word, omittingEmptySubsequences: false).dropFirst().first
            .flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }
            .flatMap { $0 > 0 ? $0 : nil }
    }
}

/// Reads a file and asks every rule about it.
public enum Linter {
    /// Lints a text. `path` is what messages call it, `place` its path in the checkout; `isFound` says that nobody named it: a folder
    /// that was named holds it.
    public static func report(
        on text: String, path: String, place: String, in checkout: CheckoutReader, isFound: Bool = false
    ) -> LintReport {
        report(on: text, path: path, place: place, in: checkout, isFound: isFound, findsRepairs: false)
    }

    private static func report(
        on text: String, path: String, place: String, in checkout: CheckoutReader, isFound: Bool = false,
        findsRepairs: Bool
    ) -> LintReport {
        let source = SourceText(text)
        let (kind, root) =
            isFound
            ? SourceKind.kind(foundAt: path, text: text, source) : SourceKind.kind(path: path, text: text, source)
        do {
            guard let kind else {
                throw UnthrottleError(
                    .invalidInput,
                    "\(path) is no CodeBuild buildspec, no Dockerfile and no compose file"
                        + (text.allSatisfy(\.isWhitespace) ? ": it is empty" : ""))
            }
            var subject = try subject(text, kind, source, root, path: path, place: place, in: checkout)
            subject.findsRepairs = findsRepairs
            var findings: [LintFinding] = []
            for rule in LintRule.all { findings += rule.findings(in: subject) }
            findings.sort { ($0.line, $0.column, $0.rule) < ($1.line, $1.column, $1.rule) }
            return LintReport(
                path: path, kind: kind, error: nil, pulls: subject.survey.pulls, findings: findings,
                estimate: subject.survey.estimate)
        } catch {
            let shown = UnthrottleErrorText(
                message: "\(error)", hint: (error as? UnthrottleError)?.hint)
            return LintReport(path: path, kind: kind, error: shown, pulls: [], findings: [], estimate: 0...0)
        }
    }

    /// A text with everything put right that a finding's ``LintFinding/repair`` puts right, and those findings. Each change is
    /// checked by asking the rules again: the finding must be gone.
    public static func repaired(_ text: String, path: String, place: String, in checkout: CheckoutReader)
        -> (text: String, findings: [LintFinding])
    {
        var (text, done, refused) = (text, [LintFinding](), Set<LintRepair>())
        var before = report(on: text, path: path, place: place, in: checkout, findsRepairs: true)
        while let finding = before.findings.first(where: { $0.repair.map { !refused.contains($0) } ?? false }),
            let repair = finding.repair
        {
            let changed = repair.applied(to: SourceText(text))
            let after = report(on: changed, path: path, place: place, in: checkout, findsRepairs: true)
            guard after.error == nil, after.count(of: finding.rule) < before.count(of: finding.rule) else {
                refused.insert(repair)
                continue
            }
            (text, before) = (changed, after)
            done.append(finding)
        }
        return (text, done)
    }

    private static func subject(
        _ text: String, _ kind: SourceKind, _ source: SourceText, _ known: YAMLNode?, path: String, place: String,
        in checkout: CheckoutReader
    ) throws -> LintSubject {
        var document: BuildspecDocument?
        var root: YAMLNode?
        var scripts: [BuildspecDocument.Script] = []
        let survey: PullSurvey
        switch kind {
        case .buildspec:
            root = try known ?? YAMLReader.read(source, path: path, allowsRepeatedKeys: true)
            let read = try BuildspecDocument(root, source, path: path)
            document = read
            scripts = read.everyScript()
            survey = PullSurvey(of: read, scripts, shell: read.shell, in: checkout)
        case .dockerfile: survey = PullSurvey(of: try Dockerfile(parsing: text, path: path))
        case .compose:
            survey = PullSurvey(of: try ComposeFile(parsing: text, path: path), path: place, in: checkout)
        }
        return LintSubject(
            text: text, source: source, survey: survey, checkout: checkout, document: document, root: root,
            scripts: scripts)
    }
}

extension LintReport {
    fileprivate func count(of rule: String) -> Int { findings.count { $0.rule == rule } }
}
