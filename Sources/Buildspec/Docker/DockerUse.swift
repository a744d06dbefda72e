/// A docker action at its place in a buildspec.
public struct DockerUse: Sendable, Hashable {
    /// Which list of a phase.
    public enum List: String, Sendable, Hashable {
        /// `commands`
        case commands
        /// `finally`
        case finally
    }

    /// The action.
    public let action: DockerAction
    /// The phase.
    public let phase: PhaseName
    /// The list in it.
    public let list: List
    /// The command that holds it.
    public let command: BuildspecDocument.Command
    /// Where in the command's text it starts, in UTF-8 bytes.
    public let offset: Int
    /// Whether it happens whenever its command runs, and nothing goes on where it fails.
    public let isCertain: Bool
    /// Whether a line can be put before it within its command.
    let isTopLevel: Bool
}

/// A program whose docker actions this program does not see.
public struct Delegation: Sendable, Hashable {
    /// The program or script.
    public let program: String
    /// The phase.
    public let phase: PhaseName
    /// Where its command starts.
    public let position: Position
}

extension BuildspecDocument {
    /// The shell that reads the commands: the file's, or `/bin/sh`.
    public var shell: BuildShell { environment.shell?.value ?? .sh }

    /// Every docker action that the commands show, in the order in which CodeBuild comes to it.
    public func dockerUses(shell: BuildShell? = nil) -> [DockerUse] {
        everyCommand.flatMap { phase, list, command in
            CommandReading(command.text, shell: shell ?? self.shell).uses.map {
                DockerUse(
                    action: $0.action, phase: phase, list: list, command: command, offset: $0.offset,
                    isCertain: $0.isCertain,
                    isTopLevel: $0.isTopLevel)
            }
        }
    }

    /// The first action before which a login must come; nil does not mean that nothing is pulled, see
    /// ``delegations(shell:)``.
    public func firstDockerAction(shell: BuildShell? = nil) -> DockerUse? {
        dockerUses(shell: shell).first { $0.action.needsLoginBefore }
    }

    /// Programs and scripts that may pull without this file showing it.
    public func delegations(shell: BuildShell? = nil) -> [Delegation] {
        everyCommand.flatMap { phase, _, command in
            CommandReading(command.text, shell: shell ?? self.shell).delegations.map {
                Delegation(program: $0, phase: phase, position: command.position)
            }
        }
    }

    /// A command as its shell splits it.
    typealias Script = (phase: PhaseName, command: Command, script: ShellScript)

    /// Every command in running order, as its shell splits it.
    func everyScript(shell: BuildShell? = nil) -> [Script] {
        everyCommand.map { ($0.phase, $0.command, ShellScript($0.command.text, shell: shell ?? self.shell)) }
    }

    /// Every command in running order.
    var everyCommand: [(phase: PhaseName, list: DockerUse.List, command: Command)] {
        var all: [(phase: PhaseName, list: DockerUse.List, command: Command)] = []
        for phase in phases {
            for command in phase.commands { all.append((phase.name, .commands, command)) }
            for command in phase.finally { all.append((phase.name, .finally, command)) }
        }
        return all
    }
}
