internal import ArgumentParser
internal import Buildspec
internal import Core
internal import FoundationEssentials

/// `unthrottle lint`
struct Lint: AsyncParsableCommand {
    /// How findings are written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case people, json, sarif, github
    }

    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Say which Docker Hub images a checkout's builds pull, and what is wrong with their logins",
        discussion: """
            Reads buildspecs, Dockerfiles and compose files, known by name and content, and follows what a buildspec leads to in its \
            checkout. Works offline. Exit status 1 says that there are errors or warnings, or files that cannot be read; notes alone \
            are no reason to fail, unless --strict is given.
            """)

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input", valueName: "path"))
    var paths: [String] = []

    @Option(help: "people, json, sarif (2.1.0, for code scanning) or github (annotations)")
    var format = Format.people

    @Flag(
        help:
            "Put right what is certain: insert the login, hand passwords in on standard input, quote commands with ': '"
    )
    var fix = false

    @Flag(help: "Let notes, too, make the exit status 1")
    var strict = false

    @Option(help: ArgumentHelp("The name that standard input would have as a file", valueName: "path"))
    var stdinFilename: String?

    @Option(help: ArgumentHelp("Explain a rule, or all of them as a Markdown page", valueName: "id"))
    var explain: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard explain != nil || !paths.isEmpty else { throw ValidationError("name a file, a folder, or -") }
        guard explain == nil || paths.isEmpty else { throw ValidationError("--explain takes no path") }
        guard stdinFilename == nil || paths.contains("-") else {
            throw ValidationError("--stdin-filename goes with the path -")
        }
        guard !fix || !paths.contains("-") else {
            throw ValidationError("standard input cannot be written: leave --fix out")
        }
        guard !output.json || format == .people || format == .json else {
            throw ValidationError("--json and --format \(format.rawValue) exclude each other")
        }
    }

    func run() async throws {
        let console = Console(.current)
        if let explain { return console.write(try Self.explanation(explain), to: 1) }
        let targets = LintTarget.all(paths)
        var found = try await reports(on: targets)
        if found.isEmpty {
            console.tell("there is no buildspec, Dockerfile or compose file in \(paths.joined(separator: ", "))")
        }
        if fix {
            for (target, report) in found where report.kind == .buildspec {
                let isChanged = try repair(report, in: target, console)
                // A command that was quoted may turn out to pull.
                try insertLogin(isChanged ? target.report() ?? report : report, in: target, console)
            }
            found = try await reports(on: found.map(\.target))
        }
        let reports = found.map(\.report)
        try await show(reports, console)
        let worst: Set<LintFinding.Severity> = strict ? [.error, .warning, .note] : [.error, .warning]
        if reports.contains(where: { $0.error != nil || $0.findings.contains { worst.contains($0.severity) } }) {
            throw ExitStatus.notWell
        }
    }

    private func show(_ reports: [LintReport], _ console: Console) async throws {
        switch output.json ? .json : format {
        case .people: LintView(reports: reports, console: console).show()
        case .json: try await LintView(reports: reports, console: console).showJSON()
        case .sarif:
            console.print(LintSARIF(reports: reports, repository: RepositoryPath()).document.text(pretty: true))
        case .github:
            for line in LintAnnotations(reports: reports, repository: RepositoryPath()).lines { console.print(line) }
        }
    }

    /// The reports on those targets that are ours, in their order.
    private func reports(on targets: [LintTarget]) async throws -> [(target: LintTarget, report: LintReport)] {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return try await targets.concurrentMap(width: cores) { [stdinFilename] target in
            target.report(nameOfInput: stdinFilename).map { (target, $0) }
        }.compactMap(\.self)
    }

    private func repair(_ report: LintReport, in target: LintTarget, _ console: Console) throws -> Bool {
        let repaired = Set(LintRule.all.filter(\.isRepaired).map(\.id))
        guard report.findings.contains(where: { repaired.contains($0.rule) }) else { return false }
        let text = try CheckoutFile(target.path).text
        let (changed, findings) = Linter.repaired(
            text, path: target.path, place: target.place, in: target.checkout)
        guard !findings.isEmpty else { return false }
        try FileReplacement.write(changed, to: target.path)
        for finding in findings { console.tell("\(target.path): line \(finding.line) put right [\(finding.rule)]") }
        return true
    }

    private func insertLogin(_ report: LintReport, in target: LintTarget, _ console: Console) throws {
        let byLogin = Set(LintRule.all.filter(\.isFixedByLogin).map(\.id))
        guard report.findings.contains(where: { byLogin.contains($0.rule) }) else { return }
        do {
            let text = try CheckoutFile(target.path).text
            let edit = try LoginEditor.insertLogin(into: text, path: target.path, in: target.checkout)
            guard case .inserted(let edited, _, let line) = edit else { return }
            try FileReplacement.write(edited, to: target.path)
            console.tell("\(target.path): login added on line \(line)")
        } catch let error as UnthrottleError where error.code == .invalidInput {
            console.complain("not fixed: \(error)")
        }
    }

    private static func explanation(_ id: String) throws -> String {
        if id == "all" { return RulePage.markdown }
        if let rule = LintRule.all.first(where: { $0.id == id }) { return RulePage.text(of: rule) }
        let names = LintRule.all.map(\.id)
        let near = id.isEmpty ? [] : names.filter { $0.contains(id) } + Nearest.names(to: id, among: names)
        throw UnthrottleError(
            .usage, "there is no rule \(id)",
            hint: "Rules: \((near.isEmpty ? names : near.unique).joined(separator: ", "))")
    }
}
