/// How a service writes its members' names: Swift's names are lowerCamelCase, some services' are UpperCamelCase.
public struct MemberNames: Sendable, Hashable {
    private let capitalizes: Bool
    private let exceptions: [String: String]
    private let inverse: [String: String]

    private init(capitalizes: Bool, exceptions: [String: String]) {
        self.capitalizes = capitalizes
        self.exceptions = exceptions
        inverse = Dictionary(exceptions.map { ($0.value, $0.key) }, uniquingKeysWith: { $1 })
    }

    /// The wire's names are Swift's.
    public static let asWritten = MemberNames(capitalizes: false, exceptions: [:])

    /// The wire's names start with a capital; `exceptions` are Swift names with wire names of their own (`arn`: `ARN`).
    public static func capitalized(except exceptions: [String: String] = [:]) -> MemberNames {
        MemberNames(capitalizes: true, exceptions: exceptions)
    }

    /// The wire's name of a Swift member.
    public func wire(_ member: String) -> String {
        guard capitalizes else { return member }
        return exceptions[member] ?? member.prefix(1).uppercased() + member.dropFirst()
    }

    /// The Swift member of a name on the wire.
    public func member(_ wire: String) -> String {
        guard capitalizes else { return wire }
        return inverse[wire] ?? wire.prefix(1).lowercased() + wire.dropFirst()
    }
}
