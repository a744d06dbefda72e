import AWS
import Core
import Testing

@testable import Remedy

@Suite("A project's step")
struct ProjectStepTests {
    static let base = LoginPlannerTests.project()

    static func step(hidden: Bool = false) throws -> ProjectStep {
        var step = ProjectStep(project: "web", variables: [], buildspecDiff: [])
        step.registryCredential = Change(
            from: nil, to: .init(credential: "dockerhub", credentialProvider: "SECRETS_MANAGER"))
        step.variables = [
            VariableChange(
                name: "DOCKERHUB_PASSWORD", before: hidden ? .hidden(keyedHash: "h:old") : .absent,
                after: .variable(.init(name: "DOCKERHUB_PASSWORD", value: "dockerhub:password", type: .secretsManager)))
        ]
        return step
    }

    static func state(_ step: ProjectStep, _ change: (inout CodeBuild.Project) -> Void) -> StepState {
        var project = base
        change(&project)
        return step.state(of: project) { "h:\($0)" }
    }

    @Test("stands before, after, or elsewhere")
    func states() throws {
        let step = try Self.step()
        #expect(Self.state(step) { _ in } == .before)
        let settle: (inout CodeBuild.Project) -> Void = {
            $0.environment.registryCredential = .init(credential: "dockerhub", credentialProvider: "SECRETS_MANAGER")
            $0.environment.environmentVariables = [
                .init(name: "DOCKERHUB_PASSWORD", value: "dockerhub:password", type: .secretsManager)
            ]
        }
        #expect(Self.state(step, settle) == .after)
        #expect(
            Self.state(step) {
                $0.environment.registryCredential = .init(
                    credential: "dockerhub", credentialProvider: "SECRETS_MANAGER")
            } == .begun)
        #expect(
            Self.state(step) {
                $0.environment.registryCredential = .init(credential: "theirs", credentialProvider: "SECRETS_MANAGER")
            } == .other("registryCredential changed meanwhile"))
    }

    @Test("knows a plaintext password again by its hash")
    func hidden() throws {
        let step = try Self.step(hidden: true)
        #expect(
            Self.state(step) { $0.environment.environmentVariables = [.init(name: "DOCKERHUB_PASSWORD", value: "old")] }
                == .before)
        #expect(
            Self.state(step) { $0.environment.environmentVariables = [.init(name: "DOCKERHUB_PASSWORD", value: "new")] }
                == .other("DOCKERHUB_PASSWORD changed meanwhile"))
    }

    @Test("its diff shows a plaintext value as dots")
    func diff() throws {
        #expect(try Self.step(hidden: true).diff.contains("- DOCKERHUB_PASSWORD: ••• (PLAINTEXT)"))
    }
}
