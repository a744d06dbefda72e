/// What went wrong, where, and what to do about it.
///
/// Every error that reaches a person is one of these. The shape follows NIO's `FileSystemError`: a code for programs, a
/// message for people, the cause below it, and a hint that says what to do next.
public struct UnthrottleError: Error, Sendable {
    /// The kind of failure; programs (and the exit code) go by it.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String, Sendable {
            case usage, invalidInput, notFound, conflict, accessDenied, credentials, refused, throttled, network, system
            case failed, partial, cancelled
        }
        private let kind: Kind

        /// The command line is wrong.
        public static let usage = Self(kind: .usage)
        /// A file, a document or a value that was handed in cannot be used.
        public static let invalidInput = Self(kind: .invalidInput)
        /// A thing that was named does not exist.
        public static let notFound = Self(kind: .notFound)
        /// Something else holds or changed the thing.
        public static let conflict = Self(kind: .conflict)
        /// The caller lacks a permission.
        public static let accessDenied = Self(kind: .accessDenied)
        /// No credentials, expired ones, or wrong ones.
        public static let credentials = Self(kind: .credentials)
        /// The other side understood and said no.
        public static let refused = Self(kind: .refused)
        /// The other side asks for fewer calls.
        public static let throttled = Self(kind: .throttled)
        /// No answer, or none that can be read.
        public static let network = Self(kind: .network)
        /// This machine: a file, a port, a program.
        public static let system = Self(kind: .system)
        /// The thing that was asked about is not well: a failed build, a missing proof.
        public static let failed = Self(kind: .failed)
        /// Some of several things failed.
        public static let partial = Self(kind: .partial)
        /// The person stopped it.
        public static let cancelled = Self(kind: .cancelled)

        /// The code's name, as it stands in JSON output.
        public var description: String { kind.rawValue }

        /// The program's exit status for this code: 1 not well, 2 usage, 3 the surroundings failed, 4 some of several
        /// failed, 130 stopped by Ctrl-C.
        public var exitStatus: Int32 {
            switch kind {
            case .failed: 1
            case .usage, .invalidInput, .notFound: 2
            case .partial: 4
            case .cancelled: 130
            case .conflict, .accessDenied, .credentials, .refused, .throttled, .network, .system: 3
            }
        }
    }

    /// The kind of failure.
    public var code: Code
    /// What failed and where, one sentence without a secret in it.
    public var message: String
    /// What the person can do next; may have several lines.
    public var hint: String?
    /// The failure below this one.
    public var cause: (any Error)?

    /// An error with its code, its sentence, what to do next and what lies below.
    public init(_ code: Code, _ message: String, hint: String? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
    }
}

extension UnthrottleError: CustomStringConvertible {
    /// The message and the messages of its causes, without the hint.
    public var description: String {
        cause.map { "\(message): \($0)" } ?? message
    }
}
