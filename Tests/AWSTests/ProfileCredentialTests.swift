import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import AWS

/// Profiles that lead to a role, a process or a sign-in; the oracle for their order is `CredentialJudgeTests`.
@Suite struct ProfileCredentialTests {
    static let config = """
        [default]
        aws_access_key_id = AK
        aws_secret_access_key = s
        [profile role]
        role_arn = arn:aws:iam::1:role/r
        source_profile = default
        external_id = e
        duration_seconds = 900
        role_session_name = me
        [profile mfa]
        role_arn = r
        source_profile = default
        mfa_serial = arn:aws:iam::1:mfa/m
        [profile chain]
        role_arn = top
        source_profile = role
        [profile self]
        role_arn = r
        source_profile = self
        aws_access_key_id = AKSELF
        aws_secret_access_key = s
        [profile loop]
        role_arn = r
        source_profile = back
        [profile back]
        role_arn = r
        source_profile = loop
        [profile bare]
        role_arn = r
        source_profile = bare
        [profile both]
        role_arn = r
        source_profile = default
        credential_source = Environment
        [profile neither]
        role_arn = r
        [profile typo]
        role_arn = r
        source_profile = defaul
        [profile empty]
        [profile hollow]
        role_arn = r
        source_profile = empty
        [profile odd]
        role_arn = r
        credential_source = environment
        [profile long]
        role_arn = r
        source_profile = default
        duration_seconds = 1h
        [profile web]
        role_arn = r
        web_identity_token_file = /token
        [profile sso]
        sso_session = work
        sso_account_id = 123456789012
        sso_role_name = Read Only
        [profile legacy]
        sso_start_url = https://x.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 1
        sso_role_name = R
        [profile half]
        sso_account_id = 1
        [profile lost]
        sso_session = other
        sso_account_id = 1
        sso_role_name = R
        [profile odd region]
        sso_start_url = https://x.awsapps.com/start
        sso_region = evil.example/
        sso_account_id = 1
        sso_role_name = R
        [profile login]
        login_session = arn:aws:iam::1:user/me
        [sso-session work]
        sso_start_url = https://x.awsapps.com/start
        sso_region = us-gov-west-1
        """

    private func chain(
        _ profile: String, _ transport: ScriptedTransport = FakeIdentity.transport, files: [String: String] = [:],
        variables: [String: String] = [:], config: String = config, time: ManualTime = ManualTime(),
        options: CredentialChain.Options = .init()
    ) throws -> CredentialChain {
        let variables = EnvironmentVariables(
            variables.merging(["HOME": "/h", "AWS_REGION": "eu-west-3", "PATH": "/bin:/usr/bin"]) { $1 })
        let files = files.merging(["/h/.aws/config": config]) { $1 }
        let shared = try SharedConfiguration(variables, profile: profile) { files[$0] }
        return CredentialChain(
            variables, profile: shared, transport: transport, time: time.keeper, options: options
        ) { files[$0] }
    }

    private func message(_ profile: String, files: [String: String] = [:], config: String = config) async -> String {
        do {
            let found = try await chain(profile, files: files, config: config).credentials()
            return found.accessKeyID
        } catch let error as UnthrottleError {
            return "\(error.message) | \(error.hint ?? "")"
        } catch { return "\(error)" }
    }

    @Test("a role is assumed with its source's keys, signed for the Region, with all that the profile says")
    func role() async throws {
        let transport = FakeIdentity.transport
        let found = try await chain("chain", transport).credentials()
        #expect(found.accessKeyID == "[A;top;;;;;;[A;arn:aws:iam::1:role/r;e;900;;;me;AK]]")
        #expect(found.sessionToken == Secret("t"))
        #expect(found.expiration == ISO8601.date(FakeIdentity.end))
        #expect(transport.requests.map(\.url) == Array(repeating: "https://sts.eu-west-3.amazonaws.com/", count: 2))
        #expect(try await chain("self").credentials().accessKeyID == "[A;r;;;;;;AKSELF]")
    }

    @Test("a web identity's call is not signed, and its token is read anew each time")
    func webIdentity() async throws {
        let transport = FakeIdentity.transport
        let found = try await chain("web", transport, files: ["/token": "jwt\n"]).credentials()
        #expect(found.accessKeyID == "[W;r;jwt;;]")
        #expect(transport.requests.first?.headers[.authorization] == nil)
        #expect(transport.requests.first?.carriesSecret == true)
        #expect(await message("web").contains("/token, which should hold the web identity token, is missing"))
    }

    @Test("an MFA code is asked for by serial; where nobody can be asked that is said")
    func mfa() async throws {
        let asked = try chain("mfa", options: .init(mfaCode: { $0.hasSuffix("/m") ? " 123456 " : nil }))
        #expect(try await asked.credentials().accessKeyID == "[A;r;;;arn:aws:iam::1:mfa/m;123456;;AK]")
        #expect(await message("mfa").contains("export-credentials --profile mfa"))
    }

    static let refusals: [(profile: String, says: String)] = [
        ("loop", "leads back to itself: loop -> back -> loop"), ("bare", "leads back to itself: bare -> bare"),
        ("both", "has both source_profile and credential_source"),
        ("neither", "neither source_profile nor credential_source"), ("typo", "Did you mean default"),
        ("hollow", "source_profile = empty, which has no credentials"), ("odd", "Environment, EcsContainer"),
        ("long", "duration_seconds = 1h"), ("half", "has no sso_start_url"),
        ("lost", "no section [sso-session other]"), ("odd region", "no Region in sso_region"),
        ("sso", "nobody has signed in on this machine | Run `aws sso login --profile sso`"),
        ("login", "nobody has signed in on this machine | Run `aws login --profile login`"),
    ]

    @Test("a profile that leads nowhere is an error that says what to mend or to run", arguments: refusals.indices)
    func refuses(_ index: Int) async {
        let row = Self.refusals[index]
        let message = await message(row.profile)
        #expect(message.contains(row.says), "\(message)")
    }

    @Test("what STS refuses is told with the role, the profile and the permission that is missing")
    func denied() async throws {
        let transport = ScriptedTransport([
            .answer(
                403, [:],
                """
                <ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/u is not authorized to \
                perform: sts:AssumeRole on resource: arn:aws:iam::1:role/r</Message></Error></ErrorResponse>
                """)
        ])
        let error = await #expect(throws: UnthrottleError.self) { try await chain("role", transport).credentials() }
        #expect(error?.code == .credentials)
        #expect(error?.message.contains("arn:aws:iam::1:role/r (AWS profile role)") == true)
        #expect(error?.hint?.contains(#""Action" : "sts:AssumeRole""#) == true)
    }

    static let process = #"{"Version":1,"AccessKeyId":"AKP","SecretAccessKey":"CANARY""#
    static let processes: [(command: String, says: String)] = [
        (#"/bin/echo '\#(process),"Expiration":"2099-01-01T00:00:00+00:00"}'"#, "AKP"),
        (#"echo '\#(process)}'"#, "AKP"), ("/bin/sh -c 'echo wrong CODE >&2; exit 3'", "failed: wrong CODE"),
        ("/bin/false", "failed, and said nothing"), ("/none/such", "/none/such, cannot be run"),
        ("no-such-program-here", "cannot be run"), ("echo 'open", "a quote that is not closed"),
        ("echo CANARY", "something else than credentials"), (#"echo '{"Version":2}'"#, "Version 2, not 1"),
        (#"echo '{"Version":1,"AccessKeyId":"AKP"}'"#, "no SecretAccessKey"),
        (#"echo '\#(process),"Expiration":"CANARY"}'"#, "Expiration that is no ISO 8601 time"),
        ("echo $HOME", "something else than credentials"),
    ]

    @Test(
        "a process is run without a shell, and fails in words that hold nothing of what it printed",
        arguments: processes.indices)
    func process(_ index: Int) async {
        let row = Self.processes[index]
        let message = await message("p", config: "[profile p]\ncredential_process = \(row.command)\n")
        #expect(message.contains(row.says), "\(message)")
        #expect(!message.contains("CANARY"))
    }

    static let token = #"{"accessToken":"bearer","expiresAt":"2023-11-14T23:00:00UTC"}"#
    // SHA-1 of `work` and of the start URL
    static let workHash = "e274eeff768c6396088ec6eb091f4bf4d47ab1e0"
    static let startHash = "3947de8b16688092197fa616c34e01335f21d256"

    @Test("an SSO session's token buys the role's keys at the portal of its Region; a legacy profile's likewise")
    func sso() async throws {
        let transport = FakeIdentity.transport
        let found = try await chain("sso", transport, files: Self.cached("work", Self.token)).credentials()
        #expect(found.accessKeyID == "[S;Read Only;123456789012;bearer]")
        #expect(found.expiration == Date(timeIntervalSince1970: 4_070_908_800))
        #expect(
            transport.requests.first?.url
                == "https://portal.sso.us-gov-west-1.amazonaws.com/federation/credentials?role_name=Read%20Only&account_id=123456789012"
        )
        let legacy = Self.cached("https://x.awsapps.com/start", Self.token)
        #expect(try await chain("legacy", files: legacy).credentials().accessKeyID == "[S;R;1;bearer]")
    }

    @Test("an ended SSO session is found before anything is sent, a revoked one at the portal")
    func ssoEnded() async throws {
        let time = ManualTime()
        time.advance(by: 3600)
        let silent = ScriptedTransport([])
        let ended = try chain("sso", silent, files: Self.cached("work", Self.token), time: time)
        let error = await #expect(throws: UnthrottleError.self) { try await ended.credentials() }
        #expect(error?.message.contains("ended at 2023-11-14T23:00:00Z") == true)
        #expect(error?.hint == "Run `aws sso login --profile sso`.")
        #expect(silent.requests.isEmpty)
        let revoked = ScriptedTransport([.answer(401, [:], #"{"message":"Session token not found or invalid"}"#)])
        let refused = try chain("sso", revoked, files: Self.cached("work", Self.token))
        await #expect(throws: UnthrottleError.self) { try await refused.credentials() }
    }

    @Test("keys of `aws login` are read until they end, and without what renews them no longer")
    func login() async throws {
        let document =
            #"{"accessToken":{"accessKeyId":"AKL","secretAccessKey":"s","sessionToken":"t","accountId":"1","expiresAt":"2023-11-14T23:00:00Z"},"refreshToken":"r"}"#
        let name = SigV4.payloadHash(Array("arn:aws:iam::1:user/me".utf8))
        let files = ["/h/.aws/login/cache/\(name).json": document]
        #expect(try await chain("login", files: files).find()?.method == .login)
        let time = ManualTime()
        time.advance(by: 3600)
        let error = await #expect(throws: UnthrottleError.self) {
            try await chain("login", files: files, time: time).credentials()
        }
        #expect(error?.message.contains("nothing to renew them with") == true)
        #expect(error?.hint == "Run `aws login --profile login`.")
    }

    static func cached(_ name: String, _ document: String) -> [String: String] {
        let known = ["work": workHash, "https://x.awsapps.com/start": startHash]
        return ["/h/.aws/sso/cache/\(known[name] ?? "").json": document]
    }
}
