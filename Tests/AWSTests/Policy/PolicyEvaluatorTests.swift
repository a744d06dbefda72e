import Testing

@testable import AWS

private let role = Caller(
    account: "123456789012",
    kind: .session(
        role: "web-role", roleARN: "arn:aws:iam::123456789012:role/service/web-role", roleID: "AROAEXAMPLE",
        name: "AWSCodeBuild-1"))
private let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub-AbC12z"
private let read = "secretsmanager:GetSecretValue"

private func identity(_ statements: String) throws -> [PolicyDocument] {
    [try PolicyDocument(parsing: #"{"Version":"2012-10-17","Statement":[\#(statements)]}"#, for: .identity)]
}

@Suite("IAM: what policies allow")
struct PolicyEvaluatorTests {
    @Test(
        "a resource pattern meets the ARN with its six-character suffix",
        arguments: [
            ("\(secret)", true), ("\(secret)*", true), ("*", true),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub*", true),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub-??????", true),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub-?????", false),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub", false),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:Dockerhub*", false),
            ("arn:aws:secretsmanager:*:*:secret:*-AbC12z", true),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub:username-??????", false),
        ])
    func resources(pattern: String, allowed: Bool) throws {
        let policies = try identity(#"{"Effect":"Allow","Action":"\#(read)","Resource":"\#(pattern)"}"#)
        #expect(
            (PolicyEvaluator.decide(AccessRequest(role, read, on: secret), identity: policies) == .allowed) == allowed)
    }

    @Test(
        "actions match in any case, with wildcards, and NotAction turns them round",
        arguments: [
            (#""Action":"SECRETSMANAGER:getsecretvalue""#, true), (#""Action":"secretsmanager:Get*""#, true),
            (#""Action":["logs:*","*"]"#, true), (#""Action":"secretsmanager:?etSecretValue""#, true),
            (#""Action":"secretsmanager:GetSecret""#, false), (#""NotAction":"iam:*""#, true),
            (#""NotAction":["iam:*","secretsmanager:*"]"#, false),
        ])
    func actions(element: String, allowed: Bool) throws {
        let policies = try identity(#"{"Effect":"Allow",\#(element),"Resource":"*"}"#)
        #expect(
            (PolicyEvaluator.decide(AccessRequest(role, read, on: secret), identity: policies) == .allowed) == allowed)
    }

    @Test("an explicit deny wins over any allow, NotResource excepted")
    func denyWins() throws {
        let allow = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
        let deny = try identity(allow + #",{"Effect":"Deny","Action":"secretsmanager:*","Resource":"*"}"#)
        let request = AccessRequest(role, read, on: secret)
        #expect(
            PolicyEvaluator.decide(request, identity: deny)
                == .denied(PolicyEvaluator.Denial(reason: .explicitDeny(in: .identity))))
        let other = try identity(allow + #",{"Effect":"Deny","Action":"*","NotResource":"\#(secret)"}"#)
        #expect(PolicyEvaluator.decide(request, identity: other) == .allowed)
    }

    @Test(
        "conditions hold as the operators say",
        arguments: [
            (#"{"StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com"}}"#, true),
            (#"{"StringEquals":{"KMS:viaservice":["x","secretsmanager.us-east-1.amazonaws.com"]}}"#, true),
            (#"{"StringEquals":{"kms:ViaService":"secretsmanager.*.amazonaws.com"}}"#, false),
            (#"{"StringLike":{"kms:ViaService":"secretsmanager.*.amazonaws.com"}}"#, true),
            (#"{"StringNotEquals":{"kms:ViaService":"ssm.us-east-1.amazonaws.com"}}"#, true),
            (#"{"StringNotEquals":{"kms:Missing":"x"}}"#, true), (#"{"StringEquals":{"kms:Missing":"x"}}"#, false),
            (#"{"StringEqualsIfExists":{"kms:Missing":"x"}}"#, true),
            (#"{"StringEqualsIfExists":{"kms:ViaService":"x"}}"#, false),
            (#"{"Null":{"kms:ViaService":"false"}}"#, true), (#"{"Null":{"kms:ViaService":true}}"#, false),
            (#"{"Bool":{"aws:SecureTransport":"true"}}"#, true), (#"{"Bool":{"aws:SecureTransport":false}}"#, false),
            (#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/service/*"}}"#, true),
            (#"{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/other"}}"#, false),
            (#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:*:role/service/web-role"}}"#, false),
            (#"{"StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com","kms:Missing":"x"}}"#, false),
            (#"{"StringEquals":{"kms:ViaService":"${aws:username}"}}"#, false),
        ])
    func conditions(block: String, holds: Bool) throws {
        let policies = try identity(#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":\#(block)}"#)
        let request = AccessRequest(
            role, "kms:Decrypt", on: "arn:aws:kms:us-east-1:123456789012:key/1",
            context: ["kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"])
        #expect((PolicyEvaluator.decide(request, identity: policies) == .allowed) == holds)
    }

    @Test("an operator that is not evaluated matches nothing and is named")
    func unknownOperator() throws {
        let policies = try identity(
            #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"a:b":"3"}}}"#)
        let request = AccessRequest(role, read, on: secret)
        guard case .denied(let denial) = PolicyEvaluator.decide(request, identity: policies) else {
            Issue.record("the statement must not match")
            return
        }
        #expect(denial.unknownOperators == ["NumericLessThan"])
        #expect(denial.message(request).hasSuffix("(the sandbox does not evaluate NumericLessThan)"))
    }

    @Test(
        "a policy variable stands for the request's value, wildcards in it for themselves, and without a value matches nothing"
    )
    func variables() throws {
        let policies = try identity(
            #"{"Effect":"Allow","Action":"*","Resource":"arn:aws:secretsmanager:*:*:secret:${aws:username}-*"}"#)
        let user = Caller(account: "123456789012", kind: .user(name: "dockerhub", id: "AIDA"))
        #expect(PolicyEvaluator.decide(AccessRequest(user, read, on: secret), identity: policies) == .allowed)
        #expect(PolicyEvaluator.decide(AccessRequest(role, read, on: secret), identity: policies) != .allowed)
        let star = Caller(account: "123456789012", kind: .user(name: "*", id: "AIDA"))
        #expect(PolicyEvaluator.decide(AccessRequest(star, read, on: secret), identity: policies) != .allowed)
    }

    @Test("the denial reads as AWS writes it")
    func message() throws {
        let request = AccessRequest(role, read, on: secret)
        guard case .denied(let denial) = PolicyEvaluator.decide(request, identity: []) else {
            Issue.record("nothing allows it")
            return
        }
        let user = "User: arn:aws:sts::123456789012:assumed-role/web-role/AWSCodeBuild-1"
        #expect(
            denial.message(request, shown: "dockerhub")
                == "\(user) is not authorized to perform: \(read) on resource: dockerhub because no identity-based policy allows the \(read) action"
        )
        let deny = PolicyEvaluator.Denial(reason: .explicitDeny(in: .identity))
        #expect(
            deny.message(request)
                == "\(user) is not authorized to perform: \(read) on resource: \(secret) with an explicit deny in an identity-based policy"
        )
    }
}

@Suite("IAM: key policies and trust")
struct KeyPolicyTests {
    private static let key = "arn:aws:kms:us-east-1:123456789012:key/1"
    private static let grant = #"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"\#(key)"}"#
    private static let roleARN = "arn:aws:iam::123456789012:role/service/web-role"

    @Test(
        "the key's policy decides alone, or hands over to IAM by naming the account",
        arguments: [
            (#"{"AWS":"arn:aws:iam::123456789012:root"}"#, true, true),
            (#"{"AWS":"123456789012"}"#, true, true),
            (#"{"AWS":"arn:aws:iam::123456789012:root"}"#, false, false),
            (#"{"AWS":"\#(roleARN)"}"#, false, true),
            (#"{"AWS":"arn:aws:sts::123456789012:assumed-role/web-role/AWSCodeBuild-1"}"#, false, true),
            (#"{"AWS":"arn:aws:iam::123456789012:role/other"}"#, true, false),
            (#"{"AWS":"arn:aws:iam::999999999999:root"}"#, true, false),
            (#""*""#, false, true), (#"{"Service":"codebuild.amazonaws.com"}"#, true, false),
        ])
    func delegation(principal: String, roleHasGrant: Bool, allowed: Bool) throws {
        let document = try PolicyDocument(
            parsing: #"{"Statement":{"Effect":"Allow","Principal":\#(principal),"Action":"kms:*","Resource":"*"}}"#,
            for: .key)
        let request = AccessRequest(role, "kms:Decrypt", on: Self.key)
        let decision = PolicyEvaluator.decide(
            request, identity: roleHasGrant ? try identity(Self.grant) : [], key: document)
        #expect((decision == .allowed) == allowed)
    }

    @Test("a deny in the key's policy wins over both grants")
    func keyDeny() throws {
        let document = try PolicyDocument(
            parsing: """
                {"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"},
                {"Effect":"Deny","Principal":{"AWS":"\(Self.roleARN)"},"Action":"kms:Decrypt","Resource":"*"}]}
                """, for: .key)
        let decision = PolicyEvaluator.decide(
            AccessRequest(role, "kms:Decrypt", on: Self.key), identity: try identity(Self.grant), key: document)
        #expect(decision == .denied(PolicyEvaluator.Denial(reason: .explicitDeny(in: .resource))))
    }

    @Test(
        "a trust policy names the service and may name the account",
        arguments: [
            (#"{"Service":"codebuild.amazonaws.com"}"#, "{}", true),
            (#"{"Service":["ec2.amazonaws.com","codebuild.amazonaws.com"]}"#, "{}", true),
            (#"{"Service":"ec2.amazonaws.com"}"#, "{}", false),
            (
                #"{"Service":"codebuild.amazonaws.com"}"#, #"{"StringEquals":{"aws:SourceAccount":"123456789012"}}"#,
                true
            ),
            (
                #"{"Service":"codebuild.amazonaws.com"}"#, #"{"StringEquals":{"aws:SourceAccount":"999999999999"}}"#,
                false
            ),
        ])
    func trust(principal: String, condition: String, trusted: Bool) throws {
        let document = try PolicyDocument(
            parsing: """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\(principal),
                "Action":"sts:AssumeRole","Condition":\(condition)}]}
                """, for: .trust)
        let request = AccessRequest(
            role, "sts:AssumeRole", on: Self.roleARN, context: ["aws:SourceAccount": "123456789012"])
        #expect(PolicyEvaluator.trusts("codebuild.amazonaws.com", in: document, request: request) == trusted)
    }
}

@Suite("IAM: documents that are refused")
struct MalformedPolicyTests {
    @Test(
        "IAM's words for what is wrong",
        arguments: [
            ("{", "This policy contains invalid Json"), ("[]", "Syntax errors in policy."),
            (#"{"Statement":[]}"#, "Syntax errors in policy."),
            (#"{"Version":"2025-01-01","Statement":[]}"#, "Syntax errors in policy."),
            (#"{"Statement":{"Effect":"allow","Action":"a:b","Resource":"*"}}"#, "Syntax errors in policy."),
            (#"{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Colour":1}}"#, "Syntax errors in policy."),
            (#"{"Statement":{"Effect":"Allow","Resource":"*"}}"#, "Policy statement must contain actions."),
            (#"{"Statement":{"Effect":"Allow","Action":"a:b"}}"#, "Policy statement must contain resources."),
            (
                #"{"Statement":{"Effect":"Allow","Action":"GetSecretValue","Resource":"*"}}"#,
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"dockerhub"}}"#,
                #"Resource dockerhub must be in ARN format or "*"."#
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Principal":"*"}}"#,
                "Policy document should not specify a principal."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringIs":{"a:b":"c"}}}}"#,
                "Invalid Condition type : StringIs."
            ),
            (
                #"{"Statement":[{"Sid":"a","Effect":"Allow","Action":"a:b","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"a:b","Resource":"*"}]}"#,
                "Statement IDs (SID) in a single policy must be unique."
            ),
            (
                #"{"Statement":{"Sid":"a b","Effect":"Allow","Action":"a:b","Resource":"*"}}"#,
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
            ),
        ])
    func refused(document: String, message: String) {
        #expect(throws: MalformedPolicy(message)) { try PolicyDocument(parsing: document, for: .identity) }
    }

    @Test("a resource's policy may have spaces in its statements' ids, as KMS's own has")
    func spacedID() throws {
        let text = #"{"Statement":{"Sid":"a b","Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*"}}"#
        #expect(throws: Never.self) { try PolicyDocument(parsing: text, for: .key) }
    }

    @Test("the article's policy with its resource pattern is accepted")
    func article() throws {
        let document = try PolicyDocument(
            parsing: """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    { "Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": ["\(secret)*"] }
                  ]
                }
                """, for: .identity)
        #expect(PolicyEvaluator.decide(AccessRequest(role, read, on: secret), identity: [document]) == .allowed)
    }
}
