public import FoundationEssentials

/// The time: what it is, and how to wait. Handed in below Commands, so that a test decides both.
public struct Timekeeper: Sendable {
    /// The present moment.
    public var now: @Sendable () -> Date
    /// Waits; throws `CancellationError` when the task is cancelled meanwhile.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// A time of one's own.
    public init(now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// This machine's time.
    public static let system = Timekeeper(now: { Date() }, sleep: { try await Task.sleep(for: $0) })
}

/// Randomness, handed in below Commands.
public struct Dice: Sendable {
    /// A number in `0..<1`.
    public var uniform: @Sendable () -> Double
    /// `count` bytes that nobody can guess.
    public var bytes: @Sendable (_ count: Int) -> [UInt8]

    /// Randomness of one's own.
    public init(uniform: @escaping @Sendable () -> Double, bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.uniform = uniform
        self.bytes = bytes
    }

    /// This machine's randomness (Swift's system generator: getrandom on Linux).
    public static let system = Dice(
        uniform: { Double.random(in: 0..<1) },
        bytes: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } })

    /// `count` random bytes in lower-case hexadecimal.
    public func hex(_ count: Int) -> String { Hex.encode(bytes(count)) }

    /// A random version 4 UUID (RFC 9562), lower case.
    public func uuid() -> String {
        var raw = bytes(16)
        raw[6] = raw[6] & 0x0f | 0x40
        raw[8] = raw[8] & 0x3f | 0x80
        let hex = Hex.encode(raw)
        var parts: [Substring] = []
        var rest = hex[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}

/// Environment variables, read once where a program begins and handed down.
public struct EnvironmentVariables: Sendable {
    /// Every variable by its name.
    public var all: [String: String]

    /// Variables of one's own.
    public init(_ all: [String: String]) {
        self.all = all
    }

    /// A variable's value; nil where it is unset or empty, as the AWS SDKs and docker treat it.
    public subscript(name: String) -> String? {
        all[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
