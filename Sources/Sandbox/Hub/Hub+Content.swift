internal import Core
internal import FoundationEssentials
internal import HTTPTypes
internal import Registry
internal import Synchronization

/// Blobs: the registry redirects to signed links on a content delivery network, which asks for no token and refuses
/// one.
extension Hub {
    /// Seconds for which a link is good.
    private static let linkLifetime = 1200.0

    func blobLink(
        _ repository: String, _ digest: String, _ request: LoopbackRequest
    ) throws(Refused) -> LoopbackAnswer {
        guard let known = Digest(digest), images.repositories[repository]?.blobs[known] != nil else {
            throw Refused(.unknownBlob(digest))
        }
        let path = "/cdn/\(known)"
        let end = Int(time.now().timeIntervalSince1970 + Self.linkLifetime)
        let link =
            "http://\(otherName(of: request.authority))\(path)?expires=\(end)&verify=\(tokens.seal("\(path) \(end)"))"
        return LoopbackAnswer(status: 307, headers: [.location: link, .contentDigest: known.description])
    }

    /// Docker Hub's content lives on another host, so that clients drop their token on the way. Here the other host
    /// is this machine's other name: Go's clients would keep the token for the same name, whatever the port.
    private func otherName(of authority: String) -> String {
        let halves = authority.split(separator: ":", maxSplits: 1)
        let host = halves.first == "127.0.0.1" ? "localhost" : "127.0.0.1"
        return halves.count > 1 ? "\(host):\(halves[1])" : host
    }

    func content(
        _ digest: String, _ query: [(name: String, value: String)], _ request: LoopbackRequest
    ) throws(Refused) -> LoopbackAnswer {
        guard request.method == .get || request.method == .head else { throw Refused(.readOnly) }
        guard request.headers[.authorization] == nil else {
            return LoopbackAnswer(
                status: 400, headers: [.contentType: "text/plain"],
                body: Array("Only one auth mechanism allowed: the link is signed.\n".utf8))
        }
        let fields = Dictionary(query.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let end = fields["expires"].flatMap(Int.init), Double(end) > time.now().timeIntervalSince1970,
            let seal = fields["verify"], Secret(seal) == Secret(tokens.seal("/cdn/\(digest) \(end)"))
        else { throw Refused(.linkRefused) }
        guard let known = Digest(digest),
            let bytes = images.repositories.values.lazy.compactMap({ $0.blobs[known] }).first
        else { throw Refused(.unknownBlob(digest)) }

        var answer = LoopbackAnswer(
            status: 200,
            headers: [.contentType: "application/octet-stream", .acceptRanges: "bytes", .eTag: "\"\(known)\""],
            body: bytes)
        switch ByteRange(request.headers[.range], size: bytes.count) {
        case .whole: break
        case .unsatisfiable: throw Refused(.rangeNotSatisfiable(size: bytes.count))
        case .part(let range):
            answer.status = 206
            answer.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)"
            answer.body = Array(bytes[range])
        }
        if request.method == .get { state.withLock { $0.counts.blobs += 1 } }
        return answer
    }
}
