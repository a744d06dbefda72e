/// What a build command hands to a Dockerfile.
struct DockerfileBuild: Hashable {
    /// `--build-arg`; a name without a value that the files tell is ``VariableText/Value/unknown``.
    var arguments: [String: VariableText.Value] = [:]
    /// `--target`; nil builds the last stage.
    var target: String?
    /// `--build-context NAME=VALUE`
    var contexts: [String: String] = [:]
    /// `--platform`, one word each; empty for the builder's own.
    var platforms: [String] = []
    /// Whether this is the whole command, so that an argument that is not here has its default.
    var isComplete = false
}
