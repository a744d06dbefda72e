import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import Registry

@Suite("The registry client")
struct RegistryClientTests {
    let alpine = "library/alpine"
    let me = Credential(username: "me", password: Secret("right"))

    @Test("a token is got once a scope and identity, and again when it has expired")
    func tokens() async throws {
        let (hub, time) = (ScriptedHub(), ManualTime())
        hub.putImage(alpine, "3", layers: ["a"])
        let transport = hub.transport
        let client = RegistryClient(transport, time)
        let reference = try ImageReference("alpine:3")
        _ = try await client.headManifest(reference)
        _ = try await client.headManifest(reference)
        #expect(
            transport.log == [
                "HEAD /v2/library/alpine/manifests/3", "GET token", "HEAD /v2/library/alpine/manifests/3",
                "HEAD /v2/library/alpine/manifests/3",
            ])
        _ = try await client.headManifest(reference, as: me)
        time.advance(by: 291)
        _ = try await client.headManifest(reference)
        #expect(transport.log.count { $0 == "GET token" } == 3)
        let asked = try #require(transport.requests.first { $0.url.hasPrefix(ScriptedHub.realm) })
        #expect(
            asked.url
                == "https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Falpine%3Apull")
        #expect(asked.headers[.authorization] == nil)
    }

    @Test("many who ask at once wait for one token")
    func singleFlight() async throws {
        let hub = ScriptedHub()
        hub.putImage(alpine, "3", layers: ["a"])
        let transport = hub.transport
        let client = RegistryClient(transport)
        let reference = try ImageReference("alpine:3")
        _ = try await client.headManifest(reference)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await client.headManifest(reference, as: me) } }
            try await group.waitForAll()
        }
        #expect(transport.log.count { $0 == "GET token" } == 2)
    }

    @Test("a wrong login is told with the hub's words, and never sent twice")
    func wrongLogin() async throws {
        let hub = ScriptedHub()
        let transport = hub.transport
        let client = RegistryClient(transport)
        let wrong = Credential(username: "me", password: Secret("wrong-password"))
        for _ in 0..<3 {
            do {
                try await client.ping(as: wrong)
                Issue.record("the wrong login was taken")
            } catch let error as RegistryError {
                #expect(error.kind == .unauthorized)
                #expect(error.words == "incorrect username or password")
                #expect(error.forPeople.code == .credentials)
                #expect(!"\(error.forPeople)\(error.forPeople.hint ?? "")".contains("wrong-password"))
            }
        }
        #expect(transport.log.count { $0 == "GET token" } == 1)
        try await client.ping(as: me)
    }

    @Test("a realm at another host gets nothing")
    func foreignRealm() async throws {
        let transport = ScriptedTransport([
            .answer(401, [.wwwAuthenticate: #"Bearer realm="https://evil.example/token""#])
        ])
        #expect(await kind { try await RegistryClient(transport).ping(as: me) } == .foreignRealm)
        #expect(transport.requests.count == 1)
    }

    @Test("an identity token is traded by POST")
    func identityToken() async throws {
        let transport = ScriptedTransport { request, _ in
            if request.method == .post { return .answer(200, [:], #"{"access_token":"t-x"}"#) }
            return ScriptedHub().answer(request)
        }
        try await RegistryClient(transport).ping(as: Credential(username: "<token>", password: Secret("r&1")))
        let post = try #require(transport.requests.first { $0.method == .post })
        #expect(
            String(decoding: post.body, as: UTF8.self)
                == "grant_type=refresh_token&service=registry.docker.io&client_id=docker&refresh_token=r%261")
        #expect(post.carriesSecret)
    }

    @Test("a registry that wants the password itself gets it, and a refusal is a wrong login")
    func basic() async throws {
        let challenge: HTTPFields = [.wwwAuthenticate: #"Basic realm="x""#]
        let good = ScriptedTransport([.answer(401, challenge), .answer(200)])
        try await RegistryClient(good).ping(ImageReference.Host("registry.example.com"), as: me)
        #expect(good.requests.last?.headers[.authorization] == "Basic bWU6cmlnaHQ=")
        #expect(good.requests.first?.url == "https://registry.example.com/v2/")
        let bad = ScriptedTransport([.answer(401, challenge), .answer(401, challenge)])
        #expect(
            await kind { try await RegistryClient(bad).headManifest(ImageReference("registry.example.com/x"), as: me) }
                == .unauthorized)
    }

    @Test("a private image without a login is refused without end")
    func denied() async throws {
        let transport = ScriptedTransport { request, earlier in
            request.url.hasPrefix(ScriptedHub.realm)
                ? .answer(200, [:], #"{"token":"t-x"}"#)
                : earlier.isEmpty
                    ? ScriptedHub().answer(request)
                    : .answer(401, [:], #"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#)
        }
        #expect(
            await kind { try await RegistryClient(transport).manifest(ImageReference("corp/private:1")) } == .denied)
        #expect(transport.requests.count == 3)
    }

    @Test(
        "what is asked again, and what is not",
        arguments: [
            ([.answer(503), .answer(502), .answer(200)], nil, 2),
            (
                [.fail(TransportError(.connectionLost, "x")), .fail(TransportError(.notConnected, "x")), .answer(200)],
                nil, 2
            ),
            ([.answer(500), .answer(500), .answer(500), .answer(500), .answer(200)], .unavailable, 3),
            ([.fail(TransportError(.malformed, "x")), .answer(200)], .malformed, 0),
            ([.answer(429, [.retryAfter: "7"], "slow"), .answer(200)], nil, 1),
            ([.answer(429, [.retryAfter: "3600"]), .answer(200)], .throttled(.abuseLimit, retryAfter: 3600), 0),
            ([.answer(429), .answer(200)], .throttled(.ambiguous, retryAfter: nil), 0),
            (
                [.answer(429, [.retryAfter: "1"], "toomanyrequests: \(ThrottleTextTests.anonymous)"), .answer(200)],
                .throttled(.pullLimit(.anonymous), retryAfter: 1), 0
            ),
            ([.answer(429, [.retryAfter: "1"], "too many failed login attempts"), .answer(200)], .loginLocked, 0),
            ([.answer(404), .answer(200)], .notFound, 0),
            ([.answer(403), .answer(200)], .denied, 0),
        ] as [([ScriptedTransport.Line], RegistryError.Kind?, Int)])
    func retry(_ lines: [ScriptedTransport.Line], _ expected: RegistryError.Kind?, _ waits: Int) async throws {
        let time = ManualTime()
        let transport = ScriptedTransport(lines)
        #expect(await kind { try await RegistryClient(transport, time).ping() } == expected)
        #expect(time.slept.count == waits)
        #expect(transport.requests.count == waits + 1)
    }

    @Test("Retry-After is waited out")
    func retryAfter() async throws {
        let time = ManualTime()
        let transport = ScriptedTransport([.answer(429, [.retryAfter: "7"], "slow"), .answer(200)])
        try await RegistryClient(transport, time).ping()
        #expect(try #require(time.slept.first) >= .seconds(7))
    }

    @Test("manifests whose bytes are not those of the digest are refused")
    func mismatch() async throws {
        let hub = ScriptedHub()
        let images = hub.putImage(alpine, "3", layers: ["a"])
        let other = Digest.of(Array("other".utf8))
        let transport = hub.transport
        let client = RegistryClient(transport)
        let answer = try await client.manifest(ImageReference("alpine:3"))
        #expect(answer.manifest.digest == images.index)
        #expect(answer.manifest.mediaType == MediaType.ociIndex)
        #expect(transport.requests.last?.headers[values: .accept] == MediaType.manifests)
        hub.put(.init(body: #"{"manifests":[]}"#), at: "\(alpine)/manifests/\(other)")
        #expect(
            await kind { try await client.manifest(ImageReference("alpine:3").pinned(to: other)) } == .digestMismatch)
    }

    @Test("the challenge tells the address that anonymous pulls are counted to")
    func address() async throws {
        let source = try #require(HTTPField.Name("docker-ratelimit-source"))
        let transport = ScriptedTransport([.answer(401, [source: "192.0.2.1"])])
        #expect(try await RegistryClient(transport).anonymousSource() == .address("192.0.2.1"))
    }

    @Test("the quota is read by HEAD, of another image where the hub lacks its own, and shows who is counted")
    func quota() async throws {
        let headers = [
            ("ratelimit-limit", "200;w=21600"), ("ratelimit-remaining", "150;w=21600"),
            ("docker-ratelimit-source", QuotaTests.uuid),
        ]
        let hub = ScriptedHub(quota: headers)
        hub.putImage(alpine, "3", layers: ["a"])
        let transport = hub.transport
        let client = RegistryClient(transport)
        #expect(await kind { try await client.readQuota(as: me) } == .notFound)
        let reading = try await client.readQuota(as: me, fallback: ImageReference("alpine:3"))
        #expect(reading.quota == Quota(limit: 200, remaining: 150, window: 21600, source: .account(QuotaTests.uuid)))
        #expect(reading.identity == .account("me"))
        #expect(reading.isCountedToAccount)
        #expect(reading.evidence == headers.map { "\($0.0): \($0.1)" })
        hub.putImage("ratelimitpreview/test", "latest", layers: ["b"])
        #expect(try await client.readQuota(as: me).image.familiar == "ratelimitpreview/test:latest")
        #expect(!transport.log.contains { $0.hasPrefix("GET /v2/") })
    }
}

@Suite("Where Docker Hub is")
struct HubEndpointTests {
    @Test(
        "a stand-in is taken on this machine or over https",
        arguments: [
            ("http://127.0.0.1:5080", "http://127.0.0.1:5080"), ("http://localhost:5080/", "http://localhost:5080"),
            ("https://hub.example", "https://hub.example"), ("http://[::1]:80", "http://[::1]"),
        ])
    func taken(_ text: String, _ url: String) throws {
        let hub = try HubEndpoint(EnvironmentVariables(["UNTHROTTLE_HUB_URL": text]))
        #expect(hub.url == url)
        #expect(hub.isStandIn)
        #expect(try hub.baseURL(of: ImageReference.Host("registry-1.docker.io")) == url)
        #expect(try hub.baseURL(of: ImageReference.Host("localhost.example.com")) == "https://localhost.example.com")
        #expect(try hub.baseURL(of: ImageReference.Host("localhost:5000")) == "http://localhost:5000")
    }

    @Test(
        "others are refused",
        arguments: [
            "http://hub.example", "http://localhost.example.com", "ftp://x", "https://hub.example/v2/",
            "https://u:p@hub.example", "hub.example",
        ])
    func refused(_ text: String) {
        #expect { try HubEndpoint(EnvironmentVariables(["UNTHROTTLE_HUB_URL": text])) } throws: {
            ($0 as? UnthrottleError)?.code == .invalidInput && !"\($0)".contains("u:p")
        }
    }

    @Test("without the variable it is Docker Hub")
    func real() throws {
        #expect(try HubEndpoint(EnvironmentVariables(["UNTHROTTLE_HUB_URL": ""])) == .dockerHub)
    }
}
