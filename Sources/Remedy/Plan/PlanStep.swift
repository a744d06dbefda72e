/// One change to one resource. It is data: it can be printed and stored, and no secret is in it.
public protocol PlanStep: Codable, Sendable, Hashable {
    /// The resource, such as `secret dockerhub`.
    var resource: String { get }
    /// The change in one line, for people.
    var summary: String { get }
    /// The change as lines of a diff, each beginning with `+`, `-` or a blank.
    var diff: [String] { get }
    /// Reads the resource and says where it stands.
    func state(on bench: Workbench) async throws -> StepState
    /// Makes the change. Called in state `before`; repeating it after a kill is harmless.
    func apply(on bench: Workbench) async throws
    /// Why the change cannot be taken back although nobody else touched the resource; nil where it can be.
    func obstacle(on bench: Workbench) async throws -> String?
    /// Takes the change back; called in state `after`. Returns what a person must know about it.
    func revert(on bench: Workbench) async throws -> [String]
}

extension PlanStep {
    /// Nothing stands in the way.
    public func obstacle(on bench: Workbench) async throws -> String? { nil }
}

/// Where a resource stands, seen from a step.
public enum StepState: Sendable, Hashable {
    /// As it was when the plan was made.
    case before
    /// Begun and not finished: the step can be applied again, or taken back.
    case begun
    /// As the step leaves it.
    case after
    /// Neither: somebody else changed it; in words.
    case other(String)
}

/// Any of the steps there are.
public enum Step: Sendable, Hashable {
    /// The secret that holds the credential.
    case secret(SecretStep)
    /// The permission of a project's role to read it.
    case rolePolicy(RolePolicyStep)
    /// A project's environment and inline buildspec.
    case project(ProjectStep)

    /// The step itself.
    public var base: any PlanStep {
        switch self {
        case .secret(let step): step
        case .rolePolicy(let step): step
        case .project(let step): step
        }
    }

    /// The project that the step changes; nil where it changes another resource.
    var project: String? {
        if case .project(let step) = self { step.project } else { nil }
    }
}

extension Step: Codable {
    private enum Key: String, CodingKey { case secret, rolePolicy, project }

    /// Reads `{"secret": …}` and its like.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let step = try container.decodeIfPresent(SecretStep.self, forKey: .secret) {
            self = .secret(step)
        } else if let step = try container.decodeIfPresent(RolePolicyStep.self, forKey: .rolePolicy) {
            self = .rolePolicy(step)
        } else {
            self = .project(try container.decode(ProjectStep.self, forKey: .project))
        }
    }

    /// Writes `{"secret": …}` and its like.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .secret(let step): try container.encode(step, forKey: .secret)
        case .rolePolicy(let step): try container.encode(step, forKey: .rolePolicy)
        case .project(let step): try container.encode(step, forKey: .project)
        }
    }
}
