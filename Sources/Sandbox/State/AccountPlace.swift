/// Which account and Region the sandbox is, and how ARNs are built in it.
struct AccountPlace: Sendable, Hashable {
    /// 12 digits.
    let account: String
    /// Such as `us-east-1`.
    let region: String

    /// The ARN of something that lives in the Region.
    func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(region):\(account):\(resource)"
    }

    /// The ARN of something of IAM, which has no Region.
    func iam(_ resource: String) -> String { "arn:aws:iam::\(account):\(resource)" }
}
