import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

/// Terraform's AWS provider as a judge of the sandbox: what it was told, it must find again.
@Suite("Terraform against the sandbox")
struct TerraformTests {
    /// The provider that the configuration asks for, as `terraform providers mirror` lays it out.
    private static let provider = "registry.terraform.io/hashicorp/aws/5.100.0"

    /// The folder with the provider: `UNTHROTTLE_TERRAFORM_PLUGINS`, or where Terraform itself looks.
    private static let plugins: String? = {
        let surroundings = ProcessInfo.processInfo.environment
        let places = [
            surroundings["UNTHROTTLE_TERRAFORM_PLUGINS"], surroundings["HOME"].map { "\($0)/.terraform.d/plugins" },
            "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins", "/opt/tf-plugins",
        ]
        return places.compactMap(\.self).first { FileManager.default.fileExists(atPath: "\($0)/\(provider)") }
    }()

    @Test(
        "a project with its role, policies, keys, secret and user is created, found unchanged, builds, is updated and is destroyed",
        .enabled("needs terraform 1.11 (Debian has none; releases.hashicorp.com)") { Tool("terraform").isInstalled },
        .enabled("needs the provider hashicorp/aws 5.100.0 in UNTHROTTLE_TERRAFORM_PLUGINS") { plugins != nil })
    func lifeCycle() async throws {
        try await SandboxFixture.with(["--empty"]) { sandbox in
            let work = "\(sandbox.folder)/terraform"
            try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: "\(Checkout.root)/Tests/Judges/terraform/main.tf", toPath: "\(work)/main.tf")
            let run = TerraformRun(sandbox: sandbox, folder: work)
            try await run("init", "-plugin-dir=\(Self.plugins ?? "")")

            try await run("apply", "-auto-approve", change: "one")
            try await run("plan", "-detailed-exitcode", change: "one")
            let (build, log) = try await sandbox.build("terraform-web")
            #expect(build.buildStatus == .succeeded, "\(log.joined())")
            #expect(log.contains { $0.contains("Login Succeeded") })

            // Terraform's own exit status for a plan with changes.
            try await run("plan", "-detailed-exitcode", change: "two", ends: 2)
            try await run("apply", "-auto-approve", change: "two")
            try await run("plan", "-detailed-exitcode", change: "two")
            let project = try await sandbox.account { try await $0.projects(named: ["terraform-web"]).found.first }
            #expect(project?.description == "two" && project?.tags?.first?.value == "two")
            #expect(try await sandbox.build("terraform-web").build.buildStatus == .succeeded)

            try await run("destroy", "-auto-approve", change: "two")
            #expect(try await sandbox.account { try await $0.projects(named: ["terraform-web"]).found.isEmpty })
            #expect(try await sandbox.secret("terraform-dockerhub") == .absent)
        }
    }
}

/// Terraform in one folder, against one sandbox.
private struct TerraformRun {
    let sandbox: SandboxFixture
    let folder: String

    private static let buildspec = """
        version: 0.2
        phases:
          install:
            commands:
              - echo "$DOCKERHUB_PASSWORD" | docker login -u "$DOCKERHUB_USERNAME" --password-stdin
          build:
            commands:
              - docker pull docker:dind
        """

    /// Runs a command and expects its exit status.
    func callAsFunction(_ command: String, _ option: String, change: String? = nil, ends status: Int32 = 0) async throws
    {
        let variables = sandbox.toolVariables.merging([
            "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": "/dev/null", "TF_IN_AUTOMATION": "1",
            "TF_VAR_change": change ?? "", "TF_VAR_password": sandbox.password, "TF_VAR_buildspec": Self.buildspec,
        ]) { $1 }
        let outcome = try await Tool("terraform").run(
            ["-chdir=\(folder)", command, "-input=false", "-no-color", option], variables: variables)
        #expect(
            outcome.status == status, "terraform \(command) \(change ?? ""): \(outcome.output)\(outcome.errors)")
    }
}
