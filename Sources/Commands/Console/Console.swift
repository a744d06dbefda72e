internal import Core
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The terminal, or whatever stands in its place: answers go to standard output, progress and errors to standard error.
///
/// Everything passes through a redactor that knows the secrets of the run: should one ever stand in a line, it is masked.
final class Console: Sendable {
    private let secrets = Mutex<[Secret]>([])
    private let mask = Mutex(Redactor([]))
    /// Whether standard output is a terminal that may be coloured.
    let isColoured: Bool
    /// Whether a person can answer a question.
    let isInteractive: Bool

    init(_ variables: EnvironmentVariables) {
        isColoured = isatty(1) == 1 && variables["NO_COLOR"] == nil && variables["TERM"] != "dumb"
        isInteractive = isatty(0) == 1 && isatty(2) == 1
    }

    /// Masks this secret from now on.
    func keepSecret(_ secret: Secret) {
        let all = secrets.withLock { secrets in
            secrets.append(secret)
            return secrets
        }
        mask.withLock { $0 = Redactor(all) }
    }

    /// A line of the answer.
    func print(_ line: String = "") { write(line + "\n", to: 1) }

    /// A line about what goes on.
    func tell(_ line: String) { write(styled(line, .dim, terminal: 2) + "\n", to: 2) }

    /// A line about what went wrong.
    func complain(_ line: String) { write(line + "\n", to: 2) }

    /// Asks and reads one line; nil at the end of input. Throws `CancellationError` after Ctrl-C.
    func ask(_ question: String) async throws -> String? {
        write(question, to: 2)
        return try await readTypedLine()
    }

    /// Asks without an echo, so that nobody reads it over a shoulder; the terminal is restored also after Ctrl-C.
    func askSecretly(_ question: String) async throws -> Secret? {
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else { return nil }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(0, TCSAFLUSH, &silent)
        // Only now: what is typed right after the question is neither shown nor lost.
        write(question, to: 2)
        defer {
            tcsetattr(0, TCSAFLUSH, &settings)
            write("\n", to: 2)
        }
        return try await readTypedLine().map(Secret.init)
    }

    /// Waits for a line without holding a thread, which the handling of Ctrl-C may need.
    private func readTypedLine() async throws -> String? {
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        while poll(&input, 1, 0) == 0 { try await Task.sleep(for: .milliseconds(30)) }
        return readLine()
    }

    /// Text as it is, to a file descriptor.
    func write(_ text: String, to file: Int32) {
        let shown = mask.withLock { $0.redact(text) }
        var rest = Array(shown.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                if file == 1 { OutputState.noteAnswer() }
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // The other side shares a descriptor that does not block: wait until it takes more.
                var output = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                _ = poll(&output, 1, -1)
            // A closed pipe (`unthrottle … | head`) ends the output quietly, and not the work.
            case EPIPE: return
            default:
                if file == 1 { OutputState.note(trouble: String(cString: strerror(errno))) }
                return
            }
        }
    }

    /// How a word stands out.
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }

    /// The text in a style, where that terminal may be coloured.
    func styled(_ text: String, _ style: Style, terminal: Int32 = 1) -> String {
        guard isColoured, isatty(terminal) == 1 else { return text }
        return "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m"
    }
}

// `write` names a member of the class; this reaches the system's.
private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(file, buffer, count) }
