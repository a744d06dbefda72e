public import Core

/// How a sandbox is set up.
public struct SandboxConfiguration: Sendable {
    /// Which hub builds pull from.
    public enum HubChoice: Sendable {
        /// The sandbox's own, beside its AWS endpoint.
        case own(HubConfiguration)
        /// One that runs already, by its base URL.
        case running(String)
    }

    /// The AWS endpoint's port on 127.0.0.1; 0 picks a free one.
    public var port: Int
    /// The hub.
    public var hub: HubChoice
    /// The folder that keeps the account between starts; nil for an account in memory.
    public var folder: String?
    /// Where builds get folders of their own.
    public var buildFolder: String
    /// Whether the projects `web` and `api` are there to play with; never in a folder that holds projects already.
    public var hasDemoProjects: Bool
    /// The command line that `docker` stands for inside a build; nil for none.
    public var docker: [String]?
    /// Variables that every build gets besides CodeBuild's own.
    public var buildVariables: [String: String]
    /// The variables of the person who runs this: builds get none of them, but bubblewrap is looked for in their search
    /// path, and the keys in their home are hidden from commands.
    public var surroundings: EnvironmentVariables
    /// The account's number, 12 digits.
    public var account: String
    /// The account's Region.
    public var region: String

    /// A sandbox with the demo projects and a hub of its own, unless told otherwise.
    public init(
        port: Int = 4566, hub: HubChoice = .own(HubConfiguration()), folder: String? = nil, buildFolder: String,
        hasDemoProjects: Bool = true, docker: [String]? = nil, buildVariables: [String: String] = [:],
        surroundings: EnvironmentVariables = EnvironmentVariables([:]), account: String = "123456789012",
        region: String = "us-east-1"
    ) {
        self.port = port
        self.hub = hub
        self.folder = folder
        self.buildFolder = buildFolder
        self.hasDemoProjects = hasDemoProjects
        self.docker = docker
        self.buildVariables = buildVariables
        self.surroundings = surroundings
        self.account = account
        self.region = region
    }
}

/// Where a running sandbox is reached, and with what.
public struct SandboxEndpoints: Sendable {
    /// The AWS endpoint's base URL, such as `http://127.0.0.1:4566`.
    public var awsURL: String
    /// The operator's key; new at every start.
    public var accessKeyID: String
    /// Its secret half.
    public var secretAccessKey: Secret
    /// The account's Region.
    public var region: String
    /// The hub's base URL.
    public var hubURL: String
    /// The hub's first account; nil where the hub is another's or has none.
    public var hubUsername: String?
    /// That account's password.
    public var hubPassword: Secret?
    /// Whether bubblewrap keeps builds' commands from the rest of the machine; otherwise they run as whoever runs the
    /// sandbox.
    public var hasWalls: Bool
}
