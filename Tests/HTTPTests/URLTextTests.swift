import Core
import Testing

@testable import HTTP

@Suite("URLs")
struct URLTextTests {
    @Test(
        "parts",
        arguments: [
            ("https://registry-1.docker.io/v2/", "https", "registry-1.docker.io", 443, "/v2/", nil),
            ("http://127.0.0.1:5080", "http", "127.0.0.1", 5080, "/", nil),
            ("https://[::1]:8443/a%20b?x=1#f", "https", "::1", 8443, "/a%20b", "x=1"),
            ("HTTPS://Example.COM?q", "https", "example.com", 443, "/", "q"),
        ] as [(String, String, String, Int, String, String?)])
    func parts(url: String, scheme: String, host: String, port: Int, path: String, query: String?) throws {
        let parts = try #require(URLText.parts(url))
        #expect((parts.scheme, parts.host, parts.effectivePort, parts.path) == (scheme, host, port, path))
        #expect(parts.query == query)
    }

    @Test("no URL", arguments: ["", "ftp://x/", "https://", "https://user:pw@host/", "/path", "http://h:99999/"])
    func none(text: String) {
        #expect(URLText.parts(text) == nil)
    }

    @Test(
        "loopback",
        arguments: [
            ("http://localhost/", true), ("http://127.9.0.1/", true), ("http://[::1]/", true),
            ("http://localhost.example.com/", false), ("http://127.0.0.1.example.com/", false),
            ("http://10.0.0.1/", false),
        ])
    func loopback(url: String, expected: Bool) {
        #expect(URLText.parts(url)?.isLoopback == expected)
    }

    @Test("only harmless query values are shown")
    func redaction() {
        let shown = URLText.redacted("https://a/token?service=r&scope=x:pull&account=me&Signature=abc")
        #expect(shown == "https://a/token?service=r&scope=x:pull&account=REDACTED&Signature=REDACTED")
    }
}

@Suite("Proxies")
struct NetworkSettingsTests {
    static func settings(_ variables: [String: String]) throws -> NetworkSettings {
        try NetworkSettings(EnvironmentVariables(variables))
    }

    @Test(
        "which proxy",
        arguments: [
            ("https://a.example.com/", ["HTTPS_PROXY": "http://p:3128"], "p:3128"),
            ("http://a.example.com/", ["HTTPS_PROXY": "http://p:3128"], nil),
            ("http://a.example.com/", ["HTTP_PROXY": "http://p:3128"], nil),
            ("http://a.example.com/", ["http_proxy": "p:1"], "p:1"),
            ("https://a.example.com/", ["ALL_PROXY": "http://u:s@p"], "p:8080"),
            ("https://a.example.com/", ["HTTPS_PROXY": "http://p:1", "NO_PROXY": ".example.com"], nil),
            ("https://example.com/", ["HTTPS_PROXY": "http://p:1", "NO_PROXY": "example.com:443"], nil),
            ("https://example.com/", ["HTTPS_PROXY": "http://p:1", "NO_PROXY": "example.com:8443, b"], "p:1"),
            ("https://notexample.com/", ["HTTPS_PROXY": "http://p:1", "NO_PROXY": "example.com"], "p:1"),
            ("https://127.0.0.1/", ["HTTPS_PROXY": "http://p:1"], nil),
            ("https://a/", ["HTTPS_PROXY": "http://p:1", "no_proxy": "*"], nil),
        ] as [(String, [String: String], String?)])
    func choice(url: String, variables: [String: String], expected: String?) throws {
        let parts = try #require(URLText.parts(url))
        #expect(try Self.settings(variables).proxy(for: parts).map { "\($0.host):\($0.port)" } == expected)
    }

    @Test("a proxy that is itself spoken to over TLS is refused, not ignored")
    func refused() {
        #expect(throws: UnthrottleError.self) { try Self.settings(["HTTPS_PROXY": "https://p:1"]) }
    }
}
