import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Sandbox

@Suite("Lists and logs in pages")
struct BuildListTests {
    private func account() throws -> SandboxAccount {
        try SandboxAccount(
            place: AccountPlace(account: "123456789012", region: "us-east-1"), time: ManualTime().keeper,
            dice: .seeded(3))
    }

    @Test("builds come newest first, a hundred a page; an order is refused beyond a hundred")
    func builds() async throws {
        let account = try account()
        try DemoProjects.add(to: account.backend)
        try account.backend.store.change { state in
            for number in 1...150 {
                let id = "web:\(number)"
                state.codebuild.builds[id] = CodeBuild.Build(id: id, projectName: "web", buildComplete: true)
                state.codebuild.order.append(id)
            }
            state.codebuild.order.append("api:1")
        }
        let calls = AccountCalls(account)
        let first = try await calls(CodeBuild.ListBuildsForProject(projectName: "web"))
        #expect(first.ids.first == "web:150" && first.ids.last == "web:51" && first.ids.count == 100)
        let second = try await calls(CodeBuild.ListBuildsForProject(projectName: "web", nextToken: first.nextToken))
        #expect(second.ids.first == "web:50" && second.ids.last == "web:1" && second.nextToken == nil)
        #expect(try await calls(CodeBuild.ListBuilds()).ids.first == "api:1")
        #expect(try await calls(CodeBuild.ListBuilds(sortOrder: .ascending)).ids.first == "web:1")
        let refused = await #expect(throws: AccountCalls.Refused.self) {
            try await calls(CodeBuild.ListBuildsForProject(projectName: "web", sortOrder: .descending))
        }
        #expect(refused?.code == "InvalidInputException")
    }

    @Test("the demo's projects keep the rules, and are not made again where there are projects")
    func demo() throws {
        let account = try account()
        try DemoProjects.add(to: account.backend)
        let state = account.backend.store.read { $0 }
        #expect(state.codebuild.projects.keys.sorted() == ["api", "web"])
        for project in state.codebuild.projects.values {
            try ProjectRules(account: "123456789012").check(project)
            try CodeBuildService(backend: account.backend).checkTrust(
                in: project.serviceRole ?? "", source: project.arn ?? "", state)
            let role = state.iam.role(arn: project.serviceRole ?? "")
            #expect(role?.inline.keys.sorted() == ["logs"] && role?.attached == [])
        }
        try account.backend.store.change { $0.codebuild.projects["web"] = nil }
        try DemoProjects.add(to: account.backend)
        #expect(account.backend.store.read { $0.codebuild.projects.keys.sorted() } == ["api"])
    }

    @Test("log events page forward from the head and backward from the end, and the token at an end stays the same")
    func logPages() async throws {
        let account = try account()
        account.backend.logs.put(
            (0..<5).map { .init(timestamp: $0, message: "\($0)", ingested: 9) }, group: "g", stream: "s")
        let calls = AccountCalls(account)
        func page(_ token: String?, head: Bool? = nil) async throws -> CloudWatchLogs.GetLogEvents.Output {
            try await calls(
                CloudWatchLogs.GetLogEvents(
                    logGroupName: "g", logStreamName: "s", nextToken: token, limit: 2, startFromHead: head))
        }
        let latest = try await page(nil)
        #expect(latest.events.map(\.message) == ["3", "4"])
        let earlier = try await page(latest.nextBackwardToken)
        #expect(earlier.events.map(\.message) == ["1", "2"])
        let head = try await page(nil, head: true)
        #expect(head.events.map(\.message) == ["0", "1"])
        let end = try await page(latest.nextForwardToken)
        #expect(end.events.isEmpty && end.nextForwardToken == latest.nextForwardToken)
        let refused = await #expect(throws: AccountCalls.Refused.self) { _ = try await page("nonsense") }
        #expect(refused?.code == "InvalidParameterException")
    }
}
