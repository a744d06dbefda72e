import Core
import Foundation
import Testing

@testable import AWS

/// AWS's own vectors of endpoint rules and of configured endpoints, from botocore's source distribution.
@Suite(.enabled(if: Tools.hasVectors("endpoint-rules"), Tools.missingVectors("endpoint-rules")))
struct EndpointVectorTests {
    @Test(
        "each vector of a service's rules gives its URL and its signing Region, or is refused",
        arguments: AWSService.all.filter { $0 != S3.service })
    func rules(_ service: AWSService) throws {
        let path = "\(Tools.vectors("endpoint-rules"))/\(service.id)/endpoint-tests-1.json"
        let document = try JSON(parsing: try Data(contentsOf: URL(filePath: path)))
        var judged = 0
        for vector in document["testCases"]?.array ?? [] {
            let (parameters, expected) = (vector["params"] ?? [:], vector["expect"] ?? [:])
            // EventBridge's global endpoints, which are signed by another algorithm, are for PutEvents alone.
            guard parameters["EndpointId"] == nil else { continue }
            // The Region is missing: AWSConfiguration refuses that. STS's global endpoint is a setting that SDKs have given up.
            guard parameters["Region"] ?? parameters["Endpoint"] != nil, parameters["UseGlobalEndpoint"] != true else {
                continue
            }
            let endpoint = try? Endpoint(
                service, region: parameters["Region"]?.string ?? "us-east-1",
                variant: EndpointVariant(
                    isFIPS: parameters["UseFIPS"] == true, isDualStack: parameters["UseDualStack"] == true),
                overrides: EndpointOverrides(all: parameters["Endpoint"]?.string))
            #expect(endpoint?.url == expected["endpoint"]?["url"]?.string, "\(parameters)")
            if let scheme = expected["endpoint"]?["properties"]?["authSchemes"]?.array?.first {
                #expect(endpoint?.signingRegion == scheme["signingRegion"]?.string, "\(parameters)")
            }
            judged += 1
        }
        #expect(judged >= 25)
    }

    @Test("each vector of S3's rules for general purpose buckets gives its URL and its signing Region, or is refused")
    func buckets() throws {
        let path = "\(Tools.vectors("endpoint-rules"))/s3/endpoint-tests-1.json"
        let document = try JSON(parsing: try Data(contentsOf: URL(filePath: path)))
        var (judged, refused) = (0, 0)
        for vector in document["testCases"]?.array ?? [] {
            let (parameters, expected) = (vector["params"] ?? [:], vector["expect"] ?? [:])
            let bucket = parameters["Bucket"]?.string
            // What this client has no setting for: acceleration, the address that S3 had before there were Regions, other services' hosts.
            let strange = [
                "Accelerate", "UseGlobalEndpoint", "UseObjectLambdaEndpoint", "UseS3ExpressControlEndpoint",
            ]
            guard strange.allSatisfy({ parameters[$0] ?? false == false }), let region = parameters["Region"]?.string
            else { continue }
            let endpoint = try? Endpoint(
                bucket: bucket, region: region,
                variant: EndpointVariant(
                    isFIPS: parameters["UseFIPS"] == true, isDualStack: parameters["UseDualStack"] == true),
                overrides: EndpointOverrides(all: parameters["Endpoint"]?.string),
                pathStyle: parameters["ForcePathStyle"] == true)
            // Access points and directory buckets are refused, whatever AWS has for them.
            if let bucket, bucket.hasPrefix("arn:") || bucket.hasSuffix("-s3") {
                #expect(endpoint == nil, "\(parameters)")
                refused += 1
                continue
            }
            #expect(endpoint?.url == expected["endpoint"]?["url"]?.string, "\(parameters)")
            if let scheme = expected["endpoint"]?["properties"]?["authSchemes"]?.array?.first {
                #expect(endpoint?.signingRegion == scheme["signingRegion"]?.string, "\(parameters)")
            }
            judged += 1
        }
        #expect(judged >= 80)
        #expect(refused >= 100)
    }

    @Test("configured endpoints count in AWS's order, by AWS's own cases")
    func configured() throws {
        let path = "\(Tools.vectors("configured_endpoint_urls"))/profile-tests.json"
        let suite = try #require(
            try JSON(parsing: try Data(contentsOf: URL(filePath: path)))["testSuites"]?.array?.first)
        var judged = 0
        // The other cases give an endpoint, or the wish to ignore the configured ones, to a client as an argument: this one has none.
        for one in suite["endpointUrlTests"]?.array ?? [] where one["client_config"] == "default" {
            let names = ["profile", "environment", "service", "name"].map { one[$0]?.string ?? "" }
            let variables = (suite["environments"]?[names[1]]?.object ?? [:]).compactMapValues(\.string)
            let shared = try SharedConfiguration(EnvironmentVariables(variables), profile: names[0]) { path in
                path.hasSuffix("config") ? Self.file(suite, names[0]) : nil
            }
            let service = AWSService(
                id: names[2], endpointPrefix: names[2], environmentSuffix: names[2].uppercased(),
                wire: .query(version: ""), memberNames: .asWritten)
            let endpoint = try Endpoint(
                service, region: "fake-region-10",
                overrides: try EndpointOverrides(EnvironmentVariables(variables), profile: shared))
            #expect(endpoint.url == one["output"]?["endpointUrl"]?.string, "\(names[3])")
            judged += 1
        }
        #expect(judged >= 19)
    }

    private static func file(_ suite: JSON, _ profile: String) -> String {
        var text = "[profile \(profile)]\n"
        let settings = (suite["profiles"]?[profile]?.object ?? [:]).compactMapValues(\.string)
        for (name, value) in settings { text += "\(name)=\(value)\n" }
        for (section, services) in suite["services"]?.object ?? [:] {
            text += "[services \(section)]\n"
            for (service, settings) in services.object ?? [:] {
                text += "\(service) =\n"
                for (name, value) in settings.object ?? [:] { text += "  \(name)=\(value.string ?? "")\n" }
            }
        }
        return text
    }
}
