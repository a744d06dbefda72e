import AWS
import Core
import Testing

@Suite struct ErrorTests {
    static let user = "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
    static let denials: [(message: String, action: String, resource: String, deny: Bool)] = [
        (
            user
                + "codebuild:UpdateProject on resource: arn:aws:codebuild:eu-west-3:123456789012:project/web because no "
                + "identity-based policy allows the codebuild:UpdateProject action",
            "codebuild:UpdateProject", "arn:aws:codebuild:eu-west-3:123456789012:project/web", false
        ),
        (
            user + "iam:PutRolePolicy on resource: role web-role because no identity-based policy allows it",
            "iam:PutRolePolicy", "arn:aws:iam::123456789012:role/web-role", false
        ),
        (
            user + "secretsmanager:DescribeSecret on resource: dockerhub because no identity-based policy allows it",
            "secretsmanager:DescribeSecret", "arn:aws:secretsmanager:*:123456789012:secret:dockerhub-??????", false
        ),
        (
            user
                + "secretsmanager:CreateSecret on resource: arn:aws:secretsmanager:eu-west-3:123456789012:secret:x with an "
                + "explicit deny in a service control policy",
            "secretsmanager:CreateSecret", "arn:aws:secretsmanager:eu-west-3:123456789012:secret:x", true
        ),
        (user + "codebuild:ListProjects", "codebuild:ListProjects", "*", false),
        (user + "codebuild:ListProjects on resource: *", "codebuild:ListProjects", "*", false),
        (
            "User: arn:aws-cn:sts::1:assumed-role/r/s is not authorized to perform: iam:GetRole on resource: role x",
            "iam:GetRole", "arn:aws-cn:iam::1:role/x", false
        ),
    ]

    @Test("an access denial names the action and the statement that grants it", arguments: denials.indices)
    func denial(_ index: Int) throws {
        let row = Self.denials[index]
        let missing = try #require(MissingPermission(row.message))
        #expect(missing.action == row.action)
        #expect(missing.resource == row.resource)
        #expect(missing.isExplicitDeny == row.deny)
        let statement = try JSON(parsing: missing.statement)
        #expect(statement == ["Effect": "Allow", "Action": .string(row.action), "Resource": .string(row.resource)])
        let shown = error("AccessDeniedException", row.message).forPeople
        #expect(shown.code == .accessDenied)
        #expect(shown.hint?.contains(row.deny ? "deny has to go" : missing.statement) == true)
    }

    @Test(
        "a denial in other words still says which operation",
        arguments: [
            "Access to KMS is not allowed", "", "User: x", "User: a is not authorized to perform: b",
        ])
    func otherWords(_ message: String) {
        #expect(MissingPermission(message) == nil)
        #expect(error("AccessDenied", message).forPeople.hint?.contains("StartBuild") == true)
    }

    static let kinds: [(code: String, status: Int, expected: UnthrottleError.Code, hint: String)] = [
        ("ExpiredTokenException", 400, .credentials, "expired"), ("ExpiredToken", 403, .credentials, "expired"),
        ("UnrecognizedClientException", 400, .credentials, "AWS_ACCESS_KEY_ID"),
        ("InvalidClientTokenId", 403, .credentials, "AWS_ACCESS_KEY_ID"),
        ("SignatureDoesNotMatch", 403, .credentials, "clock"), ("Throttling", 400, .throttled, "minute"),
        ("HTTP429", 429, .throttled, "minute"), ("ResourceNotFoundException", 400, .notFound, "Region"),
        ("NoSuchEntity", 404, .notFound, "Region"), ("HTTP503", 503, .network, "again"),
        ("InvalidInputException", 400, .refused, ""),
    ]

    @Test("an error for people keeps code, message and request id, and says what to do", arguments: kinds.indices)
    func forPeople(_ index: Int) {
        let row = Self.kinds[index]
        let shown = error(row.code, "words", status: row.status).forPeople
        #expect(shown.code == row.expected)
        #expect(shown.message == "codebuild StartBuild: \(row.code): words (request r-1)")
        #expect((shown.hint ?? "").contains(row.hint))
    }

    private func error(_ code: String, _ message: String, status: Int = 400) -> AWSError {
        AWSError(
            service: "codebuild", operation: "StartBuild", status: status, code: code, message: message,
            requestID: "r-1")
    }
}
