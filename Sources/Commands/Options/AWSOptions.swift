internal import ArgumentParser

/// Which account and Region.
struct AWSOptions: ParsableArguments {
    @Option(help: "Profile of the AWS configuration files (environment: AWS_PROFILE)")
    var profile: String?

    @Option(help: "Region (environment: AWS_REGION)")
    var region: String?
}

/// How a verb answers.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Answer in JSON on standard output")
    var json = false
}
