import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AWS

@Suite struct ListTests {
    private func client(_ transport: ScriptedTransport) -> AWSClient {
        AWSClient(
            AWSConfiguration(region: "eu-west-3"), credentials: ClientTests.credentials, transport: transport,
            time: ManualTime().keeper, dice: .seeded(1))
    }
    private func body(_ request: WebRequest) throws -> JSON { try JSON(parsing: Data(request.body)) }

    @Test("pages are followed to their end")
    func pages() async throws {
        let transport = ScriptedTransport([
            .answer(200, [:], #"{"projects":["a","b"],"nextToken":"1"}"#),
            .answer(200, [:], #"{"nextToken":"2"}"#), .answer(200, [:], #"{"projects":["c"]}"#),
        ])
        #expect(try await client(transport).projectNames() == ["a", "b", "c"])
        #expect(try transport.requests.map { try body($0)["nextToken"]?.string } == [nil, "1", "2"])
    }

    @Test("a service that repeats its token does not hold the program for ever")
    func repeatedToken() async throws {
        let transport = ScriptedTransport { _, _ in .answer(200, [:], #"{"projects":["a"],"nextToken":"1"}"#) }
        #expect(try await client(transport).projectNames() == ["a", "a"])
    }

    @Test("a project's newest builds are read without a sort order, and no further page than needed")
    func limitedBuilds() async throws {
        let transport = ScriptedTransport { _, _ in .answer(200, [:], #"{"ids":["web:3","web:2"],"nextToken":"x"}"#) }
        #expect(try await client(transport).buildIDs(ofProject: "web", limit: 1) == ["web:3"])
        #expect(transport.requests.count == 1)
        #expect(try body(transport.requests[0]) == ["projectName": "web"])
    }

    @Test("IAM's pages go by marker")
    func markers() async throws {
        func page(_ name: String, _ marker: String) -> String {
            """
            <ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>\(name)</member></PolicyNames>\
            \(marker)</ListRolePoliciesResult></ListRolePoliciesResponse>
            """
        }
        let transport = ScriptedTransport([
            .answer(200, [:], page("a", "<IsTruncated>true</IsTruncated><Marker>m&amp;1</Marker>")),
            .answer(200, [:], page("b", "<IsTruncated>false</IsTruncated>")),
        ])
        #expect(try await client(transport).inlinePolicyNames(ofRole: "r") == ["a", "b"])
        #expect(String(decoding: transport.requests[1].body, as: UTF8.self).contains("Marker=m%261"))
    }

    @Test("projects are read a hundred at a time")
    func chunks() async throws {
        let transport = ScriptedTransport { request, _ in
            let names = try JSON(parsing: Data(request.body))["names"] ?? []
            return .answer(200, [:], JSON.object(["projectsNotFound": names]).text())
        }
        let names = (0..<201).map { "p\($0)" }
        let answer = try await client(transport).projects(named: names)
        #expect(answer.missing == names)
        #expect(try transport.requests.compactMap { try body($0)["names"]?.array?.count }.sorted() == [1, 100, 100])
        #expect(try await client(transport).projects(named: []).found.isEmpty)
        #expect(transport.requests.count == 3)
    }

    @Test("2,000 projects with 20 builds each are listed in 820 calls, eight at a time, in their order")
    func fleet() async throws {
        let ids = (0..<40_000).map { "p\($0 % 2000):\($0)" }
        let names = (0..<2000).map { "p\($0)" }
        let transport = ScriptedTransport { request, _ in
            let target = request.headers[.amzTarget]?.split(separator: ".").last ?? ""
            let input = try JSON(parsing: Data(request.body))
            if target.hasPrefix("BatchGet") {
                let asked = (input["ids"] ?? input["names"])?.array ?? []
                guard asked.count == 100 else { return .answer(400, [:], "{}") }
                return .answer(200, [:], JSON.object(["builds": .array(asked.map { ["id": $0] })]).text())
            }
            let (member, all) = target == "ListBuilds" ? ("ids", ids) : ("projects", names)
            let start = input["nextToken"]?.string.flatMap { Int($0) } ?? 0
            var page: [String: JSON] = [member: .array(all[start..<start + 100].map { .string($0) })]
            if start + 100 < all.count { page["nextToken"] = .string("\(start + 100)") }
            return .answer(200, [:], JSON.object(page).text())
        }
        let gate = Gate(transport)
        let client = AWSClient(
            AWSConfiguration(region: "eu-west-3"), credentials: ClientTests.credentials, transport: gate,
            time: ManualTime().keeper, dice: .seeded(1))
        #expect(try await client.projectNames() == names)
        #expect(try await client.allBuilds().map(\.id) == ids)
        #expect(transport.requests.count == 20 + 400 + 400)
        // Eight pages' builds, and the next page.
        #expect((2...9).contains(gate.most))
    }

    @Test("a call that fails ends the whole list")
    func failedPage() async throws {
        let transport = ScriptedTransport { request, _ in
            request.headers[.amzTarget]?.hasSuffix("ListBuilds") == true
                ? .answer(200, [:], #"{"ids":["p:1"]}"#) : .answer(403, [:], #"{"__type":"AccessDeniedException"}"#)
        }
        await #expect(throws: AWSError.self) { try await client(transport).allBuilds() }
    }

    @Test("a log is read until its token comes back, and later from there")
    func logs() async throws {
        let transport = ScriptedTransport([
            .answer(200, [:], #"{"events":[{"message":"one\n"}],"nextForwardToken":"f1"}"#),
            .answer(200, [:], #"{"events":[],"nextForwardToken":"f1"}"#),
        ])
        let page = try await client(transport).logEvents(group: "g", stream: "s")
        #expect(page.events.map(\.message) == ["one\n"])
        #expect(page.next == "f1")
    }
}

/// A transport that notes how many requests are under way at a time.
private final class Gate: Transport {
    private let inner: ScriptedTransport
    private let counts = Mutex((now: 0, most: 0))

    init(_ inner: ScriptedTransport) {
        self.inner = inner
    }

    var most: Int { counts.withLock { $0.most } }

    func send(_ request: WebRequest) async throws -> WebResponse {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
        defer { counts.withLock { $0.now -= 1 } }
        // Others get their turn while this one is under way.
        await Task.yield()
        return try await inner.send(request)
    }
}
