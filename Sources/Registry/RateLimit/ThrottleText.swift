internal import Core

extension Throttle {
    /// Reads log lines or a phase's context: which limit the text tells of; nil where it tells of none of a registry's.
    ///
    /// The words are those that docker, BuildKit, containerd, podman, kaniko, Jib and others have for it; line ends
    /// between words do not matter. Phrases that only Docker Hub has come first, since a log often names other
    /// registries as well.
    public init?(text: String) {
        let words = LogWords(text)
        guard let found = Self.byPhrase(words) ?? Self.byCode(words) else { return nil }
        self = found
    }

    /// Which limit a registry's own words tell of, whichever registry says them; nil for words that many have.
    init?(phrase text: String) {
        guard let found = Self.byPhrase(LogWords(text)) else { return nil }
        self = found
    }

    private static func byPhrase(_ words: LogWords) -> Throttle? {
        if words.has("failed login attempts") { return .loginLock }
        if let name = words.quoted(after: "reached your pull rate limit as '") { return .pullLimit(.account(name)) }
        if words.has("reached your unauthenticated pull rate limit") { return .pullLimit(.anonymous) }
        if words.has("reached your pull rate limit") || words.has("docker.com/increase-rate-limit")
            || words.has("docs.docker.com/docker-hub/download-rate-limit")
        {
            return .pullLimit(nil)
        }
        if words.has("hap429") { return .abuseLimit }
        if words.has("toomanyrequests: rate exceeded") || words.has("toomanyrequests: data limit exceeded") {
            return .otherRegistry(.ecrPublic)
        }
        if words.has("exceeded pull rate limit for ip") { return .otherRegistry(.wave) }
        if words.has("toomanyrequests: <!doctype html") { return .otherRegistry(.mirror) }
        if words.has("toomanyrequests: retry-after:") { return .otherRegistry(.gitHub) }
        if words.has("aka.ms/acr") { return .otherRegistry(.azure) }
        let isThrottling = words.has("throttlingexception") || words.has("throttleexception")
        if isThrottling, words.has("getauthorizationtoken") || words.has("ecr") { return .otherRegistry(.ecr) }
        return nil
    }

    private static func byCode(_ words: LogWords) -> Throttle? {
        let hasCode = words.has("toomanyrequests")
        guard hasCode || words.has("too many requests") else { return nil }
        guard let host = words.registry else { return hasCode ? .pullLimit(nil) : nil }
        guard host.isHub else { return .otherRegistry(OtherRegistry(host: host.name)) }
        return hasCode ? .pullLimit(nil) : .ambiguous
    }
}

extension Throttle.OtherRegistry {
    /// The registry of a host.
    init(host: String) {
        self =
            switch host {
            case "public.ecr.aws", "ecr-public.aws.com": .ecrPublic
            case "ghcr.io": .gitHub
            case "mcr.microsoft.com": .azure
            case _ where host.hasSuffix(".azurecr.io"): .azure
            case _ where host.contains(".dkr.ecr.") || host.contains(".dkr-ecr."): .ecr
            case _ where host.hasSuffix("wave.seqera.io"): .wave
            default: .host(host)
            }
    }
}

/// A log's text made comparable: lower case, every run of blanks, line ends and table bars one space.
private struct LogWords {
    private let text: String
    private let original: String

    init(_ text: String) {
        original = text.split { $0.isWhitespace || $0 == "|" }.joined(separator: " ")
        self.text = original.lowercased()
    }

    func has(_ phrase: String) -> Bool { text.contains(phrase) }

    /// What stands between `opening` and the next quotation mark, in its own case.
    func quoted(after opening: String) -> String? {
        guard let found = text.firstRange(of: opening) else { return nil }
        // Lower-casing keeps the count of characters for all that a log of this kind holds; checked, not trusted.
        let start = text.distance(from: text.startIndex, to: found.upperBound)
        guard original.count == text.count else { return nil }
        return String(original.dropFirst(start).prefix { $0 != "'" })
    }

    /// The registry that the 429 came from: the host that stands nearest to it; nil where that one is no registry, as
    /// npm's, or none is near.
    var registry: (name: String, isHub: Bool)? {
        guard let mark = text.firstRange(of: "too many requests") ?? text.firstRange(of: "toomanyrequests") else {
            return nil
        }
        let nearest = hosts.map { host in
            let gap =
                host.range.upperBound <= mark.lowerBound
                ? text.distance(from: host.range.upperBound, to: mark.lowerBound)
                : text.distance(from: mark.upperBound, to: host.range.lowerBound)
            return (gap: max(gap, 0), host: host)
        }.min { $0.gap < $1.gap }
        guard let nearest, nearest.gap <= Self.nearby, nearest.host.isRegistry else { return nil }
        let name = nearest.host.name
        return (name, ImageReference.Host.isDockerHub(name) || name == "auth.docker.io")
    }

    /// How many characters a host and its status may lie apart.
    private static let nearby = 400

    private struct Host {
        var name: String
        var isRegistry: Bool
        /// The whole word that it begins, such as a URL.
        var range: Range<String.Index>
    }

    /// Hosts of URLs, and registries whose name stands before a slash or alone.
    private var hosts: [Host] {
        let isHostPart: (Character) -> Bool = {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == ":")
        }
        var found: [Host] = []
        var index = text.startIndex
        while index < text.endIndex {
            guard isHostPart(text[index]) else {
                index = text.index(after: index)
                continue
            }
            let run = text[index...].prefix(while: isHostPart)
            let name = String(run.drop { $0 == "." || $0 == ":" }.prefix { $0 != ":" })
            let isURL = text[..<index].hasSuffix("://")
            let isKnown = Self.isKnownRegistry(name)
            if name.contains("."), isURL || isKnown {
                let start = text[..<index].lastIndex(of: " ") ?? text.startIndex
                let end = text[run.endIndex...].firstIndex(of: " ") ?? text.endIndex
                let isRegistry = isKnown || text[run.endIndex...].hasPrefix("/v2/")
                found.append(Host(name: name, isRegistry: isRegistry, range: start..<end))
            }
            index = run.endIndex
        }
        return found
    }

    private static func isKnownRegistry(_ host: String) -> Bool {
        ImageReference.Host.isDockerHub(host) || host == "auth.docker.io"
            || ["public.ecr.aws", "ghcr.io", "quay.io", "gcr.io", "mcr.microsoft.com", "registry.gitlab.com"].contains(
                host)
            || [".dkr.ecr.", ".azurecr.io", ".pkg.dev", ".gcr.io", "wave.seqera.io"].contains { host.contains($0) }
    }
}
