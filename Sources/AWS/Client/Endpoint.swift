public import Core

/// Which of a service's endpoints are wanted (SDK guide, "Dual-stack and FIPS endpoints").
public struct EndpointVariant: Sendable, Hashable {
    /// Those whose cryptography is validated by FIPS 140.
    public var isFIPS: Bool
    /// Those that have IPv6 addresses too.
    public var isDualStack: Bool

    /// A variant; by default the usual endpoints.
    public init(isFIPS: Bool = false, isDualStack: Bool = false) {
        self.isFIPS = isFIPS
        self.isDualStack = isDualStack
    }

    /// As AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT say, or the profile's settings of these names in lower case.
    public init(_ variables: EnvironmentVariables, profile: SharedConfiguration) {
        func isSet(_ name: String) -> Bool {
            (variables["AWS_" + name.uppercased()] ?? profile[name])?.lowercased() == "true"
        }
        self.init(isFIPS: isSet("use_fips_endpoint"), isDualStack: isSet("use_dualstack_endpoint"))
    }
}

/// Where a service is in a Region, and what its signatures name as the Region: botocore's endpoint rule sets of the services that this
/// program knows.
public struct Endpoint: Sendable, Hashable {
    /// `https://host`, without a slash at the end.
    public var url: String
    /// The Region of the signature.
    public var signingRegion: String

    /// The endpoint of a service: an override, or AWS's own. Throws `invalidInput` for an override together with FIPS or dual-stack:
    /// whoever asks for these must not be sent elsewhere in silence.
    public init(
        _ service: AWSService, region: String, variant: EndpointVariant = EndpointVariant(),
        overrides: EndpointOverrides = EndpointOverrides()
    ) throws {
        if service == S3.service {
            self = try Endpoint(bucket: nil, region: region, variant: variant, overrides: overrides)
            return
        }
        let partition = Partition(region: region)
        let own =
            service.isGlobal
            ? Self.global(service.endpointPrefix, region, partition, variant)
            : Self.regional(service.endpointPrefix, region, partition, variant)
        signingRegion = own.region
        url = try Self.url(host: own.host, override: overrides[service], variant)
    }

    /// The URL of something that is no ``AWSService``: `prefix` begins its host, `suffix` follows `AWS_ENDPOINT_URL_`.
    static func url(
        prefix: String, suffix: String, region: String, variant: EndpointVariant, overrides: EndpointOverrides
    ) throws -> String {
        let host = regional(prefix, region, Partition(region: region), variant).host
        return try url(host: host, override: overrides[suffix: suffix], variant)
    }

    static func url(host: String, override: String?, _ variant: EndpointVariant) throws -> String {
        guard let override else { return "https://\(host)" }
        guard !variant.isFIPS, !variant.isDualStack else {
            let (what, variable) = variant.isFIPS ? ("FIPS", "FIPS") : ("Dual-stack", "DUALSTACK")
            throw UnthrottleError(
                .invalidInput, "\(what) and a custom endpoint (\(override)) do not go together",
                hint:
                    "Unset AWS_USE_\(variable)_ENDPOINT, or take the endpoint URL out of the environment and the profile."
            )
        }
        return override.hasSuffix("/") ? String(override.dropLast()) : override
    }

    /// Services of which US GovCloud's usual endpoints are the FIPS ones.
    private static let alwaysFIPSInGov: Set<String> = ["sts", "logs", "portal.sso", "sqs", "events"]

    private static func regional(
        _ prefix: String, _ region: String, _ partition: Partition, _ variant: EndpointVariant
    ) -> (host: String, region: String) {
        var (first, suffix) = (prefix, variant.isDualStack ? partition.dualStackSuffix : partition.suffix)
        if prefix == "api.ecr", variant.isDualStack { first = "ecr" }
        if variant.isFIPS {
            // EventBridge has no other in US GovCloud, dual-stack or not.
            let isPlain =
                partition.id == "aws-us-gov" && alwaysFIPSInGov.contains(prefix)
                && (!variant.isDualStack || prefix == "events")
            if !isPlain { first += "-fips" }
        }
        if prefix == "secretsmanager",
            ["aws", "aws-us-gov"].contains(partition.id)
                || partition.id == "aws-cn" && !variant.isFIPS
        {
            // Its usual names are dual-stack already.
            suffix = partition.suffix
        }
        if prefix == "sts", region == "aws-global", variant == EndpointVariant() {
            return ("sts.\(suffix)", partition.globalRegion)
        }
        return ("\(first).\(region).\(suffix)", region)
    }

    /// A global service has one endpoint a partition: the host that it had before there were Regions, or one that names the first.
    private static func global(
        _ prefix: String, _ home: String, _ partition: Partition, _ variant: EndpointVariant
    ) -> (host: String, region: String) {
        let region = partition.globalRegion
        if prefix == "organizations" {
            // It has dual-stack names in every Region, and outside of two partitions so its FIPS ones.
            let hasOneFIPS = ["aws", "aws-us-gov"].contains(partition.id)
            guard !variant.isDualStack, !variant.isFIPS || hasOneFIPS else {
                return regional(prefix, home, partition, variant)
            }
            let first = variant.isFIPS && partition.id == "aws" ? prefix + "-fips" : prefix
            return ("\(first).\(region).\(partition.suffix)", region)
        }
        let first = variant.isFIPS ? prefix + "-fips" : prefix
        let suffix = variant.isDualStack ? partition.dualStackSuffix : partition.suffix
        switch (partition.id, variant.isFIPS, variant.isDualStack) {
        case ("aws-us-gov", _, _): return ("\(prefix).us-gov.\(suffix)", region)
        case ("aws", _, true): return ("\(first).global.\(suffix)", region)
        case ("aws-cn", false, true): return ("\(prefix).global.\(suffix)", "cn-north-1")
        case ("aws-cn", false, false): return ("\(prefix).cn-north-1.\(suffix)", "cn-north-1")
        case ("aws-iso", true, false), ("aws-iso-b", true, false): return ("\(first).\(region).\(suffix)", region)
        case ("aws", _, false), (_, true, _), (_, _, true): return ("\(first).\(suffix)", region)
        default: return ("\(prefix).\(region).\(suffix)", region)
        }
    }
}
