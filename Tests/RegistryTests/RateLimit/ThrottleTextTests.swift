import Testing

@testable import Registry

@Suite("Limits in log lines")
struct ThrottleTextTests {
    static let old =
        "You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit"
    static let anonymous =
        "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"
    static let account =
        "You have reached your pull rate limit as 'Some.User': dckr_jti_Ab-3_x=. You may increase the limit by upgrading. https://www.docker.com/increase-rate-limit"
    static let hub = "https://registry-1.docker.io/v2/library/node/manifests/22"

    @Test(
        "every spelling of Docker Hub's limits",
        arguments: [
            ("toomanyrequests: \(old)", .pullLimit(nil)),
            ("TOOMANYREQUESTS: \(old.uppercased())", .pullLimit(nil)),
            (
                "toomanyrequests: Too Many Requests. Please see https://docs.docker.com/docker-hub/download-rate-limit/",
                .pullLimit(nil)
            ),
            ("toomanyrequests: \(anonymous)", .pullLimit(.anonymous)),
            ("toomanyrequests: \(account)", .pullLimit(.account("Some.User"))),
            (
                "429 Too Many Requests\ntoomanyrequests: You have reached\n your pull rate limit as '***': dckr_jti_x=.",
                .pullLimit(.account("***"))
            ),
            ("toomanyrequests: Too Many Requests (HAP429).", .abuseLimit),
            (
                #"error parsing HTTP 429 response body: invalid character 'T' looking for beginning of value: "Too Many Requests (HAP429).\n""#,
                .abuseLimit
            ),
            ("docker: error pulling image configuration: toomanyrequests: Too many requests.", .pullLimit(nil)),
            ("toomanyrequests: too many failed login attempts for username or IP address", .loginLock),
            (#"{"errors":[{"code":"TOOMANYREQUESTS","message":"\#(anonymous)"}]}"#, .pullLimit(.anonymous)),
            (
                "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE: Unable to pull customer's container image. CannotPullContainerError: error pulling image configuration: toomanyrequests: \(old)",
                .pullLimit(nil)
            ),
            (
                "57 | toomanyrequests: You have reached your\n58 | pull rate limit. You may increase the limit",
                .pullLimit(nil)
            ),
            ("#3 ERROR: unexpected status from HEAD request to \(hub): 429 Too Many Requests", .ambiguous),
            (
                "pulling from host registry-1.docker.io failed with status code [manifests 20.10]: 429 Too Many Requests",
                .ambiguous
            ),
            (
                "ERROR: failed to resolve source metadata for docker.io/library/node:22: 429 Too\nMany Requests",
                .ambiguous
            ),
            ("429 Too Many Requests\nGET \(hub)", .ambiguous),
            ("Error fetching \(hub) (remote response: 429: Too Many Requests)", .ambiguous),
            (
                "unexpected status from GET request to https://auth.docker.io/token?scope=x: 429 Too Many Requests",
                .ambiguous
            ),
            ("Error reading manifest latest in docker.io/library/golang: toomanyrequests", .pullLimit(nil)),
            (
                "ERROR: failed to build: fetching lifecycle image: Error response from daemon: toomanyrequests",
                .pullLimit(nil)
            ),
            (
                "reading manifest latest in docker.n8n.io/n8nio/n8n: toomanyrequests: \(anonymous)",
                .pullLimit(.anonymous)
            ),
            (
                "docker pull public.ecr.aws/x/y\nok\ndocker pull alpine\ntoomanyrequests: \(anonymous)",
                .pullLimit(.anonymous)
            ),
        ] as [(String, Throttle)])
    func hubLimits(_ text: String, _ expected: Throttle) {
        #expect(Throttle(text: text) == expected)
    }

    @Test(
        "other registries' limits are theirs",
        arguments: [
            ("toomanyrequests: Rate exceeded", .ecrPublic),
            ("Error response from daemon: toomanyrequests: Data limit\nexceeded", .ecrPublic),
            ("https://public.ecr.aws/v2/docker/library/node/manifests/22: 429 Too Many Requests", .ecrPublic),
            ("toomanyrequests: Request exceeded pull rate limit for IP 192.0.2.1", .wave),
            ("toomanyrequests: <!DOCTYPE html><html>", .mirror),
            (
                "An error occurred (ThrottlingException) when calling the GetAuthorizationToken operation: Rate exceeded",
                .ecr
            ),
            ("https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/a/manifests/b: 429: Too Many Requests", .ecr),
            ("toomanyrequests: retry-after: 880.092µs, allowed: 44000/minute", .gitHub),
            ("toomanyrequests: Too many requests. Please visit https://aka.ms/acr/skus#x", .azure),
            (
                "unexpected status from GET request to https://quay.io/v2/auth?scope=x: 429 Too Many Requests",
                .host("quay.io")
            ),
            (
                "GET https://huggingface.co/v2/a/blobs/sha256:x: unexpected status code 429 Too Many Requests",
                .host("huggingface.co")
            ),
        ] as [(String, Throttle.OtherRegistry)])
    func others(_ text: String, _ expected: Throttle.OtherRegistry) {
        #expect(Throttle(text: text) == .otherRegistry(expected))
    }

    @Test(
        "what is no registry's limit is none",
        arguments: [
            "", "npm error 429 Too Many Requests", "429",
            "FROM docker.io/library/node\nnpm ERR! 429 Too Many Requests - GET https://registry.npmjs.org/x",
            "api error ThrottlingException: Rate exceeded", "pull QPS exceeded",
            "\(hub): unauthorized: incorrect username or password",
            "Get https://registry-1.docker.io/v2/: net/http: request canceled (Client.Timeout exceeded)",
            "reading https://goproxy.cn/x.mod: 429 Too Many Requests",
        ])
    func none(_ text: String) {
        #expect(Throttle(text: text) == nil)
    }

    @Test("token identifiers, tokens and account names are masked, and nothing else")
    func redaction() {
        #expect(
            HubWords.redacted(Self.account)
                == "You have reached your pull rate limit as '***': dckr_jti_***. You may increase the limit by upgrading. https://www.docker.com/increase-rate-limit"
        )
        #expect(HubWords.redacted("a dckr_pat_Zz9-_ b dckr_oat_q c") == "a dckr_pat_*** b dckr_oat_*** c")
        #expect(HubWords.redacted("logged in as 'x'") == "logged in as 'x'")
        #expect(HubWords.redacted("pull rate limit as 'cut") == "pull rate limit as '***")
        #expect(HubWords.redacted("dckr_jti_") == "dckr_jti_")
    }

    @Test("only the limit of nobody is one that a login ends")
    func login() {
        #expect(Throttle.pullLimit(.anonymous).isEndedByLogin)
        #expect(!Throttle.pullLimit(.account("x")).isEndedByLogin)
        #expect(!Throttle.abuseLimit.isEndedByLogin)
        #expect(!Throttle.otherRegistry(.ecrPublic).isEndedByLogin)
    }
}
