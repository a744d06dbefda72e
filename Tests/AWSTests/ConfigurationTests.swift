import Core
import Testing

@testable import AWS

@Suite struct ConfigurationTests {
    @Test("configparser's oddities are read as botocore reads them")
    func ini() throws {
        let file = try INIFile(
            "\u{feff}# c\r\n; c\r\n[ a ]\r\nKEY = v # not a comment\r\nempty=\r\ncolon: x=y\r\ns3 =\r\n  max = 10\r\n\r\n  more = 1\r\n"
                + "key = last\r\n[b]\n[a]\nother : 1",
            file: "f")
        #expect(
            file.sections == [
                "a": ["key": "last", "empty": "", "colon": "x=y", "s3": "\nmax = 10\nmore = 1", "other": "1"], "b": [:],
            ])
    }

    @Test("only a line that is indented deeper than its name continues a value; [DEFAULT] holds for all")
    func indentation() throws {
        let file = try INIFile(
            "[DEFAULT]\nregion = r\n[a]\n  key = 1\n  other = 2\n    more\n[b]\nregion = own\n", file: "f")
        #expect(file.sections == ["a": ["key": "1", "other": "2\nmore", "region": "r"], "b": ["region": "own"]])
        #expect(file.titles == ["a", "b"])
    }

    @Test("of [default] and [profile default] the later one counts, whole")
    func twoDefaults() throws {
        let named = "[profile default]\nregion = pd\n"
        let bare = "[default]\nregion = d\nmax_attempts = 7\n"
        #expect(try configuration([:], bare + named).region == "pd")
        #expect(try configuration([:], bare + named).maxAttempts != 7)
        #expect(try configuration([:], named + bare).region == "d")
    }

    @Test(
        "the files' paths are put in place by HOME and by variables",
        arguments: [
            ("~/a", "/h/a"), ("$HOME/a", "/h/a"), ("${HOME}x/$NONE/$", "/hx/$NONE/$"), ("a/$SUB.c", "a/s.c"),
            ("${HOME", "${HOME"), ("~user/a", "~user/a"),
        ])
    func paths(_ written: String, _ path: String) {
        #expect(EnvironmentVariables(["HOME": "/h", "SUB": "s"]).path(written) == path)
    }

    @Test(
        "a broken file is refused by line, and its text is not shown",
        arguments: [
            ("x = CANARY", 1), ("[a\nx = CANARY", 1), ("[a]\nCANARY", 2), ("[a]\n= CANARY", 2), ("[a]\n\n  CANARY", 3),
        ])
    func brokenINI(_ text: String, _ line: Int) {
        let error = #expect(throws: UnthrottleError.self) { try INIFile(text, file: "/h/.aws/config") }
        #expect(error?.message.hasPrefix("/h/.aws/config, line \(line): ") == true)
        #expect(error.map { "\($0) \($0.hint ?? "")" }?.contains("CANARY") == false)
    }

    private func configuration(_ variables: [String: String], _ config: String = "", region: String? = nil) throws
        -> AWSConfiguration
    {
        let variables = EnvironmentVariables(variables.merging(["HOME": "/h"]) { $1 })
        let profile = try SharedConfiguration(variables) { $0.hasSuffix("config") ? config : nil }
        return try AWSConfiguration(variables, profile: profile, region: region)
    }

    @Test("the Region is the argument's, AWS_REGION's, AWS_DEFAULT_REGION's, the profile's")
    func region() throws {
        let config = "[default]\nregion = d\n[profile p]\nregion = p\n[profile default]\nregion = pd"
        let all = ["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"]
        #expect(try configuration(all, config, region: "x").region == "x")
        #expect(try configuration(all, config).region == "a")
        #expect(try configuration(["AWS_REGION": "", "AWS_DEFAULT_REGION": "b"], config).region == "b")
        #expect(try configuration(["AWS_PROFILE": "p"], config).region == "p")
        #expect(try configuration([:], config).region == "pd")
    }

    @Test("no Region, a Region that would change the host, and a bad number are refused with what to do")
    func refusals() {
        #expect(throws: UnthrottleError.self) { try configuration([:]) }
        for region in ["eu west", "x.evil.example/", "eu-west-3#", "-a", "É"] {
            #expect(throws: UnthrottleError.self) { try configuration(["AWS_REGION": region]) }
        }
        for number in ["0", "x", "-1"] {
            #expect(throws: UnthrottleError.self) {
                try configuration(["AWS_REGION": "a", "AWS_MAX_ATTEMPTS": number])
            }
        }
        for url in ["127.0.0.1:4566", "ftp://x", "http://", "http://u:p@x", "http://x/?a"] {
            #expect(throws: UnthrottleError.self) { try configuration(["AWS_REGION": "a", "AWS_ENDPOINT_URL": url]) }
        }
    }

    static let endpoints:
        [(service: AWSService, region: String, variables: [String: String], url: String, signing: String)] = [
            (CodeBuild.service, "eu-west-3", [:], "https://codebuild.eu-west-3.amazonaws.com", "eu-west-3"),
            (IAM.service, "eu-west-3", [:], "https://iam.amazonaws.com", "us-east-1"),
            (STS.service, "us-east-1", [:], "https://sts.us-east-1.amazonaws.com", "us-east-1"),
            (KMS.service, "cn-northwest-1", [:], "https://kms.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
            (IAM.service, "cn-northwest-1", [:], "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            (IAM.service, "us-gov-east-1", [:], "https://iam.us-gov.amazonaws.com", "us-gov-west-1"),
            (CodeBuild.service, "us-gov-east-1", [:], "https://codebuild.us-gov-east-1.amazonaws.com", "us-gov-east-1"),
            (IAM.service, "eusc-de-east-1", [:], "https://iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
            (CodeBuild.service, "a", ["AWS_ENDPOINT_URL": "http://127.0.0.1:4566/"], "http://127.0.0.1:4566", "a"),
            (
                IAM.service, "eu-west-3", ["AWS_ENDPOINT_URL": "http://127.0.0.1:4566"], "http://127.0.0.1:4566",
                "us-east-1"
            ),
            (
                SecretsManager.service, "a",
                ["AWS_ENDPOINT_URL": "http://localhost:1", "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://localhost:2"],
                "http://localhost:2", "a"
            ),
            (
                CloudWatchLogs.service, "a", ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://localhost:2/p/"],
                "http://localhost:2/p", "a"
            ),
            (
                CodeBuild.service, "a",
                ["AWS_ENDPOINT_URL": "http://localhost:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"],
                "https://codebuild.a.amazonaws.com", "a"
            ),
        ]

    private func overrides(_ variables: [String: String], _ config: String = "") throws -> EndpointOverrides {
        let variables = EnvironmentVariables(variables.merging(["HOME": "/h"]) { $1 })
        return try EndpointOverrides(
            variables, profile: try SharedConfiguration(variables) { $0.hasSuffix("config") ? config : nil })
    }

    @Test("an endpoint is the service's variable, the common one, or the partition's own", arguments: endpoints.indices)
    func endpoint(_ index: Int) throws {
        let row = Self.endpoints[index]
        let endpoint = try Endpoint(
            row.service, region: row.region, overrides: try overrides(row.variables))
        #expect(endpoint.url == row.url)
        #expect(endpoint.signingRegion == row.signing)
    }

    static let sections = """
        [default]
        endpoint_url = http://localhost:1
        services = local
        use_fips_endpoint = true
        [services local]
        secrets_manager =
          endpoint_url = http://localhost:2
          other = 3
        dynamodb =
          endpoint_url = no URL, and no concern of ours
        """

    @Test("a profile's services section counts before its own endpoint_url, and after the environment")
    func services() throws {
        let profile = try overrides([:], Self.sections)
        #expect(profile[SecretsManager.service] == "http://localhost:2")
        #expect(profile[CodeBuild.service] == "http://localhost:1")
        let common = try overrides(["AWS_ENDPOINT_URL": "http://localhost:4"], Self.sections)
        #expect(common[SecretsManager.service] == "http://localhost:4")
        let own = try overrides(["AWS_ENDPOINT_URL_CODEBUILD": "http://localhost:5"], Self.sections)
        #expect(own[CodeBuild.service] == "http://localhost:5")
        #expect(own[SecretsManager.service] == "http://localhost:2")
        #expect(throws: UnthrottleError.self) { try overrides([:], "[default]\nservices = missing\n") }
        #expect(throws: UnthrottleError.self) {
            try overrides([:], "[default]\nservices = s\n[services s]\nsts =\n  endpoint_url = x\n")
        }
    }

    @Test("FIPS and dual-stack are asked for by variable or profile, and never sent to a custom endpoint")
    func variants() throws {
        let variables = ["AWS_REGION": "us-east-1", "AWS_USE_DUALSTACK_ENDPOINT": "TRUE"]
        let both = try configuration(variables, "[default]\nuse_fips_endpoint = true\n")
        #expect(both.endpointVariant == EndpointVariant(isFIPS: true, isDualStack: true))
        let off = try configuration(
            variables.merging(["AWS_USE_FIPS_ENDPOINT": "false"]) { $1 }, "[default]\nuse_fips_endpoint = true\n")
        #expect(off.endpointVariant == EndpointVariant(isDualStack: true))
        let error = #expect(throws: UnthrottleError.self) {
            try Endpoint(
                CodeBuild.service, region: "us-east-1", variant: EndpointVariant(isFIPS: true),
                overrides: EndpointOverrides(all: "http://localhost:1"))
        }
        #expect(error?.message == "FIPS and a custom endpoint (http://localhost:1) do not go together")
        #expect(error?.hint?.contains("AWS_USE_FIPS_ENDPOINT") == true)
    }
}
