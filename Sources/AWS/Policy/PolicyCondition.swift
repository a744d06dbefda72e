internal import Core

/// One line of a Condition block: an operator, a key, and the values of which one must fit (IAM User Guide, "Condition
/// operators").
struct PolicyCondition: Sendable, Hashable {
    /// What the sandbox evaluates.
    enum Operation: String, Sendable, CaseIterable {
        case stringEquals = "StringEquals"
        case stringNotEquals = "StringNotEquals"
        case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
        case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
        case stringLike = "StringLike"
        case stringNotLike = "StringNotLike"
        case arnEquals = "ArnEquals"
        case arnNotEquals = "ArnNotEquals"
        case arnLike = "ArnLike"
        case arnNotLike = "ArnNotLike"
        case bool = "Bool"
        case null = "Null"

        var isNegated: Bool {
            switch self {
            case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .arnNotEquals, .arnNotLike: true
            default: false
            }
        }
    }

    /// The operator as the policy has it.
    let operatorName: String
    /// The operator without `IfExists`; nil for one that the sandbox does not evaluate.
    let operation: Operation?
    /// Whether a request without the key passes.
    let ifExists: Bool
    let key: String
    let values: [String]

    init(operatorName: String, key: String, values: [String]) {
        self.operatorName = operatorName
        self.key = key
        self.values = values
        ifExists = operatorName.hasSuffix("IfExists")
        operation = Operation(rawValue: String(operatorName.dropLast(ifExists ? "IfExists".count : 0)))
    }

    /// Operators of IAM's that the sandbox does not evaluate.
    private static let others: Set<String> = [
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
        "NumericGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals",
        "DateGreaterThan", "DateGreaterThanEquals", "BinaryEquals", "IpAddress", "NotIpAddress",
    ]

    /// Whether IAM has an operator of that name, evaluated here or not.
    static func isOperator(_ name: String) -> Bool {
        var base = name[...]
        for set in ["ForAnyValue:", "ForAllValues:"] where base.hasPrefix(set) { base = base.dropFirst(set.count) }
        if base.hasSuffix("IfExists") { base = base.dropLast("IfExists".count) }
        return Operation(rawValue: String(base)) != nil || others.contains(String(base))
    }

    /// Whether the request fits. A key that the request lacks fits the negated operators and `IfExists`, and no other.
    func holds(for request: AccessRequest, hasVariables: Bool) -> Bool {
        guard let operation else { return false }
        let present = request.values(of: key)
        if operation == .null { return values.contains { ($0.lowercased() == "true") == (present == nil) } }
        guard let present else { return ifExists || operation.isNegated }
        let fits = present.contains { actual in
            values.contains { Self.fits(operation, $0, actual, hasVariables ? request : nil) }
        }
        return fits != operation.isNegated
    }

    private static func fits(
        _ operation: Operation, _ expected: String, _ actual: String, _ variables: AccessRequest?
    ) -> Bool {
        let look: (String) -> String? = { variables?.values(of: $0)?.first }
        let pattern: (Substring) -> WildcardPattern? = {
            variables == nil ? WildcardPattern($0) : WildcardPattern($0, variables: look)
        }
        switch operation {
        case .stringEquals, .stringNotEquals:
            return expanded(expected, look, enabled: variables != nil) == actual
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
            return expanded(expected, look, enabled: variables != nil)?.lowercased() == actual.lowercased()
        case .stringLike, .stringNotLike:
            return pattern(expected[...])?.matches(actual) ?? false
        case .arnEquals, .arnNotEquals, .arnLike, .arnNotLike:
            // Each of the six parts is matched on its own: a `*` does not reach over a colon, but in the last part.
            let (want, have) = (parts(expected), parts(actual))
            return want.count == 6 && have.count == 6
                && zip(want, have).allSatisfy { pattern($0)?.matches($1) ?? false }
        case .bool:
            return expected.lowercased() == actual.lowercased()
        case .null:
            return false
        }
    }

    private static func parts(_ arn: String) -> [Substring] {
        arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    }

    private static func expanded(_ text: String, _ look: (String) -> String?, enabled: Bool) -> String? {
        guard enabled else { return text }
        var (out, rest) = ("", text[...])
        while let start = rest.firstRange(of: "${"), let close = rest[start.upperBound...].firstIndex(of: "}") {
            let name = String(rest[start.upperBound..<close])
            guard let value = ["*", "?", "$"].contains(name) ? name : look(name) else { return nil }
            out += rest[..<start.lowerBound] + value
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }
}
