import Core
import FoundationEssentials
import HTTPTypes
import Registry
import TestSupport
import Testing

@testable import Sandbox

@Suite("The hub's tokens and logins")
struct HubTokenTests {
    let fixture = HubFixture()

    @Test("Without a token: the challenge, and the caller's address in the 401 already")
    func challenge() throws {
        let base = fixture.ask(.get, "/v2/", from: "127.0.0.9")
        #expect(base.status == 401)
        #expect(
            base["www-authenticate"]
                == #"Bearer realm="http://127.0.0.1:5080/token",service="registry.docker.io""#)
        #expect(base["docker-ratelimit-source"] == "127.0.0.9")
        #expect(base["docker-distribution-api-version"] == "registry/2.0")
        #expect(try base.refusal == ["UNAUTHORIZED", "authentication required"])
        let manifest = fixture.ask(.head, "/v2/library/docker/manifests/dind")
        #expect(manifest["www-authenticate"]?.hasSuffix(#",scope="repository:library/docker:pull""#) == true)
    }

    @Test("A token is a JWT with the claims that Docker Hub's has, good for 300 seconds")
    func claims() throws {
        let answer = fixture.logIn("builder", "right-password", scope: "repository:library/docker:pull,push")
        let body = try answer.json
        #expect(body["expires_in"] == 300)
        #expect(body["token"] == body["access_token"])
        #expect(body["issued_at"] == "2023-11-14T22:13:20Z")
        let token = try #require(body["token"]?.string)
        #expect(token.split(separator: ".").count == 3)
        let claims = try #require(fixture.hub.tokens.claims(of: token, at: fixture.time.keeper.now()))
        #expect(claims.exp - claims.iat == 300)
        #expect(claims.sub == HubFixture.account.id)
        #expect(claims.jti.hasPrefix("dckr_jti_") && claims.jti.hasSuffix("="))
        #expect(
            claims.access == [
                .init(
                    name: "library/docker", actions: ["pull"],
                    parameters: .init(pull_limit: "5", pull_limit_interval: "21600"))
            ])
    }

    @Test("A token ends after 300 seconds, and one that was changed is none")
    func expiryAndForgery() throws {
        let token = try fixture.token()
        fixture.time.advance(by: 299)
        #expect(fixture.manifest(.head, token: token).status == 200)
        var parts = token.split(separator: ".").map(String.init)
        parts[1] = String(parts[1].dropLast(2)) + "AA"
        #expect(fixture.manifest(.head, token: parts.joined(separator: ".")).status == 401)
        #expect(fixture.manifest(.head, token: "x").status == 401)
        fixture.time.advance(by: 1)
        let expired = fixture.manifest(.head, token: token)
        #expect(expired.status == 401)
        #expect(expired["www-authenticate"]?.contains(#"error="invalid_token""#) == true)
    }

    @Test("A token of one repository opens no other; one of two opens both")
    func scopes() throws {
        let one = try fixture.token("library/busybox")
        let refused = fixture.manifest(.head, "library/alpine", token: one)
        #expect(refused.status == 401)
        #expect(refused["www-authenticate"]?.contains(#"error="insufficient_scope""#) == true)
        let both = fixture.ask(
            .get, "/token?scope=repository:library/busybox:pull&scope=repository%3Alibrary%2Falpine%3Apull")
        let token = try #require(try both.json["token"]?.string)
        #expect(fixture.manifest(.head, "library/alpine", token: token).status == 200)
        #expect(fixture.manifest(.head, "library/busybox", token: token).status == 200)
    }

    @Test("An unknown repository and a private one look the same to who may not read them")
    func privateRepositories() throws {
        let fixture = HubFixture(privateRepositories: ["library/node": ["builder"]])
        for (repository, account) in [
            ("library/nope", HubFixture.account), ("library/node", nil), ("library/node", HubFixture.paid),
        ] {
            let answer = fixture.manifest(.head, repository, token: try fixture.token(repository, account))
            #expect(answer.status == 401)
            #expect(try answer.refusal == ["UNAUTHORIZED", "authentication required"])
        }
        let token = try fixture.token("library/node", HubFixture.account)
        #expect(fixture.manifest(.head, "library/node", token: token).status == 200)
    }

    @Test("A wrong password, or an unknown user, is refused in Docker's words; nobody is let in instead")
    func wrongLogin() throws {
        for user in ["builder", "nobody"] {
            let answer = fixture.logIn(user, "wrong")
            #expect(answer.status == 401)
            #expect(try answer.json == ["details": "incorrect username or password"])
        }
        #expect(fixture.ask(.get, "/token", [.authorization: "Basic %%%"]).status == 401)
        #expect(fixture.counts.refusedLogins == 2)
    }

    @Test("Ten wrong logins lock the name for ten minutes, right passwords included, and no other name")
    func lock() throws {
        for _ in 0..<10 { #expect(fixture.logIn("builder", "wrong").status == 401) }
        let locked = fixture.logIn("builder", "right-password")
        #expect(locked.status == 429)
        #expect(
            try locked.json == ["details": "too many failed login attempts for username or IP address"])
        #expect(fixture.logIn("payer", "paid-password").status == 200)
        fixture.time.advance(by: 600)
        #expect(fixture.logIn("builder", "right-password").status == 200)
    }

    @Test("The OAuth2 POST: a password grant gives a refresh token on request, which gives tokens in turn")
    func oauth() throws {
        let password = fixture.ask(
            .post, "/token",
            body: "grant_type=password&username=builder&password=right-password&service=registry.docker.io"
                + "&access_type=offline&client_id=t&scope=repository%3Alibrary%2Fbusybox%3Apull")
        #expect(password.status == 200)
        let refresh = try #require(try password.json["refresh_token"]?.string)
        let again = fixture.ask(
            .post, "/token",
            body: "grant_type=refresh_token&refresh_token=\(refresh)&scope=repository:library/busybox:pull")
        let token = try #require(try again.json["access_token"]?.string)
        #expect(fixture.manifest(.head, token: token)["docker-ratelimit-source"] == HubFixture.account.id)
        #expect(fixture.manifest(.head, token: refresh).status == 401)
        #expect(fixture.ask(.post, "/token", body: "grant_type=password&username=builder&password=x").status == 401)
        #expect(fixture.ask(.post, "/token", body: "grant_type=refresh_token&refresh_token=\(token)").status == 401)
        #expect(fixture.ask(.post, "/token", body: "").status == 400)
    }

    @Test("A fresh account has another password each time, and its UUID comes from its name alone")
    func freshAccounts() {
        let dice = Dice.seeded(5)
        let (first, second) = (
            HubAccount.fresh("a", limit: .unlimited, dice: dice), HubAccount.fresh("a", limit: .unlimited, dice: dice)
        )
        #expect(first.password != second.password)
        #expect(Credential(username: "a", password: first.password).passwordKind == .personalAccessToken)
        #expect(first.id == second.id)
        #expect(first.id != HubFixture.account.id)
        #expect(UUID(uuidString: first.id) != nil)
    }
}
