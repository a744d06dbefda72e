import Testing

@testable import Registry

@Suite("Image references as docker reads them")
struct ImageReferenceTests {
    struct Row: Sendable {
        var text: String
        var canonical: String
        var familiar: String
        var isDockerHub = true
    }

    static let sha = String(repeating: "ab", count: 32)
    static let rows = [
        Row(text: "docker:dind", canonical: "docker.io/library/docker:dind", familiar: "docker:dind"),
        Row(text: "busybox", canonical: "docker.io/library/busybox:latest", familiar: "busybox:latest"),
        Row(text: "library/busybox", canonical: "docker.io/library/busybox:latest", familiar: "busybox:latest"),
        Row(text: "index.docker.io/docker:dind", canonical: "docker.io/library/docker:dind", familiar: "docker:dind"),
        Row(
            text: "docker.io/grafana/grafana", canonical: "docker.io/grafana/grafana:latest",
            familiar: "grafana/grafana:latest"),
        Row(
            text: "registry-1.docker.io/library/alpine:3.20", canonical: "registry-1.docker.io/library/alpine:3.20",
            familiar: "registry-1.docker.io/library/alpine:3.20"),
        Row(
            text: "docker.n8n.io/n8nio/n8n", canonical: "docker.n8n.io/n8nio/n8n:latest",
            familiar: "docker.n8n.io/n8nio/n8n:latest"),
        Row(
            text: "library/a/b", canonical: "docker.io/library/a/b:latest", familiar: "library/a/b:latest"),
        Row(text: "localhost/x", canonical: "localhost/x:latest", familiar: "localhost/x:latest", isDockerHub: false),
        Row(
            text: "localhost:5000/x:y", canonical: "localhost:5000/x:y", familiar: "localhost:5000/x:y",
            isDockerHub: false),
        Row(
            text: "[::1]:5000/x", canonical: "[::1]:5000/x:latest", familiar: "[::1]:5000/x:latest", isDockerHub: false),
        Row(text: "localhost:5000", canonical: "docker.io/library/localhost:5000", familiar: "localhost:5000"),
        Row(text: "Example/x", canonical: "Example/x:latest", familiar: "Example/x:latest", isDockerHub: false),
        Row(
            text: "alpine@sha256:\(sha)", canonical: "docker.io/library/alpine@sha256:\(sha)",
            familiar: "alpine@sha256:\(sha)"),
        Row(
            text: "alpine:3.20@sha256:\(sha)", canonical: "docker.io/library/alpine:3.20@sha256:\(sha)",
            familiar: "alpine:3.20@sha256:\(sha)"),
        Row(
            text: "x/\(String(repeating: "a", count: 253))",
            canonical: "docker.io/x/\(String(repeating: "a", count: 253)):latest",
            familiar: "x/\(String(repeating: "a", count: 253)):latest"),
    ]

    @Test("full and familiar names", arguments: rows)
    func names(_ row: Row) throws {
        let reference = try ImageReference(row.text)
        #expect(reference.canonical == row.canonical)
        #expect(reference.familiar == row.familiar)
        #expect(reference.isDockerHub == row.isDockerHub)
        #expect(try ImageReference(reference.canonical) == reference)
        #expect(try ImageReference(reference.familiar) == reference)
    }

    @Test(
        "what docker refuses is refused",
        arguments: [
            ("", ReferenceError.noName),
            ("Busybox", .upperCase("library/Busybox")),
            ("grafana/Grafana:1", .upperCase("grafana/Grafana")),
            (sha, .imageIdentifier(sha)),
            ("x:", .format("x:")),
            (":x", .format(":x")),
            ("x:-a", .format("x:-a")),
            ("x:\(String(repeating: "t", count: 129))", .format("x:\(String(repeating: "t", count: 129))")),
            ("x@sha256:abc", .format("x@sha256:abc")),
            ("x@sha256:\(sha.uppercased())", .format("x@sha256:\(sha.uppercased())")),
            ("x@", .format("x@")),
            ("x//y", .format("x//y")),
            ("/x", .format("/x")),
            ("x/", .format("x/")),
            ("a..b", .format("a..b")),
            ("a___b", .format("a___b")),
            ("-a", .format("-a")),
            ("a-", .format("a-")),
            ("a_-b", .format("a_-b")),
            ("x y", .format("x y")),
            ("$IMAGE:latest", .upperCase("library/$IMAGE")),
            ("${image}:latest", .format("${image}:latest")),
            ("host:port/x", .format("host:port/x")),
            ("-host.com/x", .format("-host.com/x")),
            ("https://docker.io/x", .format("https://docker.io/x")),
            ("x/" + String(repeating: "a", count: 254), .tooLong("x/" + String(repeating: "a", count: 254))),
        ] as [(String, ReferenceError)])
    func refused(_ text: String, _ expected: ReferenceError) {
        #expect(throws: expected) { try ImageReference(text) }
    }

    @Test("a dotted first part is a host, and its separators do not follow the rules of paths")
    func hostIsNoPath() {
        #expect(throws: ReferenceError.format("a.b-c__d---e/f:x")) { try ImageReference("a.b-c__d---e/f:x") }
    }

    @Test("the digest counts before the tag")
    func manifestReference() throws {
        #expect(try ImageReference("alpine:3@sha256:\(Self.sha)").manifestReference == "sha256:\(Self.sha)")
        #expect(try ImageReference("alpine:3").manifestReference == "3")
    }

    @Test("the hub's words for a bad name say what docker says")
    func words() {
        #expect(ReferenceError.upperCase("library/Busybox").description.contains("must be lowercase"))
    }
}
