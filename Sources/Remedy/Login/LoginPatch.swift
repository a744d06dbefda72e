internal import Buildspec

/// The lines that a person adds to a buildspec which this program cannot reach.
enum LoginPatch {
    /// A patch against a buildspec that nobody has seen: the place and the exact line.
    static func text(path: String, shell: BuildShell = .sh) -> String {
        """
        --- \(path)
        +++ \(path)
         phases:
        +  install:
        +    commands:
        +      - \(LoginCommand.text(for: shell))
           build:
             commands:
        """
    }
}
