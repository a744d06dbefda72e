import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization
import TestSupport

@testable import Registry

/// A hub made of a dictionary: it wants a token for everything, and serves what it was given.
final class ScriptedHub: Sendable {
    static let origin = "https://registry-1.docker.io"
    static let realm = "https://auth.docker.io/token"

    struct Content: Sendable {
        var body: String
        var type = "application/octet-stream"
        var digest: Digest { Digest.of(Array(body.utf8)) }
    }

    /// Manifests and blobs by their path under `/v2/`.
    private let contents = Mutex<[String: Content]>([:])
    private let accounts: [String: String]
    let quotaHeaders: [(String, String)]

    init(accounts: [String: String] = ["me": "right"], quota: [(String, String)] = []) {
        (self.accounts, quotaHeaders) = (accounts, quota)
    }

    func put(_ content: Content, at path: String) { contents.withLock { $0[path] = content } }

    /// A made-up image with a tag, in an index for amd64 and arm64 alike; its contents by digest.
    @discardableResult
    func putImage(_ repository: String, _ tag: String, layers: [String]) -> (index: Digest, image: Digest) {
        func descriptor(_ content: Content, _ more: String = "") -> String {
            #"{"mediaType":"\#(content.type)","digest":"\#(content.digest)","size":\#(content.body.utf8.count)\#(more)}"#
        }
        let blobs = (["{}"] + layers).map { Content(body: $0) }
        for blob in blobs { put(blob, at: "\(repository)/blobs/\(blob.digest)") }
        let image = Content(
            body:
                #"{"schemaVersion":2,"mediaType":"\#(MediaType.ociManifest)","config":\#(descriptor(blobs[0])),"layers":[\#(blobs.dropFirst().map { descriptor($0) }.joined(separator: ","))]}"#,
            type: MediaType.ociManifest)
        let children = ["amd64", "arm64"].map {
            descriptor(image, #","platform":{"os":"linux","architecture":"\#($0)"}"#)
        }
        let index = Content(
            body:
                #"{"schemaVersion":2,"mediaType":"\#(MediaType.ociIndex)","manifests":[\#(children.joined(separator: ","))]}"#,
            type: MediaType.ociIndex)
        put(image, at: "\(repository)/manifests/\(image.digest)")
        put(index, at: "\(repository)/manifests/\(index.digest)")
        put(index, at: "\(repository)/manifests/\(tag)")
        return (index.digest, image.digest)
    }

    /// The script's answer for a request.
    func answer(_ request: WebRequest) -> ScriptedTransport.Line {
        guard let parts = URLText.parts(request.url) else { return .answer(400) }
        if parts.host == "auth.docker.io" { return token(request, parts) }
        let authorization = request.headers[.authorization] ?? ""
        guard authorization.hasPrefix("Bearer t-") else {
            return .answer(
                401, [.wwwAuthenticate: #"Bearer realm="\#(Self.realm)",service="registry.docker.io",scope="x""#])
        }
        if parts.path == "/v2/" { return .answer(200, [:], "{}") }
        guard let content = contents.withLock({ $0[String(parts.path.dropFirst(4))] }) else {
            return .answer(404, [:], #"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#)
        }
        var headers: HTTPFields = [
            .contentType: content.type, .contentLength: "\(content.body.utf8.count)",
            .contentDigest: content.digest.description,
        ]
        for (name, value) in quotaHeaders {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return .answer(200, headers, request.method == .head ? "" : content.body)
    }

    private func token(_ request: WebRequest, _ parts: URLText.Parts) -> ScriptedTransport.Line {
        guard let basic = request.headers[.authorization] else {
            return .answer(200, [:], #"{"token":"t-nobody","expires_in":300}"#)
        }
        guard let credential = Credential(encoded: String(basic.dropFirst("Basic ".count))),
            accounts[credential.username] == credential.password.reveal()
        else { return .answer(401, [:], #"{"details":"incorrect username or password"}"#) }
        return .answer(200, [:], #"{"access_token":"t-\#(credential.username)","expires_in":300}"#)
    }

    var transport: ScriptedTransport { ScriptedTransport { request, _ in self.answer(request) } }
}

extension RegistryClient {
    /// A client over a script, whose time is a test's.
    init(_ transport: any Transport, _ time: ManualTime = ManualTime(), hub: HubEndpoint = .dockerHub) {
        self.init(transport: transport, time: time.keeper, dice: .seeded(1), hub: hub)
    }
}

extension ScriptedTransport {
    /// `METHOD path` of every request, the query left out.
    var log: [String] {
        requests.map {
            "\($0.method) \(URLText.parts($0.url).map { $0.host == "auth.docker.io" ? "token" : $0.path } ?? $0.url)"
        }
    }
}

/// The kind of the registry's error that `work` throws; nil where it throws none.
func kind<Value>(_ work: () async throws -> Value) async -> RegistryError.Kind? {
    do {
        _ = try await work()
        return nil
    } catch {
        return (error as? RegistryError)?.kind
    }
}
