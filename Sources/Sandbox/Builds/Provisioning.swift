internal import AWS
internal import Core
internal import Registry

/// PROVISIONING: the environment image is pulled, as the registry credential says or as nobody.
struct Provisioning: Sendable {
    let host: any BuildHost
    let client: RegistryClient
    let build: CodeBuild.Build
    /// Where the image goes; each build begins with an empty one, as each build has a fresh machine.
    let layout: ImageLayout

    static let code = "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE"

    /// Pulls the image if it comes from Docker Hub. Curated images and ECR's cost nothing there. Throws
    /// ``PhaseFailure``.
    func run() async throws {
        guard let environment = build.environment else { return }
        let image: EnvironmentImage
        do {
            image = try EnvironmentImage(environment.image)
        } catch {
            throw Self.failure("invalid reference format: \(environment.image)")
        }
        guard case .dockerHub(let reference) = image else { return }
        let credential = try await credential(environment.registryCredential)
        do {
            _ = try await client.pull(reference, for: Self.platform(environment.type), into: layout, as: credential)
        } catch let error as RegistryError {
            throw Self.failure(Self.words(error, image: environment.image))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Self.failure("CannotPullContainerError: \(error)")
        }
    }

    private func credential(_ setting: CodeBuild.RegistryCredential?) async throws -> Credential? {
        guard let setting else { return nil }
        let request = SecretRequest(secret: setting.credential, stage: nil, version: nil)
        let secret: Secret
        do {
            secret = try await host.secretValue(request, of: build)
        } catch let error as ServiceError {
            throw Self.failure("\(error.code): \(error.message)")
        }
        guard let username = ValueResolver.member("username", of: secret),
            let password = ValueResolver.member("password", of: secret)
        else { throw Self.failure("The secret \(setting.credential) must have the keys username and password") }
        return Credential(username: username.reveal(), password: password)
    }

    /// CodeBuild's sentence around the reason.
    static func failure(_ reason: String) -> PhaseFailure {
        PhaseFailure(code: code, message: "Unable to pull customer's container image. \(reason)")
    }

    /// The engine's words for a registry's refusal, as CodeBuild shows them.
    static func words(_ error: RegistryError, image: String) -> String {
        let words = error.words ?? ""
        switch error.kind {
        case .throttled:
            let reason = words.isEmpty ? "Too Many Requests" : words
            let prefix = reason.hasPrefix("toomanyrequests") ? "" : "toomanyrequests: "
            return "CannotPullContainerError: error pulling image configuration: \(prefix)\(reason)"
        case .loginLocked:
            return "CannotPullContainerError: Error response from daemon: \(words.isEmpty ? error.message : words)"
        case .unauthorized:
            return "CannotPullContainerError: Error response from daemon: unauthorized: "
                + (words.hasPrefix("unauthorized: ")
                    ? String(words.dropFirst("unauthorized: ".count)) : "incorrect username or password")
        case .denied:
            return "ErrorCode: 404, Reason: pull access denied for \(image), repository does not exist or may require "
                + "'docker login': denied: requested access to the resource is denied"
        case .notFound:
            return
                "CannotPullContainerError: API error (404): manifest for \(image) not found: "
                + "manifest unknown: manifest unknown"
        default: return "CannotPullContainerError: \(error)"
        }
    }

    /// What the environment's machine is.
    static func platform(_ type: CodeBuild.EnvironmentType) -> Platform {
        Platform(
            os: type.rawValue.hasPrefix("WINDOWS") ? "windows" : "linux",
            architecture: type.rawValue.hasPrefix("ARM") ? "arm64" : "amd64")
    }
}
