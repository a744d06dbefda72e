internal import Core

/// Where a CodeBuild environment image comes from, which decides how CodeBuild may log in to pull it.
public enum EnvironmentImage: Sendable, Hashable {
    /// One of CodeBuild's own images, which CodeBuild hosts: its pull is never throttled and takes no registry
    /// credential.
    case curated(String)
    /// From Docker Hub.
    case dockerHub(ImageReference)
    /// From a private ECR registry: its account and Region.
    case ecr(ImageReference, account: String, region: String)
    /// From ECR's public gallery.
    case ecrPublic(ImageReference)
    /// From any other registry.
    case other(ImageReference)

    /// Reads `environment.image`; throws ``ReferenceError``.
    public init(_ text: String) throws(ReferenceError) {
        // CodeBuild's names have colons where Docker's have none (aws/codebuild/java:openjdk-8): they are not parsed.
        if text.hasPrefix("aws/codebuild/") || text.hasPrefix("public.ecr.aws/codebuild/") {
            self = .curated(text)
            return
        }
        let reference = try ImageReference(text)
        if reference.isDockerHub {
            self = .dockerHub(reference)
        } else if ["public.ecr.aws", "ecr-public.aws.com"].contains(reference.host.description) {
            self = .ecrPublic(reference)
        } else if let (account, region) = Self.privateRegistry(reference.host) {
            self = .ecr(reference, account: account, region: region)
        } else {
            self = .other(reference)
        }
    }

    /// The image's reference; nil for a curated one.
    public var reference: ImageReference? {
        switch self {
        case .curated: nil
        case .dockerHub(let reference), .ecr(let reference, _, _), .ecrPublic(let reference), .other(let reference):
            reference
        }
    }

    /// Whether its pull counts against Docker Hub's limit.
    public var isDockerHub: Bool {
        if case .dockerHub = self { true } else { false }
    }

    /// The domains of AWS's partitions, for hosts of the form `ACCOUNT.dkr.ecr.REGION.DOMAIN` and, since 2025,
    /// `ACCOUNT.dkr-ecr.REGION.DOMAIN` (amazon-ecr-credential-helper, api/client.go).
    private static let domains = [
        "amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "on.aws", "on.amazonwebservices.com.cn", "c2s.ic.gov",
        "sc2s.sgov.gov", "cloud.adc-e.uk", "csp.hci.ic.gov",
    ]

    private static func privateRegistry(_ host: ImageReference.Host) -> (account: String, region: String)? {
        let labels = host.description.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 4, labels[0].utf8.count == 12, labels[0].utf8.allSatisfy(ASCII.isDigit) else { return nil }
        let isDotted = labels[1] == "dkr" && ["ecr", "ecr-fips"].contains(labels[2])
        let isDashed = ["dkr-ecr", "dkr-ecr-fips"].contains(labels[1])
        guard isDotted || isDashed else { return nil }
        let tail = labels.dropFirst(isDotted ? 3 : 2)
        guard let region = tail.first, domains.contains(tail.dropFirst().joined(separator: ".")) else { return nil }
        return (String(labels[0]), String(region))
    }
}
