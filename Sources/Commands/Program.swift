internal import ArgumentParser
internal import Core
internal import Remedy
internal import UnixSignals

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The program from its arguments to its exit status.
///
/// Exit statuses: 0 done or healthy; 1 the thing asked about is not well; 2 wrong usage or input; 3 the surroundings failed; 4 some
/// of several projects failed; 130 stopped by Ctrl-C.
public enum Program {
    /// Runs the command line and ends the process. The first Ctrl-C, SIGTERM or SIGHUP cancels what runs, which then leaves nothing half
    /// done; the second ends the process at once.
    ///
    /// Not an `async` main: that one ends the main thread, for which a static binary first sorts all of its unwind tables
    /// (seen: 60 of the 65 milliseconds of `--help`).
    public static func main() -> Never {
        // A reader that goes away (`… | head`) must not kill a change in the middle.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            let command = try Unthrottle.parseAsRoot(arguments)
            // Verbs are parsed again where they run, since a parsed command does not cross to another thread.
            guard command is any AsyncParsableCommand else {
                var command = command
                try command.run()
                exit(ended(0))
            }
        } catch {
            exit(ended(endOfParsing(error, arguments)))
        }
        Task.detached { await runToTheEnd(arguments) }
        while true { pause() }
    }

    private static func runToTheEnd(_ arguments: [String]) async {
        let ends: [UnixSignal] = [.sigint, .sigterm] + (isHangupIgnored ? [] : [.sighup])
        let signals = await UnixSignalsSequence(trapping: ends)
        let work = Task { await run(arguments) }
        Task {
            var count = 0
            for await _ in signals {
                count += 1
                if count > 1 { _exit(UnthrottleError.Code.cancelled.exitStatus) }
                work.cancel()
            }
        }
        exit(ended(await work.value))
    }

    /// Whether whoever started the program, such as nohup, wants it to outlive its terminal.
    private static var isHangupIgnored: Bool {
        let inherited = signal(SIGHUP, SIG_IGN)
        let isIgnored = unsafeBitCast(inherited, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        if !isIgnored { signal(SIGHUP, inherited) }
        return isIgnored
    }

    private static func run(_ arguments: [String]) async -> Int32 {
        do {
            guard var verb = try Unthrottle.parseAsRoot(arguments) as? any AsyncParsableCommand else { return 0 }
            try await verb.run()
            return 0
        } catch let status as ExitStatus {
            return status.code
        } catch let help as CleanExit {
            return endOfParsing(help, arguments)
        } catch {
            return report(error, arguments)
        }
    }

    /// ArgumentParser's own endings: help goes to standard output with 0, wrong usage to standard error with 2.
    private static func endOfParsing(_ error: any Error, _ arguments: [String]) -> Int32 {
        let text = Unthrottle.fullMessage(for: error)
        let isHelp = Unthrottle.exitCode(for: error) == .success
        let console = Console(EnvironmentVariables([:]))
        if isHelp {
            console.print(text)
        } else {
            console.complain(text)
            answer(UnthrottleError(.usage, Unthrottle.message(for: error), hint: "unthrottle help"), arguments, console)
        }
        return isHelp ? 0 : UnthrottleError.Code.usage.exitStatus
    }

    /// Under `--json` a program that reads standard output always finds one document there: the answer, or the error.
    private static func answer(_ error: UnthrottleError, _ arguments: [String], _ console: Console) {
        let options = arguments.prefix { $0 != "--" }
        // With a second format asked for, nobody knows which one the reader expects.
        guard options.contains("--json"), !options.contains(where: { $0.hasPrefix("--format") }),
            !OutputState.hasAnswered
        else { return }
        console.print(ErrorView(error: error).json.text(pretty: true))
    }

    /// The status with which the process ends: an answer that could not be written is no success.
    private static func ended(_ status: Int32) -> Int32 {
        guard let trouble = OutputState.trouble else { return status }
        Console(.current).complain("error: the answer could not be written: \(trouble)")
        return status == UnthrottleError.Code.cancelled.exitStatus ? status : UnthrottleError.Code.system.exitStatus
    }

    private static func report(_ error: any Error, _ arguments: [String]) -> Int32 {
        let shown = UnthrottleError.forPeople(error)
        let console = Console(.current)
        console.complain("\(console.styled("error:", .red, terminal: 2)) \(shown)")
        for line in shown.hint?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
            console.complain("  \(line)")
        }
        answer(shown, arguments, console)
        return shown.code.exitStatus
    }
}

/// Ends the program with a status, after everything has been said.
struct ExitStatus: Error {
    var code: Int32
    /// The thing that was asked about is not well.
    static let notWell = ExitStatus(code: UnthrottleError.Code.failed.exitStatus)
    /// Some of several projects are not well.
    static let partly = ExitStatus(code: UnthrottleError.Code.partial.exitStatus)

    /// Throws where not all are well.
    static func check(_ reports: [ProofReport]) throws {
        try check(reports, unwellBesides: 0, of: reports.count)
    }

    /// The same with projects that are known to be unwell without a report, of so many projects in all.
    static func check(_ reports: [ProofReport], unwellBesides others: Int, of all: Int) throws {
        let unwell = others + reports.count { !$0.isWell }
        if unwell > 0 { throw unwell < all ? partly : notWell }
    }
}

extension EnvironmentVariables {
    /// This process's variables. Commands is the only room that reads them for `unthrottle`.
    static var current: EnvironmentVariables { .ofThisProcess() }
}
