public import AWS
internal import Core
internal import Diagnosis

/// Changes a project: image, registry credential, variables, inline buildspec, all in one UpdateProject, which takes them
/// together or not at all.
///
/// UpdateProject replaces `environment` and `source` whole. The step holds only what changes; it reads the project anew,
/// changes that in what it read (members that this program does not know are kept) and sends the members that changed.
public struct ProjectStep: PlanStep {
    /// The project's name.
    public var project: String
    /// The environment image.
    public var image: Change<String>?
    /// The secret with which CodeBuild pulls the environment image.
    public var registryCredential: Change<CodeBuild.RegistryCredential>?
    /// In whose name CodeBuild pulls it.
    public var pullCredentials: Change<CodeBuild.ImagePullCredentials>?
    /// Variables, by their names.
    public var variables: [VariableChange]
    /// What is put into the inline buildspec.
    public var buildspec: TextInsertion?
    /// The buildspec's change as lines of a diff.
    public var buildspecDiff: [String]

    /// Whether it would change nothing.
    public var isEmpty: Bool {
        image == nil && registryCredential == nil && pullCredentials == nil && variables.isEmpty && buildspec == nil
    }

    /// `project NAME`.
    public var resource: String { "project \(project)" }

    /// The change in one line.
    public var summary: String {
        let parts = [
            image.map { _ in "its image" }, registryCredential.map { _ in "its registry credential" },
            variables.isEmpty ? nil : "its variables", buildspec.map { _ in "its buildspec" },
        ]
        return "change the project \(project): \(parts.compactMap(\.self).joined(separator: ", "))"
    }

    /// One line a member, then the buildspec.
    public var diff: [String] {
        var lines: [String] = []
        func add(_ name: String, _ before: String?, _ after: String?) {
            if let before { lines.append("- \(name): \(before)") }
            if let after { lines.append("+ \(name): \(after)") }
        }
        if let image { add("image", image.before, image.after) }
        if let pullCredentials {
            add("imagePullCredentialsType", pullCredentials.before?.rawValue, pullCredentials.after?.rawValue)
        }
        if let registryCredential {
            add("registryCredential", registryCredential.before?.credential, registryCredential.after?.credential)
        }
        for variable in variables {
            add(variable.name, Self.shown(variable.before), Self.shown(variable.after))
        }
        if !buildspecDiff.isEmpty { lines += ["  buildspec:"] + buildspecDiff }
        return lines
    }

    private static func shown(_ value: VariableChange.Value) -> String? {
        switch value {
        case .absent: nil
        case .hidden: "••• (PLAINTEXT)"
        case .variable(let variable): "\(variable.value) (\(variable.type?.rawValue ?? "PLAINTEXT"))"
        }
    }

    /// Reads the project and compares each member that the step changes.
    public func state(on bench: Workbench) async throws -> StepState {
        try state(of: try await bench.aws.knownProject(project)) {
            try bench.folder.keyedHash($0, dice: bench.dice)
        }
    }

    func state(of found: CodeBuild.Project, hash: (String) throws -> String) rethrows -> StepState {
        var differing: [String] = []
        var (isAfter, isBeforeAll) = (true, true)
        func compare(_ name: String, isBefore: Bool, isSettled: Bool) {
            if !isSettled { isAfter = false }
            if !isBefore { isBeforeAll = false }
            if !isBefore && !isSettled { differing.append(name) }
        }
        let environment = found.environment
        if let image {
            compare("image", isBefore: environment.image == image.before, isSettled: environment.image == image.after)
        }
        if let registryCredential {
            let now = environment.registryCredential
            compare(
                "registryCredential", isBefore: now == registryCredential.before,
                isSettled: now == registryCredential.after)
        }
        if let pullCredentials {
            let now = environment.imagePullCredentialsType
            compare(
                "imagePullCredentialsType", isBefore: now == pullCredentials.before,
                isSettled: now == pullCredentials.after)
        }
        for variable in variables {
            let all = environment.environmentVariables ?? []
            compare(
                variable.name, isBefore: try variable.holds(variable.before, in: all, hash: hash),
                isSettled: try variable.holds(variable.after, in: all, hash: hash))
        }
        if let buildspec {
            let text = found.source.buildspec ?? ""
            compare(
                "buildspec", isBefore: buildspec.inserting(into: text) != nil,
                isSettled: buildspec.removing(from: text) != nil)
        }
        if isAfter { return .after }
        if !differing.isEmpty { return .other("\(differing.joined(separator: ", ")) changed meanwhile") }
        return isBeforeAll ? .before : .begun
    }

    /// Sends the change, then reads the project again: a write that somebody overtook is reported.
    public func apply(on bench: Workbench) async throws {
        try await update(on: bench, \.after) { $0.inserting(into: $1) }
        guard case .other(let what) = try await state(on: bench) else { return }
        throw UnthrottleError(
            .conflict, "somebody else changed the project \(project) at the same moment: \(what)",
            hint: "Look at the project, then run the command again.")
    }

    /// Sends what was there before.
    public func revert(on bench: Workbench) async throws -> [String] {
        try await update(on: bench, \.before) { $0.removing(from: $1) }
        return variables.compactMap { variable in
            guard case .hidden = variable.before else { return nil }
            return "The plaintext value that \(variable.name) of the project \(project) had is not restored, "
                + "since it was not kept; the variable is gone."
        }
    }

    private func update(
        on bench: Workbench, _ side: KeyPath<VariableChange, VariableChange.Value>,
        edit: (TextInsertion, String) -> String?
    ) async throws {
        let forward = side == \.after
        let found = try await bench.aws.knownProject(project)
        var environment = found.environment
        if let change = forward ? image : image?.reversed, let value = change.after { environment.image = value }
        if let change = forward ? registryCredential : registryCredential?.reversed {
            environment.registryCredential = change.after
        }
        if let change = forward ? pullCredentials : pullCredentials?.reversed {
            environment.imagePullCredentialsType = change.after
        }
        var all = environment.environmentVariables ?? []
        for variable in variables { variable.set(variable[keyPath: side], in: &all) }
        if !variables.isEmpty { environment.environmentVariables = all }
        var source = found.source
        if let buildspec, let text = source.buildspec, let edited = edit(buildspec, text) { source.buildspec = edited }
        let changed = CodeBuild.UpdateProject(
            name: project, source: source == found.source ? nil : source,
            environment: environment == found.environment ? nil : environment)
        _ = try await bench.waitingOutIAM("project \(project)") { try await bench.aws.call(changed) }
    }
}
