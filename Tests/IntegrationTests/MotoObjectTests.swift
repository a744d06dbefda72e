import AWS
import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Testing

/// What the sandbox has no service for, against moto alone: the outcomes are those that AWS's API references promise.
@Suite("S3 and ECR against moto")
struct MotoObjectTests {
    private static func code(_ work: () async throws -> some Sendable) async throws -> String {
        do {
            _ = try await work()
            return "done"
        } catch let error as AWSError {
            return error.code
        }
    }

    @Test(
        "objects are written under conditions, read, listed page by page and deleted",
        .enabled(if: MotoServer.isThere, MotoServer.missing))
    func objects() async throws {
        try await MotoServer.with { url in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                let aws = MotoServer.client(url, transport)
                func put(_ key: String, _ text: String, ifMatch: String? = nil, ifNoneMatch: String? = nil) async throws
                    -> S3.PutObject.Output
                {
                    try await aws.call(
                        S3.PutObject(
                            bucket: "specs", key: key, body: Data(text.utf8), ifMatch: ifMatch, ifNoneMatch: ifNoneMatch
                        ))
                }
                #expect(try await Self.code { try await put("a", "x") } == "NoSuchBucket")
                // The client makes no buckets; moto takes a plain request for one.
                let made = try await transport.fetch(WebRequest(.put, "\(url)/specs"))
                #expect(made.status == 200)

                // Names that a path and a query must both carry.
                let key = "dir/a b+c&d=é?#%25.yml"
                let first = try await put(key, "one", ifNoneMatch: "*")
                let tag = try #require(first.eTag)
                #expect(try await Self.code { try await put(key, "two", ifNoneMatch: "*") } == "PreconditionFailed")
                let read = try await aws.call(S3.GetObject(bucket: "specs", key: key))
                #expect(read.body == Data("one".utf8))
                #expect(read.eTag == tag)
                let head = try await aws.call(S3.HeadObject(bucket: "specs", key: key))
                #expect(head.contentLength == 3 && head.eTag == tag)
                _ = try await put(key, "three", ifMatch: tag)
                #expect(try await Self.code { try await put(key, "four", ifMatch: tag) } == "PreconditionFailed")
                #expect(try await aws.call(S3.GetObject(bucket: "specs", key: key)).body == Data("three".utf8))

                let names = (0..<7).map { "many/\($0) +%" }
                for name in names { _ = try await put(name, "x") }
                var (pages, token) = ([[String]](), String?.none)
                repeat {
                    let page = try await aws.call(
                        S3.ListObjectsV2(
                            bucket: "specs", maxKeys: 3, prefix: "many/", continuationToken: token)
                    )
                    pages.append(page.contents.compactMap(\.key))
                    token = page.nextContinuationToken
                } while token != nil
                #expect(pages.map(\.count) == [3, 3, 1])
                #expect(pages.flatMap(\.self) == names)
                #expect(Set(try await aws.objects(in: "specs", prefix: "many/").compactMap(\.key)) == Set(names))
                #expect(try await aws.objects(in: "specs", prefix: "dir/").compactMap(\.key) == [key])

                _ = try await aws.call(S3.DeleteObject(bucket: "specs", key: key))
                _ = try await aws.call(S3.DeleteObject(bucket: "specs", key: key))
                #expect(
                    try await Self.code { try await aws.call(S3.GetObject(bucket: "specs", key: key)) } == "NoSuchKey")
            }
        }
    }

    @Test(
        "a repository's policy is set, read and deleted, and a token is handed out",
        .enabled(if: MotoServer.isThere, MotoServer.missing))
    func repositories() async throws {
        try await MotoServer.with { url in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                let aws = MotoServer.client(url, transport)
                func read() async throws -> ECR.GetRepositoryPolicy.Output {
                    try await aws.call(ECR.GetRepositoryPolicy(repositoryName: "web"))
                }
                #expect(try await Self.code(read) == "RepositoryNotFoundException")
                let target = try #require(HTTPField.Name("X-Amz-Target"))
                // The client makes no repositories; moto takes an unsigned request for one.
                let made = try await transport.fetch(
                    WebRequest(
                        .post, url + "/",
                        headers: [
                            .contentType: "application/x-amz-json-1.1",
                            target: "AmazonEC2ContainerRegistry_V20150921.CreateRepository",
                            .authorization: "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/ecr/aws4_request",
                        ], body: Array(#"{"repositoryName":"web"}"#.utf8)))
                #expect(made.status == 200)
                #expect(try await Self.code(read) == "RepositoryPolicyNotFoundException")
                let policy =
                    #"{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":"*","#
                    + #""Action":["ecr:BatchGetImage"]}]}"#
                _ = try await aws.call(ECR.SetRepositoryPolicy(repositoryName: "web", policyText: policy))
                #expect(try JSON(parsing: try await read().policyText ?? "") == JSON(parsing: policy))
                _ = try await aws.call(ECR.DeleteRepositoryPolicy(repositoryName: "web"))
                #expect(try await Self.code(read) == "RepositoryPolicyNotFoundException")
                let token = try await aws.call(ECR.GetAuthorizationToken()).authorizationData.first
                let login = Data(base64Encoded: token?.authorizationToken?.reveal() ?? "")
                #expect(login.map { String(decoding: $0, as: UTF8.self).hasPrefix("AWS:") } == true)
                #expect(token?.proxyEndpoint?.hasPrefix("https://") == true)
            }
        }
    }
}
