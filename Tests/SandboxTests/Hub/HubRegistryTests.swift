import Core
import FoundationEssentials
import HTTPTypes
import Registry
import TestSupport
import Testing

@testable import Sandbox

@Suite("The hub's registry and its pull limit")
struct HubRegistryTests {
    let fixture = HubFixture()

    @Test("HEAD is free and says what is left; GET counts one; over the limit it is 429 with Docker Hub's words")
    func anonymousLimit() throws {
        let token = try fixture.token()
        for _ in 0..<5 {
            let head = fixture.manifest(.head, token: token)
            #expect(head.status == 200)
            #expect(head["ratelimit-limit"] == "2;w=21600")
            #expect(head["ratelimit-remaining"] == "2;w=21600")
            #expect(head["docker-ratelimit-source"] == "127.0.0.1")
        }
        #expect(fixture.manifest(token: token)["ratelimit-remaining"] == "1;w=21600")
        #expect(fixture.manifest(token: token)["ratelimit-remaining"] == "0;w=21600")
        let refused = fixture.manifest(token: token)
        #expect(refused.status == 429)
        #expect(refused["ratelimit-remaining"] == "0;w=21600")
        #expect(refused["retry-after"] == nil)
        #expect(
            String(decoding: refused.body, as: UTF8.self)
                == #"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"}]}"#
                + "\n")
        let head = fixture.manifest(.head, token: token)
        #expect(head.status == 200)
        #expect(head["ratelimit-remaining"] == "0;w=21600")
        #expect(fixture.counts.anonymousPulls == 2)
        #expect(fixture.counts.heads == 6)
        #expect(fixture.counts.throttled == 1)
    }

    @Test("Each address has its own limit, and the window rolls")
    func addressesAndWindow() throws {
        for _ in 0..<2 { #expect(fixture.manifest(token: try fixture.token()).status == 200) }
        #expect(fixture.manifest(token: try fixture.token()).status == 429)
        #expect(fixture.manifest(token: try fixture.token(), from: "127.0.0.2").status == 200)
        fixture.time.advance(by: 21600)
        #expect(fixture.manifest(token: try fixture.token()).status == 200)
    }

    @Test("An account has its own limit wherever it pulls from; its refusal names it and the token's identifier")
    func accountLimit() throws {
        let token = try fixture.token("library/busybox", HubFixture.account)
        for left in (0..<5).reversed() {
            let answer = fixture.manifest(token: token, from: "127.0.0.\(left + 1)")
            #expect(answer["ratelimit-remaining"] == "\(left);w=21600")
            #expect(answer["docker-ratelimit-source"] == HubFixture.account.id)
        }
        let refused = fixture.manifest(token: token)
        #expect(refused.status == 429)
        let claims = try #require(fixture.hub.tokens.claims(of: token, at: fixture.time.keeper.now()))
        #expect(
            try refused.refusal == [
                "TOOMANYREQUESTS",
                "You have reached your pull rate limit as 'builder': \(claims.jti). You may increase the limit by upgrading. "
                    + "https://www.docker.com/increase-rate-limit",
            ])
        #expect(fixture.manifest(token: try fixture.token()).status == 200)
        #expect(fixture.counts.accountPulls == ["builder": 5])
    }

    @Test("An account without a limit sends its UUID and no counts")
    func unlimited() throws {
        let token = try fixture.token("library/busybox", HubFixture.paid)
        for _ in 0..<20 { #expect(fixture.manifest(token: token).status == 200) }
        let head = fixture.manifest(.head, token: token)
        #expect(UUID(uuidString: head["docker-ratelimit-source"] ?? "") != nil)
        #expect(head["ratelimit-limit"] == nil)
        #expect(head["ratelimit-remaining"] == nil)
    }

    @Test("Where a hub refuses HEAD too, what is left cannot be read any more")
    func throttledHead() throws {
        let fixture = HubFixture(anonymous: 0, throttlesHeads: true)
        #expect(fixture.manifest(.head, token: try fixture.token()).status == 429)
        #expect(fixture.manifest(.head, token: try fixture.token("library/busybox", HubFixture.account)).status == 200)
    }

    @Test("A manifest carries its digest three times: header, ETag and bytes; If-None-Match is 304 and still a pull")
    func manifest() throws {
        let token = try fixture.token()
        let answer = fixture.manifest(token: token)
        let digest = Digest.of(answer.body).description
        #expect(answer["docker-content-digest"] == digest)
        #expect(answer["etag"] == "\"\(digest)\"")
        #expect(answer["content-type"] == MediaType.ociIndex)
        let same = fixture.ask(
            .get, "/v2/library/busybox/manifests/\(digest)",
            [.authorization: "Bearer \(token)", .ifNoneMatch: "\"\(digest)\""])
        #expect(same.status == 304)
        #expect(same.body.isEmpty)
        #expect(same["ratelimit-remaining"] == "0;w=21600")
    }

    @Test("An unknown tag is told apart and counts nothing")
    func unknownTag() throws {
        let answer = fixture.manifest(.get, "library/busybox", "nope", token: try fixture.token())
        #expect(answer.status == 404)
        #expect(try answer.refusal == ["MANIFEST_UNKNOWN", "manifest unknown"])
        #expect(fixture.manifest(.head, token: try fixture.token())["ratelimit-remaining"] == "2;w=21600")
    }

    @Test("The image for reading the quota is there, without an index")
    func previewImage() throws {
        let answer = fixture.manifest(.head, "ratelimitpreview/test", token: try fixture.token("ratelimitpreview/test"))
        #expect(answer.status == 200)
        #expect(answer["content-type"] == MediaType.ociManifest)
    }

    @Test("A blob is a redirect to a signed link that takes no Authorization, serves ranges and ends")
    func blobs() throws {
        let stored = try #require(ImageLibrary.standard.repositories["library/busybox"])
        let (digest, bytes) = try #require(stored.blobs.max { $0.value.count < $1.value.count })
        let bearer: HTTPFields = [.authorization: "Bearer \(try fixture.token())"]
        let redirect = fixture.ask(.get, "/v2/library/busybox/blobs/\(digest)", bearer)
        #expect(redirect.status == 307)
        let location = try #require(redirect["location"])
        #expect(location.hasPrefix("http://localhost:5080/cdn/sha256:"))
        let link = String(location.dropFirst("http://localhost:5080".count))

        #expect(fixture.ask(.get, link).body == bytes)
        #expect(fixture.ask(.get, link, bearer).status == 400)
        #expect(fixture.ask(.get, link + "0").status == 403)
        let part = fixture.ask(.get, link, [.range: "bytes=10-19"])
        #expect(part.status == 206)
        #expect(part["content-range"] == "bytes 10-19/\(bytes.count)")
        #expect(part.body == Array(bytes[10..<20]))
        let beyond = fixture.ask(.get, link, [.range: "bytes=\(bytes.count)-"])
        #expect(beyond.status == 416)
        #expect(beyond["content-range"] == "bytes */\(bytes.count)")
        fixture.time.advance(by: 1200)
        #expect(fixture.ask(.get, link).status == 403)
    }

    @Test("A blob of another repository is unknown in this one")
    func foreignBlob() throws {
        let other = try #require(ImageLibrary.standard.repositories["library/docker"]?.blobs.keys.first)
        let answer = fixture.ask(
            .get, "/v2/library/busybox/blobs/\(other)", [.authorization: "Bearer \(try fixture.token())"])
        #expect(answer.status == 404)
        #expect(try answer.refusal.first == "BLOB_UNKNOWN")
    }

    @Test("Tags come sorted and in pages")
    func tags() throws {
        let bearer: HTTPFields = [.authorization: "Bearer \(try fixture.token("library/alpine"))"]
        #expect(
            try fixture.ask(.get, "/v2/library/alpine/tags/list", bearer).json["tags"] == [
                "3", "3.20", "3.22", "latest",
            ])
        let page = fixture.ask(.get, "/v2/library/alpine/tags/list?n=2&last=3", bearer)
        #expect(try page.json["tags"] == ["3.20", "3.22"])
        #expect(page["link"] == #"</v2/library/alpine/tags/list?last=3.22&n=2>; rel="next""#)
        #expect(try fixture.ask(.get, "/v2/library/alpine/tags/list?n=0", bearer).json["tags"] == [])
    }

    @Test(
        "Other paths and methods",
        arguments: [
            (.get, "/", 404), (.get, "/v2", 401), (.get, "/v2/busybox/manifests/", 404), (.get, "/v1/_ping", 404),
            (.get, "/cdn/sha256:0", 403), (.get, "/_sandbox/hub", 200), (.delete, "/token", 405),
        ] as [(HTTPRequest.Method, String, Int)])
    func others(method: HTTPRequest.Method, target: String, status: Int) {
        #expect(fixture.ask(method, target).status == status)
    }

    @Test("Nothing is written, with the right to pull or without")
    func readOnly() throws {
        let bearer: HTTPFields = [.authorization: "Bearer \(try fixture.token())"]
        #expect(fixture.ask(.put, "/v2/library/busybox/manifests/latest", bearer).status == 405)
        #expect(fixture.ask(.put, "/v2/library/busybox/manifests/latest").status == 401)
    }
}
