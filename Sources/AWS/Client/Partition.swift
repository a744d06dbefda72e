/// A group of Regions with endpoints and ARNs of its own (botocore's `partitions.json`).
public struct Partition: Sendable, Hashable {
    /// The second field of its ARNs, such as `aws-cn`.
    public let id: String
    /// What follows the Region in host names.
    public let suffix: String
    /// The same in names that have IPv6 addresses too.
    let dualStackSuffix: String
    /// The Region in which global services sign.
    let globalRegion: String
    private let prefix: String

    private init(_ id: String, _ prefix: String, _ suffix: String, dualStack: String, globalRegion: String) {
        self.id = id
        self.prefix = prefix
        self.suffix = suffix
        self.globalRegion = globalRegion
        dualStackSuffix = dualStack
    }

    /// The partition of a Region; `aws` for one that nobody knows.
    public init(region: String) {
        self = Self.others.first { region.hasPrefix($0.prefix) || region == $0.id + "-global" } ?? Self.aws
    }

    private static let aws = Partition("aws", "", "amazonaws.com", dualStack: "api.aws", globalRegion: "us-east-1")
    private static let others = [
        Partition(
            "aws-cn", "cn-", "amazonaws.com.cn", dualStack: "api.amazonwebservices.com.cn",
            globalRegion: "cn-northwest-1"),
        Partition("aws-us-gov", "us-gov-", "amazonaws.com", dualStack: "api.aws", globalRegion: "us-gov-west-1"),
        Partition(
            "aws-eusc", "eusc-", "amazonaws.eu", dualStack: "api.amazonwebservices.eu", globalRegion: "eusc-de-east-1"),
        Partition("aws-iso", "us-iso-", "c2s.ic.gov", dualStack: "api.aws.ic.gov", globalRegion: "us-iso-east-1"),
        Partition(
            "aws-iso-b", "us-isob-", "sc2s.sgov.gov", dualStack: "api.aws.scloud", globalRegion: "us-isob-east-1"),
        Partition(
            "aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", dualStack: "api.cloud-aws.adc-e.uk",
            globalRegion: "eu-isoe-west-1"),
        Partition(
            "aws-iso-f", "us-isof-", "csp.hci.ic.gov", dualStack: "api.aws.hci.ic.gov", globalRegion: "us-isof-south-1"),
    ]
}
