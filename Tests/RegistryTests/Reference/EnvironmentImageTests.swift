import Testing

@testable import Registry

@Suite("Where an environment image comes from")
struct EnvironmentImageTests {
    @Test(
        "curated images are no Docker Hub images, however they look",
        arguments: [
            "aws/codebuild/standard:7.0", "aws/codebuild/amazonlinux2-x86_64-standard:5.0",
            "aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs20",
            "public.ecr.aws/codebuild/amazonlinux-x86_64-standard:5.0",
        ])
    func curated(_ text: String) throws {
        #expect(try EnvironmentImage(text) == .curated(text))
        #expect(try EnvironmentImage(text).isDockerHub == false)
        #expect(try EnvironmentImage(text).reference == nil)
    }

    @Test(
        "private ECR in every partition",
        arguments: [
            ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", "eu-west-1"),
            ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a/b", "us-gov-west-1"),
            ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app", "cn-north-1"),
            ("123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov/app", "us-iso-east-1"),
            ("123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov/app", "us-isob-east-1"),
            ("123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk/app", "eu-isoe-west-1"),
            ("123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov/app", "us-isof-south-1"),
            ("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/app", "eusc-de-east-1"),
            ("123456789012.dkr-ecr.us-east-1.on.aws/app", "us-east-1"),
            ("123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/app", "cn-north-1"),
        ])
    func ecr(_ text: String, _ region: String) throws {
        guard case .ecr(_, let account, let found) = try EnvironmentImage(text) else {
            Issue.record("\(text) was not taken for ECR")
            return
        }
        #expect(account == "123456789012")
        #expect(found == region)
    }

    @Test("others are told apart")
    func others() throws {
        #expect(try EnvironmentImage("docker:dind") == .dockerHub(ImageReference("docker:dind")))
        #expect(
            try EnvironmentImage("public.ecr.aws/docker/library/alpine")
                == .ecrPublic(ImageReference("public.ecr.aws/docker/library/alpine")))
        #expect(try EnvironmentImage("ghcr.io/a/b") == .other(ImageReference("ghcr.io/a/b")))
        #expect(
            try EnvironmentImage("12345678901.dkr.ecr.eu-west-1.amazonaws.com/a")
                == .other(ImageReference("12345678901.dkr.ecr.eu-west-1.amazonaws.com/a")))
        #expect(
            try EnvironmentImage("123456789012.dkr.ecr.eu-west-1.example.com/a")
                == .other(ImageReference("123456789012.dkr.ecr.eu-west-1.example.com/a")))
        #expect(try EnvironmentImage("aws/other") == .dockerHub(ImageReference("aws/other")))
    }
}
