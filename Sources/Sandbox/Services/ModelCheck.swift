/// Checks of members against the constraints of a service's model (botocore's service-2.json): lengths, ranges,
/// enumerations.
struct ModelCheck: Sendable {
    /// The code with which the service refuses.
    let code: String

    /// Secrets Manager's, KMS's and CloudWatch Logs's.
    static let json = ModelCheck(code: "ValidationException")
    /// IAM's.
    static let query = ModelCheck(code: "ValidationError")
    /// CodeBuild's.
    static let codeBuild = ModelCheck(code: "InvalidInputException")

    /// A text's length in characters.
    func length(_ value: String?, _ member: String, _ range: ClosedRange<Int>, hidden: Bool = false) throws {
        guard let value else { return }
        let shown = hidden ? nil : value
        if value.unicodeScalars.count < range.lowerBound {
            throw refusal(member, shown, "have length greater than or equal to \(range.lowerBound)")
        }
        if value.unicodeScalars.count > range.upperBound {
            throw refusal(member, shown, "have length less than or equal to \(range.upperBound)")
        }
    }

    /// A number's range.
    func range(_ value: Int?, _ member: String, _ range: ClosedRange<Int>) throws {
        guard let value else { return }
        if value < range.lowerBound {
            throw refusal(member, "\(value)", "have value greater than or equal to \(range.lowerBound)")
        }
        if value > range.upperBound {
            throw refusal(member, "\(value)", "have value less than or equal to \(range.upperBound)")
        }
    }

    /// A text that may have certain characters only; `pattern` is the model's own, for the message.
    func characters(
        _ value: String?, _ member: String, pattern: String, _ allowed: (Unicode.Scalar) -> Bool
    ) throws {
        guard let value, !value.unicodeScalars.allSatisfy(allowed) else { return }
        throw refusal(member, value, "satisfy regular expression pattern: \(pattern)")
    }

    /// One of a set of values.
    func oneOf(_ value: String?, _ member: String, _ set: [String]) throws {
        guard let value, !set.contains(value) else { return }
        throw refusal(member, value, "satisfy enum value set: [\(set.joined(separator: ", "))]")
    }

    private func refusal(_ member: String, _ value: String?, _ rule: String) -> ServiceError {
        .constraint(member, value, rule, code: code)
    }
}

extension Unicode.Scalar {
    /// `A-Z a-z 0-9`.
    var isASCIIAlphanumeric: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }
}
