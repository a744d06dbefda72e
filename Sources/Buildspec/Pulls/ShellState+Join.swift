/// What is known behind branches, whichever was taken.
extension ShellState {
    /// The state behind several ways that lead from the same `start`, which is nil where nobody knows it any more.
    static func join(_ ends: [PullWalker.End], from start: ShellState?) -> ShellState {
        var joined = ends[0].state
        for index in ends.indices.dropFirst() { joined.join(ends[index].state) }
        joined.scope = ShellScope.join(ends.map(\.state.scope), from: start?.scope)
        return joined
    }

    /// Takes what holds on another way too, and what was built on either: what one way builds is never meant to be pulled.
    private mutating func join(_ other: ShellState) {
        // Most are the same, which is quicker to tell.
        if other.logins != logins { logins.formIntersection(other.logins) }
        if other.local != local { local.formUnion(other.local) }
        if other.asked != asked { asked.formUnion(other.asked) }
        if other.pulled != pulled {
            let differing = pulled.symmetricDifference(other.pulled)
            sometimesPulled.formUnion(differing.subtracting(asked))
            pulled.formIntersection(other.pulled)
            pulled.formUnion(differing.intersection(asked))
        }
        if other.sometimesPulled != sometimesPulled { sometimesPulled.formUnion(other.sometimesPulled) }
        if other.openNames != openNames { openNames.formUnion(other.openNames) }
        if other.registries != registries { registries.formUnion(other.registries) }
        if other.composeServices != composeServices { composeServices.formUnion(other.composeServices) }
        isAlwaysLoggedIn = isAlwaysLoggedIn && other.isAlwaysLoggedIn
        hasPipefail = hasPipefail && other.hasPipefail
        mayHaveImages = mayHaveImages || other.mayHaveImages
        hasLoadedImages = hasLoadedImages || other.hasLoadedImages
    }
}

extension ShellScope {
    /// One of the ways: which end it comes to, and what it decided before.
    private struct Way {
        let end: ShellScope
        var decided = VariableChoice.Alternative()

        func value(_ name: String) -> VariableText.Value? { decided.values[name] ?? end.variables[name] }
        var folder: String { decided.folder ?? end.folder }
    }

    fileprivate static func join(_ ends: [Self], from start: Self?) -> Self {
        var joined = ends[0]
        // Most branches set nothing.
        if let start,
            !ends.contains(where: { $0.variables.changes != start.variables.changes || $0.folder != start.folder })
        {
            return joined
        }
        let common = joined.variables.choices.filter { choice in
            ends.dropFirst().allSatisfy { $0.variables.choices.contains(choice) }
        }
        var names: Set<String> = []
        for end in ends.dropFirst() { names.formUnion(joined.variables.names(differingFrom: end.variables)) }
        for end in ends {
            for choice in end.variables.choices where !common.contains(choice) { names.formUnion(choice.names) }
        }
        let ways = ends.flatMap { end in
            let decided = VariableChoice.product(of: end.variables.choices.filter { !common.contains($0) })
            return (decided ?? [VariableChoice.Alternative()]).map { Way(end: end, decided: $0) }
        }
        joined.variables.choices = []
        var several: [String] = []
        for name in names.sorted() {
            switch Outcome(ways.map { $0.value(name) }) {
            case .one(let value): joined.variables[name] = value
            case .open: joined.variables[name] = .partial("$" + name)
            case .several:
                joined.variables[name] = .partial("$" + name)
                several.append(name)
            }
        }
        joined.variables.choices = common
        guard ways.count <= VariableChoice.most else {
            if Set(ways.map(\.folder)).count > 1 { joined.folder = CheckoutReader.outside }
            return joined
        }
        joined.choose(several, ways)
        return joined
    }

    /// Keeps the values of those variables, and the folder, as a choice.
    private mutating func choose(_ names: [String], _ ways: [Way]) {
        let folders = Set(ways.map(\.folder))
        let isOutside = folders.contains(CheckoutReader.outside)
        if folders.count > 1, isOutside { folder = CheckoutReader.outside }
        let hasFolders = folders.count > 1 && !isOutside
        // A way that leaves all of them unset is one on which nothing uses them.
        let ways = hasFolders ? ways : ways.filter { way in names.contains { way.value($0) != nil } }
        let names = names.filter { name in ways.allSatisfy { $0.value(name) != nil } }
        var alternatives: [VariableChoice.Alternative] = []
        for way in ways {
            let values = Dictionary(uniqueKeysWithValues: names.map { ($0, way.value($0) ?? .unknown) })
            let alternative = VariableChoice.Alternative(values: values, folder: hasFolders ? way.folder : nil)
            if !alternatives.contains(alternative) { alternatives.append(alternative) }
        }
        guard alternatives.count > 1 else { return }
        // Each costs something whenever a variable is set; of the oldest, the variables keep no value.
        if variables.choices.count >= VariableChoice.mostKept { variables.choices.removeFirst() }
        variables.choices.append(VariableChoice(alternatives))
    }
}

/// What several ways make of one variable.
private enum Outcome {
    case one(VariableText.Value?)
    /// One of several texts.
    case several
    /// Not all of its values are known.
    case open

    init(_ values: [VariableText.Value?]) {
        var texts: [String] = []
        var others: [VariableText.Value] = []
        var isSure = true
        for value in values {
            switch value {
            case .known(let text): if !texts.contains(text) { texts.append(text) }
            case .likely(let text):
                isSure = false
                if !texts.contains(text) { texts.append(text) }
            case .partial, .unknown: if let value, !others.contains(value) { others.append(value) }
            case nil: isSure = false
            }
        }
        switch (texts.count, others.count) {
        case (0, 0): self = .one(nil)
        case (1, 0): self = .one(isSure ? .known(texts[0]) : .likely(texts[0]))
        case (0, 1): self = .one(others[0])
        case (_, 0) where texts.allSatisfy(ShellScope.composes.contains): self = .one(.likely(texts[0]))
        case (_, 0): self = .several
        default: self = .open
        }
    }
}
