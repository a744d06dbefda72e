public import AWS
public import Core
public import Registry

/// What a step works with: the clients, the credential, the time. Steps hold no such thing, so that they stay data.
public struct Workbench: Sendable {
    /// The account's client.
    public var aws: AWSClient
    /// The account, twelve digits.
    public var account: String
    /// The Docker Hub credential; nil where a run needs none (undo).
    public var credential: Credential?
    /// Where the run is recorded.
    public var folder: StateFolder
    /// The time.
    public var time: Timekeeper
    /// Randomness.
    public var dice: Dice
    /// Tells a person what goes on; never a secret.
    public var tell: @Sendable (String) -> Void

    /// A bench with all its tools.
    public init(
        aws: AWSClient, account: String, credential: Credential?, folder: StateFolder, time: Timekeeper, dice: Dice,
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.aws = aws
        self.account = account
        self.credential = credential
        self.folder = folder
        self.time = time
        self.dice = dice
        self.tell = tell
    }

    /// Waits before a step that was not done is tried again: full jitter up to 1, 2, 4, ... seconds, as the client's own retries do.
    func pause(before attempt: Int) async throws {
        try await time.sleep(.seconds(dice.uniform() * Double(1 << min(attempt - 2, 4))))
    }

    /// How long a permission may take until every part of AWS knows it. Terraform's provider waits as long.
    static let propagation: Duration = .seconds(120)

    /// Repeats `work` while it fails in the way in which a permission that is too young fails, for two minutes at most.
    /// IAM is eventually consistent; there is nothing to ask, so the effect itself is tried again.
    func waitingOutIAM<Value: Sendable>(_ what: String, _ work: () async throws -> Value) async throws -> Value {
        var waited: Duration = .zero
        var pause: Duration = .seconds(1)
        while true {
            do {
                return try await work()
            } catch let error as AWSError
                where error.code == "InvalidInputException" && error.message.contains("ot authorized to perform")
            {
                guard waited < Self.propagation else { throw error }
                if waited == .zero { tell("waiting until AWS knows the new permission (\(what))") }
                try await time.sleep(pause)
                waited += pause
                pause = min(pause * 2, .seconds(10))
            }
        }
    }
}
