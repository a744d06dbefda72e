/// A shape with the members that it does not know: what is read and written back keeps them.
///
/// CodeBuild's UpdateProject replaces `environment` and `source` whole, so a program that read only the members it knows
/// would delete the others (`dockerServer`, `fleet`, whatever AWS adds next). `Open` decodes the known shape, keeps the rest
/// as JSON beside it, and encodes both into one object; where both have a member, the known shape's counts.
@dynamicMemberLookup
public struct Open<Shape: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    /// The members that this program knows.
    public var known: Shape
    /// All other members, as they came.
    public var unknown: [String: JSON]

    /// A shape of this program's own making, with nothing beside it.
    public init(_ known: Shape, unknown: [String: JSON] = [:]) {
        self.known = known
        self.unknown = unknown
    }

    /// A known member.
    public subscript<Member>(dynamicMember path: WritableKeyPath<Shape, Member>) -> Member {
        get { known[keyPath: path] }
        set { known[keyPath: path] = newValue }
    }

    /// Reads the shape, then keeps every member that encoding the shape would not write.
    public init(from decoder: any Decoder) throws {
        known = try Shape(from: decoder)
        let all = try [String: JSON](from: decoder)
        let named = try JSON(encoding: known).object ?? [:]
        unknown = all.filter { named[$0.key] == nil && $0.value != .null }
    }

    /// Writes both as one object.
    public func encode(to encoder: any Encoder) throws {
        let named = try JSON(encoding: known).object ?? [:]
        try unknown.merging(named, uniquingKeysWith: { $1 }).encode(to: encoder)
    }
}
