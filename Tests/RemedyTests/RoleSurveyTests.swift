import Testing

@testable import Remedy

@Suite("What a role's policies say about the secret")
struct RoleSurveyTests {
    private static let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub-AbCdEf"
    private static let key = "arn:aws:kms:us-east-1:123456789012:key/1234"
    private static let service = "secretsmanager.us-east-1.amazonaws.com"

    private static func access(_ statements: [String], key: String? = nil) -> RoleSurvey.Access {
        let documents = statements.map { #"{"Version":"2012-10-17","Statement":[\#($0)]}"# }
        let policies = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ("policy\($0)", $1) })
        return RoleSurvey(name: "web", policies: policies, inline: []).access(
            to: secret, key: key, arn: "arn:aws:iam::123456789012:role/web", region: "us-east-1",
            suffix: "amazonaws.com")
    }

    private static func statement(_ effect: String, _ action: String, _ resource: String, more: String = "") -> String {
        #"{"Effect":"\#(effect)","Action":["\#(action)"],"Resource":["\#(resource)"]\#(more)}"#
    }

    @Test(
        "a grant is seen where it is certain",
        arguments: [
            ("secretsmanager:GetSecretValue", "\(secret)*"), ("secretsmanager:*", "*"),
            ("SecretsManager:getsecretvalue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub-??????"),
            ("*", "arn:aws:secretsmanager:*:*:secret:docker*"),
        ])
    func allowed(action: String, resource: String) {
        #expect(Self.access([Self.statement("Allow", action, resource)]) == .allowed)
    }

    @Test(
        "another action, another secret, or a condition that the build does not meet grants nothing",
        arguments: [
            statement("Allow", "secretsmanager:DescribeSecret", "*"),
            statement("Allow", "secretsmanager:GetSecretValue", "\(secret)?"),
            statement("Allow", "secretsmanager:GetSecretValue", secret.uppercased()),
            statement(
                "Allow", "secretsmanager:GetSecretValue", "*",
                more: #","Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}"#),
        ])
    func unsaid(statement: String) {
        #expect(Self.access([statement]) == .unsaid)
    }

    @Test("a customer-managed key needs its own grant, which may be limited to Secrets Manager")
    func customerKey() {
        let read = Self.statement("Allow", "secretsmanager:GetSecretValue", Self.secret)
        func via(_ service: String) -> String { #","Condition":{"StringEquals":{"kms:ViaService":"\#(service)"}}"# }
        #expect(Self.access([read], key: Self.key) == .unsaid)
        let decrypt = Self.statement("Allow", "kms:Decrypt", Self.key, more: via(Self.service))
        #expect(Self.access([read, decrypt], key: Self.key) == .allowed)
        let other = Self.statement("Allow", "kms:Decrypt", Self.key, more: via("s3.us-east-1.amazonaws.com"))
        #expect(Self.access([read, other], key: Self.key) == .unsaid)
    }

    @Test("a denial outweighs a grant, in whatever document")
    func denied() {
        let allow = Self.statement("Allow", "*", "*")
        #expect(Self.access([allow, Self.statement("Deny", "secretsmanager:Get*", "*")]) == .denied)
        #expect(Self.access([allow, Self.statement("Deny", "kms:*", "*")]) == .allowed)
        #expect(Self.access([allow, Self.statement("Deny", "kms:*", "*")], key: Self.key) == .denied)
    }
}
