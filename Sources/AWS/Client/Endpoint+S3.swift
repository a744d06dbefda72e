internal import Core
internal import HTTP

extension Endpoint {
    /// The address of a bucket, or of S3 where that is nil (botocore's rule set of S3): a host of its own where its name can be one, else
    /// the first part of the path. `pathStyle` asks for the second. Throws `invalidInput` for access points and directory buckets, which
    /// have rules and signatures of their own, and for what ``init(_:region:variant:overrides:)`` refuses.
    public init(
        bucket: String?, region: String, variant: EndpointVariant = EndpointVariant(),
        overrides: EndpointOverrides = EndpointOverrides(), pathStyle: Bool = false
    ) throws {
        guard AWSConfiguration.isRegion(region) else {
            throw UnthrottleError(.invalidInput, "\(region) is no AWS Region")
        }
        let partition = Partition(region: region)
        let home = region == "aws-global" ? partition.globalRegion : region
        if variant.isFIPS, partition.id == "aws-cn" {
            throw UnthrottleError(
                .invalidInput, "S3 has no FIPS endpoints in \(region)", hint: "Unset AWS_USE_FIPS_ENDPOINT.")
        }
        let first = "s3" + (variant.isFIPS ? "-fips" : "") + (variant.isDualStack ? ".dualstack" : "")
        let isGlobal = region == "aws-global" && variant == EndpointVariant()
        let base = try Self.url(
            host: isGlobal ? "s3.\(partition.suffix)" : "\(first).\(home).\(partition.suffix)",
            override: overrides[S3.service], variant)
        signingRegion = home
        url = try Self.address(of: bucket, base, pathStyle)
    }

    private static func address(of bucket: String?, _ base: String, _ pathStyle: Bool) throws -> String {
        guard let bucket else { return base }
        guard !bucket.isEmpty, !bucket.hasPrefix("arn:"), !bucket.hasSuffix("--x-s3"), !bucket.hasSuffix("--xa-s3"),
            !bucket.hasSuffix("--op-s3")
        else {
            throw UnthrottleError(
                .invalidInput, "\(bucket.isEmpty ? "an empty name" : bucket) cannot be used as a bucket",
                hint: "Name a general purpose bucket; access points and directory buckets are not supported.")
        }
        guard let parts = URLText.parts(base) else {
            throw UnthrottleError(.invalidInput, "the endpoint of S3, \(base), is no http or https URL")
        }
        // Certificates stand for one label more than S3's own name: a dot in the bucket's would not be covered.
        if !pathStyle, !isAddress(parts.host), isLabel(bucket, dots: parts.scheme == "http") {
            return base.replacing("://", with: "://\(bucket).", maxReplacements: 1)
        }
        return base + "/" + PercentEncoding.encode(bucket)
    }

    private static func isAddress(_ host: String) -> Bool {
        host.contains(":") || host.split(separator: ".").count == 4 && host.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// Whether a bucket's name can begin a host name: 3 to 63 lower-case letters, digits and hyphens, no address.
    private static func isLabel(_ bucket: String, dots: Bool) -> Bool {
        guard (3...63).contains(bucket.utf8.count), !isAddress(bucket) else { return false }
        let labels = bucket.split(separator: ".", omittingEmptySubsequences: false)
        return (dots || labels.count == 1) && labels.allSatisfy { AWSConfiguration.isRegion(String($0)) }
    }
}
