/// A place in a file, as editors count: line and column from 1. A column is a Unicode scalar.
public struct Position: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int

    /// A place.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Earlier lines first, then earlier columns.
    public static func < (left: Position, right: Position) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    /// `line 3, column 5`
    public var description: String { "line \(line), column \(column)" }
}

/// A value and where in the file it stands.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value
    /// Where it starts.
    public let position: Position

    /// A value at its place.
    public init(_ value: Value, at position: Position) {
        self.value = value
        self.position = position
    }
}
