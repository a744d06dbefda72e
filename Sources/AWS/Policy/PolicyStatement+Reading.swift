internal import Core

extension PolicyStatement {
    /// Reads one statement and checks that it has what its place demands.
    init(reading json: JSON, for place: PolicyDocument.Place, hasVariables: Bool) throws(MalformedPolicy) {
        let known: Set = [
            "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition",
        ]
        guard let members = json.object, members.keys.allSatisfy(known.contains),
            let effect = members["Effect"]?.string.flatMap(Effect.init)
        else { throw .syntax }
        if let sid = members["Sid"] {
            guard let sid = sid.string else { throw .syntax }
            // Resource policies may have spaces in it; IAM's own may not (IAM User Guide, "IAM JSON policy elements: Sid").
            guard
                place == .key
                    || sid.unicodeScalars.allSatisfy({
                        $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
                    })
            else {
                throw MalformedPolicy(
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
                )
            }
        }
        let principals = try Principals(reading: members)
        let resources = try Choice(reading: members, "Resource", "NotResource")
        guard let actions = try Choice(reading: members, "Action", "NotAction") else {
            throw MalformedPolicy("Policy statement must contain actions.")
        }
        switch place {
        case .identity:
            guard principals == nil else { throw MalformedPolicy("Policy document should not specify a principal.") }
            guard resources != nil else { throw MalformedPolicy("Policy statement must contain resources.") }
        case .trust:
            guard resources == nil else { throw MalformedPolicy("Has prohibited field Resource") }
            guard principals != nil else { throw MalformedPolicy("Missing required field Principal") }
        case .key:
            guard principals != nil else { throw MalformedPolicy("Missing required field Principal") }
            guard resources != nil else { throw MalformedPolicy("Policy statement must contain resources.") }
        }
        try Self.check(actions: actions)
        if let resources { try Self.check(resources: resources) }
        self.init(
            sid: members["Sid"]?.string.flatMap { $0.isEmpty ? nil : $0 }, effect: effect, actions: actions,
            resources: resources, principals: principals,
            conditions: try Self.conditions(reading: members["Condition"]), hasVariables: hasVariables)
    }

    private static func check(actions: Choice) throws(MalformedPolicy) {
        for action in actions.patterns where action != "*" {
            let halves = action.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else {
                throw MalformedPolicy("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
            }
            guard !halves[0].isEmpty, halves[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
                throw MalformedPolicy("Vendor \(halves[0]) is not valid")
            }
            guard !halves[1].isEmpty else { throw .syntax }
        }
    }

    private static func check(resources: Choice) throws(MalformedPolicy) {
        for resource in resources.patterns where resource != "*" {
            let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            guard parts.count > 1, parts[0] == "arn" || parts[0].contains("*") else {
                throw MalformedPolicy("Resource \(resource) must be in ARN format or \"*\".")
            }
            guard parts[1].contains("*") || parts[1].hasPrefix("aws") else {
                throw MalformedPolicy("Partition \"\(parts[1])\" is not valid for resource \"\(resource)\".")
            }
            guard parts.count == 6 || parts.last?.contains("*") == true else {
                throw MalformedPolicy("The policy failed legacy parsing")
            }
        }
    }

    private static func conditions(reading json: JSON?) throws(MalformedPolicy) -> [PolicyCondition] {
        guard let json else { return [] }
        guard let operators = json.object else { throw .syntax }
        var conditions: [PolicyCondition] = []
        for (name, keys) in operators.sorted(by: { $0.key < $1.key }) {
            guard let keys = keys.object else { throw .syntax }
            guard PolicyCondition.isOperator(name) else { throw MalformedPolicy("Invalid Condition type : \(name).") }
            for (key, values) in keys.sorted(by: { $0.key < $1.key }) {
                guard let values = texts(values) else { throw .syntax }
                conditions.append(PolicyCondition(operatorName: name, key: key, values: values))
            }
        }
        return conditions
    }
}

extension PolicyStatement.Choice {
    var patterns: [String] {
        switch self {
        case .any(let patterns), .none(let patterns): patterns
        }
    }

    fileprivate init?(reading members: [String: JSON], _ name: String, _ negatedName: String) throws(MalformedPolicy) {
        switch (members[name], members[negatedName]) {
        case (nil, nil): return nil
        case (let value?, nil):
            guard let texts = texts(value) else { throw .syntax }
            self = .any(texts)
        case (nil, let value?):
            guard let texts = texts(value) else { throw .syntax }
            self = .none(texts)
        case (_?, _?): throw .syntax
        }
    }
}

extension PolicyStatement.Principals {
    fileprivate init?(reading members: [String: JSON]) throws(MalformedPolicy) {
        guard members["Principal"] == nil || members["NotPrincipal"] == nil else { throw .syntax }
        guard let value = members["Principal"] ?? members["NotPrincipal"] else { return nil }
        self.init(negated: members["Principal"] == nil)
        if value == "*" {
            everyone = true
            return
        }
        guard let kinds = value.object, !kinds.isEmpty else { throw .syntax }
        for (kind, names) in kinds {
            guard let names = texts(names), !names.isEmpty else { throw .syntax }
            switch kind {
            case "AWS":
                everyone = names.contains("*")
                aws = names.filter { $0 != "*" }
                for name in aws where !Self.isPrincipal(name) {
                    throw MalformedPolicy("Invalid principal in policy: \"AWS\":\"\(name)\"")
                }
            case "Service": services = names
            case "Federated", "CanonicalUser": continue
            default: throw .syntax
            }
        }
    }

    private static func isPrincipal(_ name: String) -> Bool {
        name.hasPrefix("arn:aws") ? !name.contains("*") : name.count == 12 && name.allSatisfy(\.isNumber)
    }
}

/// A text or a list of texts; Booleans and numbers, which conditions may have, as texts. nil for anything else.
private func texts(_ json: JSON) -> [String]? {
    let items = json.array ?? [json]
    let texts = items.compactMap { item -> String? in
        switch item {
        case .string(let text): text
        case .bool(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .null, .array, .object: nil
        }
    }
    return texts.count == items.count ? texts : nil
}
