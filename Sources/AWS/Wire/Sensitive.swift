public import Core

/// A member of a shape that must never be printed: on the wire it is the plain value, everywhere else three dots.
public struct Sensitive<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    private let value: Value

    /// Hides `value`.
    public init(_ value: Value) { self.value = value }

    /// The value, for the one place that needs it.
    public func reveal() -> Value { value }

    /// Reads the plain value.
    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Value.self)
    }

    /// Writes the plain value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension Sensitive where Value == String {
    /// The text of a secret.
    public init(_ secret: Secret) { self.init(secret.reveal()) }
    /// The text as a secret.
    public var secret: Secret { Secret(value) }
}

extension Sensitive: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Three dots.
    public var description: String { "•••" }
    /// Three dots.
    public var debugDescription: String { description }
    /// A mirror with no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
