import Testing

@testable import Registry

@Suite("Challenges and realms")
struct ChallengeTests {
    @Test(
        "challenges as registries write them",
        arguments: [
            (
                #"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push""#,
                [
                    Challenge(
                        scheme: "bearer",
                        parameters: [
                            "realm": "https://auth.docker.io/token", "service": "registry.docker.io",
                            "scope": "repository:a/b:pull,push",
                        ])
                ]
            ),
            (
                #"BEARER Realm = https://x/token , service=y"#,
                [Challenge(scheme: "bearer", parameters: ["realm": "https://x/token", "service": "y"])]
            ),
            (#"Basic realm="a \"b\", c""#, [Challenge(scheme: "basic", parameters: ["realm": #"a "b", c"#])]),
            (
                #"Negotiate YII/abc==, Basic realm="x", Bearer realm="y",error="insufficient_scope""#,
                [
                    Challenge(scheme: "negotiate"), Challenge(scheme: "basic", parameters: ["realm": "x"]),
                    Challenge(scheme: "bearer", parameters: ["realm": "y", "error": "insufficient_scope"]),
                ]
            ),
            ("Basic, Bearer", [Challenge(scheme: "basic"), Challenge(scheme: "bearer")]),
            (",, Basic ,", [Challenge(scheme: "basic")]),
            (#"Bearer realm="x",realm="y""#, [Challenge(scheme: "bearer", parameters: ["realm": "x"])]),
            (#"Bearer realm="never ends"#, [Challenge(scheme: "bearer")]),
            ("", []), (" ", []), ("=x", []),
        ] as [(String, [Challenge])])
    func parse(_ field: String, _ expected: [Challenge]) {
        #expect(Challenge.parse(field) == expected)
    }

    @Test(
        "a token service of the registry's own is asked",
        arguments: [
            ("https://auth.docker.io/token", "https://registry-1.docker.io"),
            ("https://ghcr.io/token", "https://ghcr.io"),
            ("https://gitlab.com/jwt/auth", "https://registry.gitlab.com"),
            ("https://docker-auth.elastic.co/auth", "https://docker.elastic.co"),
            ("https://auth.example.co.uk/t", "https://registry.example.co.uk"),
            ("http://127.0.0.1:5080/token", "http://127.0.0.1:5080"),
            ("https://a.azurecr.io/oauth2/token", "https://a.azurecr.io"),
        ])
    func allowed(_ realm: String, _ registry: String) {
        #expect(RealmRule.allows(realm, for: registry))
    }

    @Test(
        "no login goes to a host that is not the registry's",
        arguments: [
            ("https://auth.docker.io.evil.example/token", "https://registry-1.docker.io"),
            ("https://evil.docker.io/token", "https://registry-1.docker.io"),
            ("http://auth.docker.io/token", "https://registry-1.docker.io"),
            ("https://auth.docker.io:8443/token", "https://registry-1.docker.io"),
            ("https://auth.docker.io@evil.example/token", "https://registry-1.docker.io"),
            ("https://evil.example/token", "https://registry.example.com"),
            ("https://evil.co.uk/token", "https://registry.example.co.uk"),
            ("https://b.azurecr.io/token", "https://a.azurecr.io"),
            ("https://1.2.3.4/token", "https://9.9.3.4"),
            ("http://127.0.0.1:9999/token", "http://127.0.0.1:5080"),
            ("https://auth.docker.io/token", "http://127.0.0.1:5080"),
            ("http://registry.example.com/token", "https://registry.example.com"),
            ("ftp://x", "https://x"), ("", "https://x.y"),
        ])
    func refused(_ realm: String, _ registry: String) {
        #expect(!RealmRule.allows(realm, for: registry))
    }
}
