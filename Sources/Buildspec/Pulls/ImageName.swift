public import Registry

/// An image as a file names it, with the values of variables that the file tells.
public struct ImageName: Sendable, Hashable {
    /// The name; a variable without a known value stands in it as it was written.
    public let text: String
    /// The name as docker reads it; nil where a variable is left, and where docker would refuse it.
    public let reference: ImageReference?
    /// Whether it is one of the images that CodeBuild hosts, which look like names on Docker Hub and are none.
    public let isCurated: Bool
    /// The registry, `docker.io` where the name has none; nil where the name does not tell. A variable within a host's name
    /// stays in it.
    public let registry: String?

    /// A name with its values put in. `mayBeStage` is whether the variables in it may make it a build stage of its file, which no
    /// registry has.
    init(_ text: String, isResolved: Bool = true, mayBeStage: Bool = false) {
        self.text = text
        isCurated = Self.isCurated(text)
        reference = isResolved ? Self.reference(of: text) : nil
        registry =
            if isCurated {
                text.hasPrefix("public") ? "public.ecr.aws" : nil
            } else {
                reference?.host.description ?? (mayBeStage ? nil : Self.openRegistry(text))
            }
    }

    private static func isCurated(_ text: String) -> Bool {
        text.hasPrefix("aws/codebuild/") || text.hasPrefix("public.ecr.aws/codebuild/")
    }

    private static func reference(of text: String) -> ImageReference? {
        // CodeBuild's names have colons where Docker's have none.
        text.contains("$") || isCurated(text) ? nil : try? ImageReference(text)
    }

    private init(_ text: String, registry: String) {
        (self.text, self.registry, reference, isCurated) = (text, registry, nil, false)
    }

    /// The same name where the files tell otherwise whose registry the variable at its start stands for.
    func located(in registry: String) -> ImageName { ImageName(text, registry: registry) }

    /// The registry of a name with variables.
    private static func openRegistry(_ text: String) -> String? {
        // A build argument without a value leaves nothing of an account's number.
        guard text.contains("$") else { return text.hasPrefix(".dkr.ecr.") ? String(text.prefix { $0 != "/" }) : nil }
        let open = OpenText(text)
        let literals = open.literals
        guard isPlausible(open), literals.count > 1 else { return nil }
        let slashes = literals.lazy.map { $0.utf8.firstIndex(of: UInt8(ascii: "/")) }
        guard let part = slashes.firstIndex(where: { $0 != nil }), let slash = slashes[part] else {
            // `node:$TAG` is on Docker Hub; `$IMAGE` may be anywhere.
            return literals[0].isEmpty ? nil : dockerHub
        }
        let host = String(text[..<slash])
        if part == 0 { return isHost(host) ? host : dockerHub }
        let isHost = literals[..<part].contains { $0.contains(".") } || literals[part][..<slash].contains(".")
        return isHost ? host : nil
    }

    /// Whether docker may take the name once its variables have values.
    var isPlausible: Bool { text.contains("$") ? Self.isPlausible(OpenText(text)) : reference != nil || isCurated }

    private static func isPlausible(_ text: OpenText) -> Bool {
        let sample = text.filled(with: "x")
        // A digest that a variable holds is none that could be checked.
        return (try? ImageReference(String(Substring(sample.utf8.prefix { $0 != UInt8(ascii: "@") })))) != nil
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

    /// One spelling for a name: in full, or with `$NAME` for `${NAME}` and without `:latest` where it cannot be read.
    var identity: String { reference?.canonical ?? Self.openIdentity(text) }

    /// The same of a text, without working out whose registry it names.
    static func identity(of text: String) -> String {
        reference(of: text)?.canonical ?? openIdentity(text)
    }

    private static func openIdentity(_ text: String) -> String {
        let name = text.hasSuffix(":latest") ? String(text.dropLast(":latest".count)) : text
        if name.contains("${"), name.contains(":-") { return name }
        let bytes = name.utf8.filter { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let dockerHub = "docker.io"

    private static func isHost(_ text: String) -> Bool {
        text == "localhost" || text.contains(".") || text.contains(":")
    }
}
