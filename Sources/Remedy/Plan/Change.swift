/// One value before and after a step; nil is "not there".
public struct Change<Value: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    /// What was read when the plan was made.
    public var before: Value?
    /// What the step makes of it.
    public var after: Value?

    /// A change; nil where both are the same, since that is none.
    public init?(from before: Value?, to after: Value?) {
        guard before != after else { return nil }
        self.before = before
        self.after = after
    }

    private init(before: Value?, after: Value?) {
        self.before = before
        self.after = after
    }

    /// The way back.
    public var reversed: Change { Change(before: after, after: before) }
}
