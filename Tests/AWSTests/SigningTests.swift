import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Testing

@testable import AWS

@Suite struct SigningTests {
    @Test(
        "a timestamp is written and read back, leap days and the years before 1970 too",
        arguments: [
            (0.0, "19700101T000000Z"), (951_782_400, "20000229T000000Z"), (1_440_938_160.9, "20150830T123600Z"),
            (-1, "19691231T235959Z"), (4_107_542_399, "21000228T235959Z"), (4_107_542_400, "21000301T000000Z"),
            (1_709_164_800, "20240229T000000Z"),
        ])
    func timestamps(_ seconds: Double, _ text: String) {
        #expect(SigV4.timestamp(Date(timeIntervalSince1970: seconds)) == text)
        #expect(SigV4.date(text) == Date(timeIntervalSince1970: seconds.rounded(.down)))
    }

    @Test(
        "what is no timestamp is none",
        arguments: ["", "20150830", "20150830T123600", "2015-08-30T12:36Z", "20151330T123600Z"])
    func noTimestamp(_ text: String) { #expect(SigV4.date(text) == nil) }

    @Test(
        "paths are normalised and encoded again for all services but S3",
        arguments: [
            ("", "/", "/"), ("/a/./b/../c/", "/a/c/", "/a/./b/../c/"), ("//a//b", "/a/b", "//a//b"),
            ("/..", "/", "/.."),
            ("/a%20b", "/a%2520b", "/a%20b"), ("/*", "/%2A", "/*"),
        ])
    func paths(_ path: String, _ standard: String, _ s3: String) {
        #expect(SigV4.canonicalPath(path, .standard) == standard)
        #expect(SigV4.canonicalPath(path, .s3) == s3)
    }

    @Test(
        "a query is sorted by its encoded names",
        arguments: [
            ("b=2&a=1", "a=1&b=2"), ("a=%2f&a=", "a=&a=%2F"), ("flag", "flag="), ("a=1=2", "a=1%3D2"), ("", ""),
            ("a+b=c", "a%2Bb=c"),
        ])
    func queries(_ query: String, _ canonical: String) { #expect(SigV4.canonicalQuery(query) == canonical) }

    @Test(
        "an Authorization header of another kind, or half of one, is none",
        arguments: [
            "", "Bearer x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=AK/20150830/r/s/aws4_request",
            "AWS4-HMAC-SHA256 Credential=AK/20150830/r/s, SignedHeaders=host, Signature=x",
            "AWS4-HMAC-SHA256 Credential=AK/20150830/r/s/aws3, SignedHeaders=host, Signature=x",
        ])
    func noAuthorization(_ header: String) { #expect(SigV4.Authorization(header) == nil) }

    @Test("the parts of an Authorization header may be apart or together")
    func authorizationBlanks() {
        let together =
            "AWS4-HMAC-SHA256 Credential=A/K/20150830/r/s/aws4_request,SignedHeaders=host;x-amz-date,Signature=ab"
        let header = SigV4.Authorization(together)
        #expect(header?.accessKeyID == "A/K")
        #expect(header?.signedHeaders == ["host", "x-amz-date"])
        #expect(header == header.flatMap { SigV4.Authorization($0.description) })
    }

    @Test("a key that is kept is not used for other credentials, Regions or days")
    func keptKey() throws {
        let signer = RequestSigner()
        func signature(_ secret: String, _ region: String, _ seconds: Double, by signer: RequestSigner) throws
            -> String?
        {
            let credentials = AWSCredentials(accessKeyID: "AK", secretAccessKey: Secret(secret))
            return try signer.sign(
                WebRequest(.post, "https://x.example:8443/"), service: "s", region: region, credentials: credentials,
                at: Date(timeIntervalSince1970: seconds)
            ).headers[.authorization]
        }
        for (secret, region, seconds) in [
            ("a", "r", 0.0), ("b", "r", 0), ("b", "q", 0), ("b", "q", 86_400), ("b", "q", 86_401),
        ] {
            #expect(
                try signature(secret, region, seconds, by: signer)
                    == signature(secret, region, seconds, by: RequestSigner()))
        }
    }

    @Test("signing again replaces the signature and drops an old session token")
    func signedAgain() throws {
        let signer = RequestSigner()
        func sign(_ request: WebRequest, token: String?) throws -> WebRequest {
            try signer.sign(
                request, service: "s", region: "r",
                credentials: AWSCredentials(
                    accessKeyID: "AK", secretAccessKey: Secret("s"), sessionToken: token.map { Secret($0) }),
                at: Date(timeIntervalSince1970: 0))
        }
        let bare = WebRequest(.post, "https://x.example/")
        let again = try sign(try sign(bare, token: "t"), token: nil)
        #expect(again.headers == (try sign(bare, token: nil)).headers)
    }
}
