import Core
import FoundationEssentials
import HTTPTypes
import Testing

@testable import AWS

@Suite struct WireTests {
    private func text(_ message: WireMessage) -> String { String(decoding: message.body, as: UTF8.self) }
    private func decode<O: AWSOperation>(_: O.Type, answer: String) throws -> O.Output {
        try O.service.codec.decodeAnswer(O.self, from: Array(answer.utf8))
    }

    @Test("members of CodeBuild that this program does not know survive read, change and write")
    func unknownMembers() throws {
        let project = try #require(
            try decode(
                CodeBuild.BatchGetProjects.self,
                answer: """
                    {"projects":[{"name":"web","source":{"type":"NO_SOURCE","newThing":[1]},"environment":{"type":"LINUX_CONTAINER",\
                    "image":"docker:dind","computeType":"BUILD_GENERAL1_SMALL","hostKernel":{"a":null,"b":1.5}}}]}
                    """
            ).projects.first)
        var environment = project.environment
        environment.imagePullCredentialsType = .serviceRole
        let update = CodeBuild.UpdateProject(name: "web", source: project.source, environment: environment)
        let sent = try JSON(parsing: text(CodeBuild.service.codec.encodeRequest(update)))
        #expect(sent["environment"]?["hostKernel"]?["b"] == .number(1.5))
        #expect(sent["environment"]?["imagePullCredentialsType"] == "SERVICE_ROLE")
        #expect(sent["source"]?["newThing"] == [1])
        #expect(sent.object?.keys.sorted() == ["environment", "name", "source"])
    }

    @Test("an answer without its lists has empty ones; an empty body is an empty answer")
    func missingLists() throws {
        #expect(try decode(CodeBuild.BatchGetProjects.self, answer: "{}").projects.isEmpty)
        #expect(try decode(CodeBuild.ListBuilds.self, answer: "").ids.isEmpty)
        #expect(try decode(KMS.PutKeyPolicy.self, answer: "") == NoOutput())
    }

    @Test("an enumeration's new value is kept")
    func newValues() throws {
        let build = try decode(
            CodeBuild.StopBuild.self, answer: #"{"build":{"id":"web:1","buildStatus":"PAUSED","currentPhase":"BUILD"}}"#
        )
        #expect(build.build.buildStatus == "PAUSED")
        #expect(build.build.currentPhase == .build)
    }

    @Test("timestamps are epoch seconds without binary noise", arguments: [1_700_000_000.123, 1_448_575_943.0, 0.5])
    func timestamps(_ seconds: Double) throws {
        let output = SecretsManager.DeleteSecret.Output(deletionDate: Date(timeIntervalSince1970: seconds))
        let message = try SecretsManager.service.codec.encodeAnswer(
            SecretsManager.DeleteSecret.self, output, requestID: "id")
        #expect(
            try JSON(parsing: text(message))["DeletionDate"]
                == (seconds == 1_448_575_943 ? 1_448_575_943 : .number(seconds)))
    }

    @Test(
        "a timestamp is read in each form in which it comes",
        arguments: [
            "1700000000", "1.7E9", "1700000000.0", "\"2023-11-14T22:13:20Z\"", "\"2023-11-14T22:13:20.000Z\"",
            "\"2023-11-14T23:13:20+01:00\"",
        ])
    func timestampForms(_ text: String) throws {
        let output = try decode(SecretsManager.DeleteSecret.self, answer: "{\"DeletionDate\":\(text)}")
        #expect(output.deletionDate == Date(timeIntervalSince1970: 1_700_000_000))
    }

    @Test("a timestamp that is none is refused", arguments: ["\"soon\"", "true", "[]"])
    func noTimestamp(_ text: String) {
        #expect(throws: DecodingError.self) {
            try decode(SecretsManager.DeleteSecret.self, answer: "{\"DeletionDate\":\(text)}")
        }
    }

    @Test("labels of versions keep their names, though members change theirs")
    func maps() throws {
        let output = try decode(
            SecretsManager.DescribeSecret.self,
            answer:
                #"{"ARN":"arn:x","Name":"dockerhub","VersionIdsToStages":{"EXAMPLE1-a":["AWSCURRENT"],"b":[]},"RotationLambdaARN":"l"}"#
        )
        #expect(output.versionIdsToStages == ["EXAMPLE1-a": ["AWSCURRENT"], "b": []])
        #expect(output.arn == "arn:x")
        #expect(output.rotationLambdaARN == "l")
    }

    @Test("no description, dump or interpolation of a shape shows its secret")
    func secretsHide() throws {
        let canary = "canary-7c1e"
        let request = SecretsManager.CreateSecret(
            name: "dockerhub", secretBinary: Sensitive(Data(canary.utf8)), secretString: Sensitive(Secret(canary)))
        var dumped = ""
        dump(request, to: &dumped)
        for shown in ["\(request)", String(reflecting: request), dumped] {
            #expect(!shown.contains(canary))
            #expect(!shown.contains(Data(canary.utf8).base64EncodedString()))
        }
        #expect(text(try SecretsManager.service.codec.encodeRequest(request)).contains(canary))
    }

    @Test("a policy document is plain in requests and percent-encoded in answers")
    func documents() throws {
        let document = #"{"Statement":[{"Resource":"arn:aws:x:*/%20+"}]}"#
        let request = try IAM.service.codec.encodeRequest(
            IAM.PutRolePolicy(roleName: "r", policyName: "p", policyDocument: document))
        #expect(
            try IAM.service.codec.decodeRequest(IAM.PutRolePolicy.self, from: request.body).policyDocument == document)
        let output = IAM.GetRolePolicy.Output(roleName: "r", policyName: "p", policyDocument: .init(document))
        let answer = try IAM.service.codec.encodeAnswer(IAM.GetRolePolicy.self, output, requestID: "id")
        #expect(text(answer).contains("%7B%22Statement%22"))
        #expect(try decode(IAM.GetRolePolicy.self, answer: text(answer)).policyDocument.text == document)
    }

    @Test("lists of a form count from 1, past 9 too; an empty one is its name alone")
    func formLists() throws {
        let tags = (1...11).map { IAM.Tag(key: "k\($0)", value: "v \($0)&=") }
        let role = IAM.CreateRole(roleName: "r", assumeRolePolicyDocument: "{}", tags: tags)
        let message = try IAM.service.codec.encodeRequest(role)
        #expect(text(message).contains("Tags.member.11.Key=k11"))
        #expect(text(message).contains("Tags.member.1.Value=v%201%26%3D"))
        #expect(try IAM.service.codec.decodeRequest(IAM.CreateRole.self, from: message.body).tags == tags)
        let none = IAM.CreateRole(roleName: "r", assumeRolePolicyDocument: "{}", tags: [])
        #expect(text(try IAM.service.codec.encodeRequest(none)).hasSuffix("&Tags=&Version=2010-05-08"))
    }

    @Test("a missing member is named, its neighbours' values are not")
    func missingMember() {
        #expect(throws: DecodingError.self) {
            try IAM.service.codec.decodeRequest(IAM.GetRole.self, from: Array("Action=GetRole&Version=2010-05-08".utf8))
        }
    }

    static let errors: [(headers: HTTPFields, body: String, code: String?, message: String)] = [
        (
            [:], #"{"__type":"com.amazonaws.codebuild#InvalidInputException","message":"no"}"#, "InvalidInputException",
            "no"
        ),
        ([:], #"{"__type":"ResourceNotFoundException","Message":"gone"}"#, "ResourceNotFoundException", "gone"),
        ([.amznErrorType: "AccessDeniedException:http://internal.amazon.com/x/"], "{}", "AccessDeniedException", ""),
        ([.amznErrorType: "a.b#Throttling:http://x/"], #"{"__type":"Other"}"#, "Throttling", ""),
        (
            [:],
            """
            <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
              <Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no &quot;role&quot;</Message></Error>
              <RequestId>r-1</RequestId>
            </ErrorResponse>
            """, "NoSuchEntity", "no \"role\""
        ),
        ([:], "<Response><Errors><Error><Code>X</Code></Error></Errors><RequestID>r-1</RequestID></Response>", "X", ""),
        ([:], "<html><body>502 Bad Gateway</body></html>", nil, ""), ([:], "", nil, ""), ([:], "[1]", nil, ""),
        ([:], #"{"__type":"","message":{"a":1}}"#, nil, ""),
    ]

    @Test("an error is read wherever its code stands", arguments: errors.indices)
    func readsError(_ index: Int) {
        let row = Self.errors[index]
        for service in [CodeBuild.service, IAM.service] {
            let error = service.codec.decodeError(headers: row.headers, body: Array(row.body.utf8))
            #expect(error.code == row.code)
            #expect(error.message == row.message)
            if row.body.contains("r-1") { #expect(error.requestID == "r-1") }
        }
    }

    @Test("a request that names no service of ours has no route")
    func noRoute() {
        #expect(AWSService.route(headers: [.amzTarget: "DynamoDB_20120810.ListTables"], body: []) == nil)
        let form = HTTPFields([HTTPField(name: .contentType, value: "application/x-www-form-urlencoded")])
        #expect(AWSService.route(headers: form, body: Array("Action=A&Version=1999-01-01".utf8)) == nil)
        #expect(AWSService.route(headers: [:], body: Array("Action=GetRole&Version=2010-05-08".utf8)) == nil)
        let found = AWSService.route(headers: form, body: Array("Version=2011-06-15&Action=GetCallerIdentity".utf8))
        #expect(found?.service.id == "sts")
    }
}
