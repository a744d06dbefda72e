import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import AWS

@Suite struct S3ClientTests {
    typealias Line = ScriptedTransport.Line
    private static let read = S3.GetObject(bucket: "my-bucket", key: "k")

    private func client(_ transport: ScriptedTransport, region: String = "eu-west-3", endpoint: String? = nil)
        -> AWSClient
    {
        AWSClient(
            AWSConfiguration(region: region, endpoints: EndpointOverrides(all: endpoint)),
            credentials: ClientTests.credentials, transport: transport, time: ManualTime().keeper, dice: .seeded(1))
    }

    /// S3 with one bucket in one Region: elsewhere it answers with `refusal`.
    private func elsewhere(_ refusal: Line) -> ScriptedTransport {
        ScriptedTransport { request, _ in
            request.headers[.authorization]?.contains("/eu-central-1/s3/") == true
                ? .answer(200, [.eTag: "\"e\""], request.method == .head ? "" : "text") : refusal
        }
    }

    @Test("a bucket of another Region is asked for there, and from then on at once")
    func redirected() async throws {
        let moved = "<Error><Code>PermanentRedirect</Code><Endpoint>x</Endpoint></Error>"
        let malformed = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-central-1</Region></Error>"
        let field: HTTPFields = [.amzBucketRegion: "eu-central-1"]
        for refusal in [Line.answer(301, field, moved), .answer(400, [:], malformed), .answer(301, field, "")] {
            let transport = elsewhere(refusal)
            let client = client(transport)
            #expect(try await client.call(Self.read).body == Data("text".utf8))
            #expect(
                transport.requests.map(\.url) == [
                    "https://my-bucket.s3.eu-west-3.amazonaws.com/k",
                    "https://my-bucket.s3.eu-central-1.amazonaws.com/k",
                ])
            #expect(try await client.call(S3.HeadObject(bucket: "my-bucket", key: "k")).eTag == "\"e\"")
            #expect(transport.requests.count == 3)
        }
    }

    @Test("an own endpoint stays; only the signature's Region changes")
    func redirectedBelowOwnEndpoint() async throws {
        let transport = elsewhere(.answer(301, [.amzBucketRegion: "eu-central-1"]))
        _ = try await client(transport, endpoint: "http://127.0.0.1:9").call(Self.read)
        #expect(transport.requests.map(\.url) == Array(repeating: "http://127.0.0.1:9/my-bucket/k", count: 2))
    }

    @Test(
        "a redirection that leads in a circle, to no Region or out of the partition ends",
        arguments: ["eu-west-3", "evil.example/", "cn-north-1", ""])
    func lost(_ region: String) async throws {
        let transport = ScriptedTransport { _, _ in .answer(301, [.amzBucketRegion: region]) }
        let error = await #expect(throws: AWSError.self) { try await self.client(transport).call(Self.read) }
        #expect(error?.code == "HTTP301")
        #expect(transport.requests.count == 1)
    }

    @Test("a refusal without a body is read by its status, one with a body by its code")
    func refusals() async throws {
        let head = await #expect(throws: AWSError.self) {
            try await self.client(ScriptedTransport([.answer(404)])).call(S3.HeadObject(bucket: "my-bucket", key: "k"))
        }
        #expect(head?.isNotFound == true)
        let body =
            "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code><Message>no</Message><RequestId>r</RequestId></Error>"
        let get = await #expect(throws: AWSError.self) {
            try await self.client(ScriptedTransport([.answer(404, [:], body)])).call(Self.read)
        }
        #expect(get?.code == "NoSuchKey")
        #expect(get?.message == "no")
        #expect(get?.requestID == "r")
        #expect(get?.isNotFound == true)
        let unchanged = await #expect(throws: AWSError.self) {
            try await self.client(ScriptedTransport([.answer(304)])).call(Self.read)
        }
        #expect(unchanged?.status == 304)
    }

    @Test("a written object goes out with its CRC-32, by TLS without a second hash")
    func checksums() async throws {
        let transport = ScriptedTransport([.answer(200), .answer(200), .answer(200)])
        let put = S3.PutObject(bucket: "my-bucket", key: "k", body: Data("hello".utf8))
        _ = try await client(transport).call(put)
        var other = put
        other.checksumAlgorithm = "CRC64NVME"
        _ = try await client(transport, endpoint: "http://127.0.0.1:9").call(other)
        var own = put
        own.checksumSHA256 = "given"
        _ = try await client(transport).call(own)
        let sent = transport.requests.map(\.headers)
        #expect(sent[0][ObjectChecksum.crc32.field] == "NhCmhg==")
        #expect(sent[0][.amzContentSHA256] == "UNSIGNED-PAYLOAD")
        #expect(sent[0][.authorization]?.contains("x-amz-checksum-crc32") == true)
        #expect(sent[1][ObjectChecksum.crc64nvme.field] == "M3eFcAZSQlc=")
        #expect(sent[1][.amzContentSHA256] == SigV4.payloadHash(Array("hello".utf8)))
        #expect(sent[2][ObjectChecksum.crc32.field] == nil)
        #expect(sent[2][ObjectChecksum.sha256.field] == "given")
        var strange = put
        strange.checksumAlgorithm = "MD17"
        await #expect(throws: UnthrottleError.self) { try await self.client(transport).call(strange) }
    }

    @Test(
        "checksums as their specifications have them of 123456789",
        arguments: [
            (ObjectChecksum.crc32, "y/Q5Jg=="), (.crc32c, "4waSgw=="), (.crc64nvme, "rosUhgp5mIg="),
            (.sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="), (.sha256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
        ])
    func knownChecksums(_ checksum: ObjectChecksum, _ text: String) {
        #expect(checksum.text(Array("123456789".utf8)) == text)
    }

    @Test("an object that is not what its checksum says is read again, and refused when it stays so")
    func damaged() async throws {
        let field: HTTPFields = [ObjectChecksum.crc32.field: "NhCmhg=="]
        let mended = ScriptedTransport([.answer(200, field, "hallo"), .answer(200, field, "hello")])
        #expect(try await client(mended).call(Self.read).body == Data("hello".utf8))
        let stays = ScriptedTransport { _, _ in .answer(200, field, "hallo") }
        await #expect(throws: TransportError.self) { try await self.client(stays).call(Self.read) }
        // A checksum of the parts' checksums says nothing of the whole.
        let parts = ScriptedTransport([.answer(200, [ObjectChecksum.crc32.field: "NhCmhg==-2"], "hallo")])
        #expect(try await client(parts).call(Self.read).body == Data("hallo".utf8))
    }

    @Test("a write with a condition is not repeated when its answer is lost, one without is")
    func conditions() async throws {
        let put = S3.PutObject(bucket: "my-bucket", key: "k")
        let transport = ScriptedTransport([ClientTests.lost, .answer(200)])
        _ = try await client(transport).call(put)
        #expect(transport.requests.count == 2)
        var conditional = put
        conditional.ifNoneMatch = "*"
        let once = ScriptedTransport([ClientTests.lost, .answer(200)])
        await #expect(throws: OutcomeUnknown.self) { try await self.client(once).call(conditional) }
        #expect(once.requests.count == 1)
    }

    @Test("a list comes whole, its keys as they are")
    func lists() async throws {
        func page(_ contents: String, _ token: String?) -> Line {
            let next = token.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
            return .answer(
                200, [:],
                "<ListBucketResult><EncodingType>url</EncodingType><Prefix>a</Prefix>\(contents)\(next)</ListBucketResult>"
            )
        }
        let transport = ScriptedTransport([
            page("<Contents><Key>a+b%2Bc</Key><Size>3</Size></Contents><Contents><Key>a%0A%01</Key></Contents>", "t/1"),
            page("", "t2"), page("<Contents><Key>a%25/%C3%A9</Key></Contents>", nil),
        ])
        let objects = try await client(transport).objects(in: "my-bucket", prefix: "a")
        #expect(objects.map(\.key) == ["a b+c", "a\n\u{1}", "a%/é"])
        #expect(objects.first?.size == 3)
        #expect(
            transport.requests[1].url.hasSuffix("/?continuation-token=t%2F1&encoding-type=url&list-type=2&prefix=a"))
    }

    @Test("a presigned URL lives between a second and a week, and is never shown", arguments: [0, -1, 604_801])
    func lifetimes(_ seconds: Int) async throws {
        let client = client(ScriptedTransport([]))
        await #expect(throws: UnthrottleError.self) { try await client.presigned(Self.read, seconds: seconds) }
        let fine = try await client.presigned(Self.read, seconds: 60)
        #expect(!"\(fine)".contains("Signature=") && fine.url.reveal().contains("X-Amz-Signature="))
    }

    @Test(
        "what S3 is asked for is told by method, path and query",
        arguments: [
            ("GET", "/k?x-id=GetObject", "GetObject"), ("GET", "/?list-type=2&prefix=a", "ListObjectsV2"),
            ("PUT", "/a/b", "PutObject"), ("HEAD", "/k?versionId=1", "HeadObject"), ("DELETE", "/k", "DeleteObject"),
            ("GET", "/k?X-Amz-Expires=1&X-Amz-Signature=2", "GetObject"), ("GET", "", nil), ("GET", "/?acl", nil),
            ("GET", "/k?acl", nil), ("POST", "/k?uploads", nil), ("PUT", "/k?partNumber=1&uploadId=2", nil),
            ("PUT", "/", nil),
        ])
    func routes(_ method: String, _ target: String, _ name: String?) {
        #expect(S3.operation(method, target: target).map { $0.name } == name)
    }
}
