public import FoundationEssentials

/// What a repeat of an operation does; decides what the client may do when an answer is lost.
public enum Effect: Sendable, Hashable {
    /// Nothing is changed.
    case read
    /// Something is changed, and a repeat leaves it as it is.
    case idempotent
    /// A repeat may fail or act twice: a lost answer is settled by reading.
    case write
}

/// One operation of an AWS service. The value is the request's input; the Sandbox decodes it with the same type.
public protocol AWSOperation: Codable, Sendable {
    /// What comes back.
    associatedtype Output: Codable & Sendable
    /// A member that holds an idempotency token.
    typealias TokenMember = any WritableKeyPath<Self, String?> & Sendable
    /// A member that is a body as it is.
    typealias BodyMember<Message> = any WritableKeyPath<Message, Data?> & Sendable

    /// The service.
    static var service: AWSService { get }
    /// The operation's name on the wire; by default the type's.
    static var name: String { get }
    /// What a repeat does.
    static var effect: Effect { get }
    /// Whether requests are signed with the caller's keys; an operation that is not carries a proof of its own.
    static var isSigned: Bool { get }
    /// The member that the client fills with a fresh token where it is nil; nil for most operations.
    static var token: TokenMember? { get }
    /// What a repeat of this one does, where its members decide that; by default what ``effect-swift.type.property`` says.
    var effect: Effect { get }

    /// Where members stand; nil where a service's protocol puts all of them in the body.
    static var binding: HTTPBinding? { get }
    /// The member that is the request's body.
    static var body: BodyMember<Self>? { get }
    /// The member that is the answer's body.
    static var answerBody: BodyMember<Output>? { get }
    /// The bucket, which is part of the address.
    static var bucket: (any KeyPath<Self, String> & Sendable)? { get }
}

extension AWSOperation {
    /// The type's name.
    public static var name: String { String(describing: Self.self) }
    /// Signed.
    public static var isSigned: Bool { true }
    /// No token.
    public static var token: TokenMember? { nil }
    /// What its type says.
    public var effect: Effect { Self.effect }
    /// None.
    public static var binding: HTTPBinding? { nil }
    /// None.
    public static var body: BodyMember<Self>? { nil }
    /// None.
    public static var answerBody: BodyMember<Output>? { nil }
    /// None.
    public static var bucket: (any KeyPath<Self, String> & Sendable)? { nil }
}

/// The output of an operation that answers nothing.
public struct NoOutput: Codable, Hashable, Sendable {
    /// Nothing.
    public init() {}
}
