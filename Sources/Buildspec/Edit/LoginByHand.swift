internal import Core

/// What a person does where the editor refuses: the line, and where it belongs in the file as it is.
struct LoginByHand {
    let command: String
    let place: LoginPlace
    let document: BuildspecDocument

    func error(_ reason: String, path: String) -> UnthrottleError {
        UnthrottleError(.invalidInput, "\(path) is not edited: \(reason)", hint: hint)
    }

    private var hint: String {
        switch place {
        case .before(let target):
            let line = target.inside.map(target.command.line) ?? target.command.position.line
            let list = "\(target.list.rawValue) of phase \(target.phase.rawValue)"
            let isInside = target.inside != nil
            return """
                Add the login by hand to the \(list), \(isInside ? "within the command on" : "above") line \(line), \
                \(isInside ? "after docker is up and before it is used" : "as the first docker action"):

                      \(isInside ? command : "- \(command)")
                """
        case .alreadyThere, .create: return created
        }
    }

    private var created: String {
        guard let phase = document.phases.first else {
            return """
                Add the login by hand; the file has no phase yet:

                phases:
                  install:
                    commands:
                      - \(command)
                """
        }
        return """
            Add the login by hand to the phase \(phase.name.rawValue) on line \(phase.position.line), in place of the commands that it \
            has now:

                commands:
                  - \(command)
            """
    }
}
