public import Core

/// Where and how to call AWS.
public struct AWSConfiguration: Sendable {
    /// The Region, such as `eu-west-3`.
    public var region: String
    /// Endpoints instead of AWS's own.
    public var endpoints: EndpointOverrides
    /// FIPS or dual-stack endpoints, where they are asked for.
    public var endpointVariant: EndpointVariant
    /// How often a call is tried, the first time included.
    public var maxAttempts: Int
    /// Whether throttles slow all later calls.
    public var retryMode: RetryMode

    /// A configuration from its parts.
    public init(
        region: String, endpoints: EndpointOverrides = EndpointOverrides(),
        endpointVariant: EndpointVariant = EndpointVariant(), maxAttempts: Int = 5,
        retryMode: RetryMode = .standard
    ) {
        self.retryMode = retryMode
        self.endpointVariant = endpointVariant
        self.region = region
        self.endpoints = endpoints
        self.maxAttempts = maxAttempts
    }

    /// What the environment and the profile say: the Region is `region`, AWS_REGION, AWS_DEFAULT_REGION or the profile's; the
    /// retry mode AWS_RETRY_MODE or the profile's `retry_mode`, the number of attempts AWS_MAX_ATTEMPTS or `max_attempts`: 3 in a mode that
    /// was asked for, as botocore has it, else 5.
    ///
    /// Throws `usage` where there is no Region, `invalidInput` for a Region, an endpoint or a number that cannot be one.
    public init(_ variables: EnvironmentVariables, profile: SharedConfiguration, region: String? = nil) throws {
        let candidates = [region, variables["AWS_REGION"], variables["AWS_DEFAULT_REGION"], profile["region"]]
        guard let region = candidates.lazy.compactMap({ $0 }).first else {
            throw UnthrottleError(
                .usage,
                "no AWS Region: AWS_REGION and AWS_DEFAULT_REGION are not set, and the profile "
                    + "\(profile.profileName) has no region",
                hint: "Set AWS_REGION, or run `aws configure set region REGION`.")
        }
        // The Region becomes part of a host name that credentials are sent to.
        guard Self.isRegion(region) else {
            throw UnthrottleError(
                .invalidInput, "\(region) is no AWS Region", hint: "A Region looks like eu-west-3 or us-east-1.")
        }
        let mode = (variables["AWS_RETRY_MODE"] ?? profile["retry_mode"])?.lowercased()
        // `legacy` is botocore's old mode: five attempts, and nothing else that is not in `standard`.
        guard let retryMode = mode == nil || mode == "legacy" ? .standard : RetryMode(rawValue: mode ?? "") else {
            throw UnthrottleError(
                .invalidInput, "the retry mode is \(mode ?? "")", hint: "It must be standard, adaptive or legacy.")
        }
        var maxAttempts = mode == nil || mode == "legacy" ? 5 : 3
        if let text = variables["AWS_MAX_ATTEMPTS"] ?? profile["max_attempts"] {
            guard let number = Int(text), number >= 1 else {
                throw UnthrottleError(.invalidInput, "the maximum of attempts is \(text), not a number from 1 on")
            }
            maxAttempts = number
        }
        self.init(
            region: region, endpoints: try EndpointOverrides(variables, profile: profile),
            endpointVariant: EndpointVariant(variables, profile: profile), maxAttempts: maxAttempts,
            retryMode: retryMode)
    }

    /// Whether a text can stand as one label of a host name, as a Region must.
    static func isRegion(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isHostByte($0) } && !text.hasPrefix("-") && !text.hasSuffix("-")
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "-")
    }
}
