internal import AWS
internal import Core
internal import FoundationEssentials

/// What every service of the sandbox stands on.
struct Backend: Sendable {
    let place: AccountPlace
    let store: AccountStore
    let logs: LogStore
    let time: Timekeeper
    let dice: Dice

    /// The present moment in whole milliseconds, as AWS keeps time.
    var now: Date { Date(timeIntervalSince1970: (time.now().timeIntervalSince1970 * 1000).rounded(.down) / 1000) }

    /// `count` characters of `alphabet`, drawn at random.
    func random(_ count: Int, of alphabet: String) -> String {
        let letters = Array(alphabet)
        // 256 is not a multiple of every alphabet's size; the bias does not matter for names.
        return String(dice.bytes(count).map { letters[Int($0) % letters.count] })
    }

    /// Fresh keys; `AKIA` ones do not expire, `ASIA` ones do and have a token.
    func newCredentials(_ prefix: String, expires: Date?) -> AWSCredentials {
        AWSCredentials(
            accessKeyID: prefix + random(16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            secretAccessKey: Secret(Data(dice.bytes(30)).base64EncodedString()),
            sessionToken: expires == nil ? nil : Secret(Data(dice.bytes(96)).base64EncodedString()),
            expiration: expires)
    }

    /// An IAM id such as `AROA` and 17 letters or digits.
    func iamID(_ prefix: String) -> String { prefix + random(17, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") }
}

/// One call: who, and what the front knows of it.
struct Call: Sendable {
    let caller: Caller
    /// The number that goes into `x-amzn-RequestId`.
    let requestID: String
}
