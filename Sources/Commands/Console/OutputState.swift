internal import Synchronization

/// What became of standard output, for the end of the process.
enum OutputState {
    private struct State {
        var hasAnswered = false
        var trouble: String?
    }
    private static let state = Mutex(State())

    /// Whether anything was written to standard output.
    static var hasAnswered: Bool { state.withLock { $0.hasAnswered } }

    /// Why a part of the answer is missing, in the system's words; nil where all of it was written.
    static var trouble: String? { state.withLock { $0.trouble } }

    /// Notes that something was written.
    static func noteAnswer() { state.withLock { $0.hasAnswered = true } }

    /// Notes that a part could not be written; the first reason counts.
    static func note(trouble: String) { state.withLock { $0.trouble = $0.trouble ?? trouble } }
}
