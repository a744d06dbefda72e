/// What a docker command line does, as far as a pull or a login goes.
public enum DockerAction: Sendable, Hashable {
    /// Which registry a login or logout is for.
    public enum LoginTarget: Sendable, Hashable {
        /// Docker Hub: no server, or one of the names under which docker keeps its Hub login.
        case dockerHub
        /// Amazon ECR, private or public.
        case ecr
        /// Another registry.
        case registry(String)
        /// The server comes from a variable whose value the file does not tell.
        case unknown
    }

    /// `docker login`; `passwordInArguments` for `-p`, which leaves the password in process lists and logs.
    case login(LoginTarget, passwordInArguments: Bool)
    /// `docker logout`
    case logout(LoginTarget)
    /// `docker pull`; the image as written, nil where the file does not tell it.
    case pull(image: String?)
    /// `docker run`
    case run(image: String?)
    /// `docker create`
    case create(image: String?)
    /// `docker build`, `docker image build`, `docker builder build`
    case build
    /// `docker buildx ...`; its builders pull `moby/buildkit`.
    case buildx
    /// `docker compose ...` or `docker-compose ...`
    case compose
    /// A command that asks a registry for manifests: `docker manifest`, `docker buildx imagetools`.
    case manifest
    /// The daemon is started.
    case startDaemon
    /// Docker itself is installed.
    case install
    /// A command that only asks the local docker: `info`, `version`, `ps`, `images`, ...
    case query
    /// Anything else: `push`, `tag`, `save`, a plugin, a command line with unknown words.
    case other(String)

    /// Whether it may ask Docker Hub for an image.
    public var mayPull: Bool {
        switch self {
        case .pull, .run, .create, .build, .buildx, .compose, .manifest: true
        case .login, .logout, .startDaemon, .install, .query, .other: false
        }
    }

    /// Whether a login must come before it, in the article's words: "before any other docker action".
    public var needsLoginBefore: Bool {
        if case .other = self { true } else { mayPull }
    }

    /// Whether whoever does it goes on to use docker; asking for its version or installing it says nothing.
    public var isWork: Bool {
        switch self {
        case .login, .startDaemon: true
        default: needsLoginBefore
        }
    }

    /// Whether a login cannot come before it in any useful way.
    var mustComeFirst: Bool {
        switch self {
        case .startDaemon, .install, .logout(.dockerHub), .logout(.unknown): true
        default: false
        }
    }
}
