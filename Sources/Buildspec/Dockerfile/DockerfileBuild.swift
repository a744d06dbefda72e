/// What a build command hands to a Dockerfile.
struct DockerfileBuild: Hashable {
    /// Who builds it, which decides what is asked for beside what the last stage needs.
    enum Builder: Hashable {
        /// Docker, with BuildKit or without it: which, the machine decides.
        case docker
        /// BuildKit: nothing for stages that the target does not need (docs.docker.com, Build, BuildKit).
        case buildKit
        /// Docker without BuildKit: every stage up to the target, and no frontend.
        case classic
        /// A builder that takes no frontend: podman, buildah, kaniko.
        case other
    }

    var builder = Builder.docker
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
