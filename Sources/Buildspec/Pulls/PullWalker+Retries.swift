internal import Core

/// What tells a loop over several images from one that tries again.
extension PullWalker {
    /// Whether commands give a loop's variable, or what they make of it, to one that may pull. One that only shows it, tests it or
    /// sleeps on it does not.
    func handsOn(_ name: String, in body: ArraySlice<ShellCommand>) -> Bool {
        var names = [name]
        for index in body.indices {
            let command = body[index]
            guard names.contains(where: command.uses) else { continue }
            if command.isAssignment {
                names += (command.assignments + command.words.dropFirst()).filter { word in
                    names.contains(where: word.uses)
                }.map { String($0.text.prefix { $0 != "=" && $0 != "+" }) }
            } else if mayLead(command.program) || command.leavesFile {
                return true
            } else if command.isPiped, index + 1 < body.endIndex, body[index + 1].program.name != "tee",
                mayLead(body[index + 1].program)
            {
                return true
            }
        }
        return false
    }

    private static let leading: ProgramTraits = [
        .puller, .builder, .shell, .sourcing, .interpreter, .evaluator, .writer, .textRunner, .launcher,
    ]

    /// Whether a program may pull, or changes what the next one does.
    private func mayLead(_ program: Program, depth: Int = 0) -> Bool {
        if let action = program.dockerAction() { return action.mayPull }
        guard program.traits.isDisjoint(with: Self.leading), let name = program.name else { return true }
        if let function = functions[name] {
            return depth > 3 || function.commands.contains { mayLead($0.program, depth: depth + 1) }
        }
        return ["cd", "pushd", "chdir", "Set-Location", "set"].contains(name)
            || program.delegation() != nil || program.wrapped != nil
    }
}

extension ShellCommand {
    fileprivate func uses(_ name: String) -> Bool {
        words.contains { $0.uses(name) } || assignments.contains { $0.uses(name) }
            || streams.heredoc?.names(name) ?? false
    }

    fileprivate var isAssignment: Bool {
        words.isEmpty || ["export", "local", "declare", "typeset", "readonly"].contains(words[0].text)
    }

    /// Whether what it prints goes to a file that another command may read.
    fileprivate var leavesFile: Bool {
        streams.output.map { !$0.hasPrefix("/dev/") && !$0.hasSuffix(".log") } ?? false
    }
}

extension ShellWord {
    /// Whether a variable of this name stands in it.
    fileprivate func uses(_ name: String) -> Bool {
        hasExpansion
            && (text.names(name) || substitutions.contains { $0.commands.contains { $0.uses(name) } })
    }
}

extension String {
    /// Whether `$name` or `${name` stands in it.
    func names(_ name: String) -> Bool {
        guard contains(name) else { return false }
        return utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false).dropFirst().contains { part in
            part.drop { $0 == UInt8(ascii: "{") }.prefix(while: ASCII.isName).elementsEqual(name.utf8)
        }
    }
}
