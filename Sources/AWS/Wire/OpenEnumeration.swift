/// An enumeration that AWS may extend: the known values are static members, any other text is kept as it came.
public protocol OpenEnumeration: RawRepresentable, Codable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
where RawValue == String {
    /// Any value, known or not.
    init(rawValue: String)
}

extension OpenEnumeration {
    /// A value as the wire has it.
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    /// The value as the wire has it.
    public var description: String { rawValue }
}
