public import Registry

/// An image as a file names it, with the values of variables that the file tells.
public struct ImageName: Sendable, Hashable {
    /// The name; a variable without a known value stands in it as it was written.
    public let text: String
    /// The name as docker reads it; nil where a variable is left, and where docker would refuse it.
    public let reference: ImageReference?
    /// Whether it is one of the images that CodeBuild hosts, which look like names on Docker Hub and are none.
    public let isCurated: Bool

    /// A name with its values put in.
    init(_ text: String, isResolved: Bool = true) {
        self.text = text
        isCurated = text.hasPrefix("aws/codebuild/") || text.hasPrefix("public.ecr.aws/codebuild/")
        reference = isResolved && !text.contains("$") ? try? ImageReference(text) : nil
    }

    /// The registry, `docker.io` where the name has none; nil where the name does not tell. A variable within a host's name
    /// stays in it.
    public var registry: String? {
        if isCurated { return text.hasPrefix("public") ? "public.ecr.aws" : nil }
        if let reference { return reference.host.description }
        guard isPlausible else { return nil }
        guard let first = text.firstIndex(of: "$") else { return nil }
        guard let slash = text.firstIndex(of: "/") else {
            // `node:$TAG` is on Docker Hub; `$IMAGE` may be anywhere.
            return first == text.startIndex ? nil : Self.dockerHub
        }
        let host = String(text[..<slash])
        if !host.contains("$") { return Self.isHost(host) ? host : first > slash ? Self.dockerHub : nil }
        return host.contains(".") ? host : nil
    }

    /// Whether docker may take the name once its variables have values.
    var isPlausible: Bool {
        guard text.contains("$") else { return reference != nil || isCurated }
        var sample = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            sample += rest[..<dollar] + "x"
            let after = rest[rest.index(after: dollar)...]
            if let first = after.first, let closing: Character = ["{": "}", "(": ")"][first] {
                rest = after.firstIndex(of: closing).map { after[after.index(after: $0)...] } ?? ""
            } else {
                rest = after.drop { $0 == "_" || $0.isLetter || $0.isNumber }
            }
        }
        sample += rest
        // A digest that a variable holds is none that could be checked.
        return (try? ImageReference(String(sample.prefix { $0 != "@" }))) != nil
    }

    /// Whether its pull counts against Docker Hub's limit; nil where that is not known.
    public var isDockerHub: Bool? {
        if isCurated { return false }
        if let reference { return reference.isDockerHub }
        return registry.map { $0 == Self.dockerHub }
    }

    /// Whether it may be another image tomorrow: no digest, and no tag or `latest`; nil where that is not known.
    public var isMutable: Bool? {
        if let reference { return reference.digest == nil && reference.tag == .latest }
        return text.hasSuffix(":latest") ? true : nil
    }

    private static let dockerHub = "docker.io"

    private static func isHost(_ text: String) -> Bool {
        text == "localhost" || text.contains(".") || text.contains(":")
    }
}
