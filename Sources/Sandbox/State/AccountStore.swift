internal import Synchronization

/// The account's state behind one lock, so that rules which span services (a project's role must exist) hold at every
/// moment.
final class AccountStore: Sendable {
    private let state: Mutex<AccountState>
    private let files: StateFiles?

    /// Starts with what the files hold, or with nothing in memory.
    init(files: StateFiles?) throws {
        state = Mutex(try files?.load() ?? AccountState())
        self.files = files
    }

    /// Looks at the state.
    func read<Value: Sendable>(_ body: (AccountState) throws -> Value) rethrows -> Value {
        try state.withLock { try body($0) }
    }

    /// Changes the state. Where `body` throws or the disk does, nothing has changed.
    func change<Value: Sendable>(_ body: (inout AccountState) throws -> Value) throws -> Value {
        try state.withLock { state in
            var next = state
            let value = try body(&next)
            try files?.save(next, replacing: state)
            state = next
            return value
        }
    }

    /// Changes the state whether or not the disk takes it; what it does not take goes with the next change that it
    /// does.
    func record(_ body: (inout AccountState) -> Void) {
        state.withLock { state in
            let old = state
            body(&state)
            try? files?.save(state, replacing: old)
        }
    }
}
