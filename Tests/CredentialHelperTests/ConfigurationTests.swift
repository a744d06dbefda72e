import Core
import Registry
import TestSupport
import Testing

@testable import CredentialHelper

@Suite("Which secret serves which registry")
struct ConfigurationTests {
    static let hub = HubEndpoint.loginKey

    private func places(_ file: String?, _ variables: [String: String] = ["HOME": "/home/u"]) throws -> [String:
        SecretPlace]
    {
        try HelperConfiguration(EnvironmentVariables(variables)) { path in
            #expect(path == "/home/u/.config/unthrottle/helper.json")
            return file
        }.places
    }

    @Test("Without a word it is the secret dockerhub for Docker Hub")
    func nothing() throws {
        #expect(try places(nil) == [Self.hub: SecretPlace(secret: "dockerhub")])
        #expect(
            try HelperConfiguration(EnvironmentVariables([:])).places == [Self.hub: SecretPlace(secret: "dockerhub")])
    }

    @Test("UNTHROTTLE_SECRET names Docker Hub's secret and leaves the file's other registries")
    func variable() throws {
        let places = try places(
            #"{"registries":{"docker.io":"one","ghcr.io":"two"}}"#, ["HOME": "/home/u", "UNTHROTTLE_SECRET": "three"])
        #expect(places == [Self.hub: SecretPlace(secret: "three"), "ghcr.io": SecretPlace(secret: "two")])
    }

    @Test("The file's outer members are for the registries that do not say otherwise")
    func file() throws {
        #expect(
            try places(
                #"{"secret":"s","region":"eu-west-3","registries":{"https://index.docker.io/v1/":{},"127.0.0.1:5000":{"secret":"p","role":"arn:aws:iam::1:role/r"}}}"#
            ) == [
                Self.hub: SecretPlace(secret: "s", region: "eu-west-3"),
                "127.0.0.1:5000": SecretPlace(secret: "p", region: "eu-west-3", role: "arn:aws:iam::1:role/r"),
            ])
        #expect(try places(#"{"secret":"s"}"#) == [Self.hub: SecretPlace(secret: "s")])
        #expect(try places(#"{"registries":{}}"#) == [:])
    }

    @Test(
        "A file that cannot be meant is refused by name",
        arguments: [
            ("{", "not a JSON object"), ("[]", "not a JSON object"), (#"{"secert":"x"}"#, "\"secert\" is unknown"),
            (#"{"secret":1}"#, "\"secret\" is not a text"), (#"{"registries":[]}"#, "\"registries\" is not an object"),
            (#"{"registries":{"ghcr.io":1}}"#, "\"ghcr.io\" is neither"),
            (#"{"registries":{"https://ghcr.io":"x"}}"#, "\"https://ghcr.io\" is not a registry"),
            (#"{"registries":{"docker.io":"x","index.docker.io":"y"}}"#, "twice"),
            (#"{"registries":{"docker.io":{"password":"canary"}}}"#, "\"password\" is unknown"),
        ])
    func refused(_ file: String, _ words: String) {
        let error = #expect(throws: UnthrottleError.self) { try places(file) }
        #expect(error?.message.hasPrefix("/home/u/.config/unthrottle/helper.json: ") == true)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("canary") == false)
    }

    @Test("The Region is the place's, else that of its ARN")
    func region() {
        let arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:dockerhub-AbCdEf"
        #expect(SecretPlace(secret: arn).ownRegion == "eu-west-3")
        #expect(SecretPlace(secret: arn, region: "us-east-1").ownRegion == "us-east-1")
        #expect(SecretPlace(secret: "dockerhub").ownRegion == nil)
    }
}

@Suite("What a secret holds")
struct SecretContentTests {
    static let place = SecretPlace(secret: "dockerhub")

    @Test(
        "Every form that people use gives the login",
        arguments: [
            #"{"username":"u","password":"p"}"#, #"{"username":"u","accessToken":"p"}"#,
            #"{"username":"u","secret":"p"}"#,
            #"{"username":"u","password":"p","secret":"not-this","auth_config":"{}"}"#,
            #"{"username":"u","password":"","secret":"p"}"#,
            #"{"https://index.docker.io/v1/":{"username":"u","password":"p"},"ghcr.io":{"username":"x","password":"y"}}"#,
            #"{"docker.io":{"username":"u","secret":"p"}}"#, #"{"index.docker.io":{"auth":"dTpw"}}"#,
            #"{"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}}"#,
            #"{"auths":{"registry-1.docker.io":{"username":"u","password":"p"}}}"#,
            #"{"auth_config":"{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"dTpw\"}}}"}"#,
        ])
    func forms(_ text: String) throws {
        let content = try SecretContent(Secret(text), of: Self.place)
        for url in [HubEndpoint.loginKey, "docker.io"] {
            #expect(
                try content.credential(for: url, of: Self.place) == Credential(username: "u", password: Secret("p")))
        }
    }

    @Test("An identity token goes out under docker's name for it")
    func identityToken() throws {
        let content = try SecretContent(Secret(#"{"auths":{"docker.io":{"identitytoken":"t"}}}"#), of: Self.place)
        #expect(try content.credential(for: "docker.io", of: Self.place).username == "<token>")
    }

    @Test("A map serves the registries that it names, and no other")
    func map() throws {
        let content = try SecretContent(Secret(#"{"https://ghcr.io":{"username":"u","password":"p"}}"#), of: Self.place)
        #expect(try content.credential(for: "ghcr.io", of: Self.place).username == "u")
        let error = #expect(throws: HelperFailure.self) { try content.credential(for: "docker.io", of: Self.place) }
        #expect(error?.message == "the secret dockerhub has no login for docker.io")
    }

    @Test(
        "A secret of another form is refused with what is wrong, never with what it holds",
        arguments: [
            ("canary:canary", "is not a JSON object"), ("[\"canary\"]", "is not a JSON object"),
            ("{}", "neither username nor password"),
            (#"{"canary-user":"canary-token"}"#, "neither username nor password"),
            (#"{"Username":"canary","Password":"canary"}"#, "username is missing, and there is Password, Username"),
            (#"{"username":"canary","token":"canary"}"#, "password is missing, and there is token, username"),
            (#"{"username":"","password":"canary"}"#, "username is empty"),
            (#"{"username":"canary","password":7}"#, "password is empty or not a text"),
            (#"{"auths":{"docker.io":{"auth":"canary"}}}"#, "holds no login"),
        ])
    func refused(_ text: String, _ words: String) {
        let error = #expect(throws: HelperFailure.self) { try SecretContent(Secret(text), of: Self.place) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect("\(error?.message ?? "")\(error?.hint ?? "")".contains("canary") == false)
    }
}
