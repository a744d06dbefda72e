internal import AWS
internal import Buildspec
internal import Core

/// Why a build's value could not be read: the context of its phase.
struct PhaseFailure: Error, Sendable, Hashable {
    /// The context's status code.
    var code: String
    /// The context's message.
    var message: String

    var context: CodeBuild.PhaseContext { .init(statusCode: code, message: message) }
}

/// Reads the secrets and parameters of a build in its service role's name.
struct ValueResolver: Sendable {
    let host: any BuildHost
    let build: CodeBuild.Build

    static let secretCode = "Secrets Manager Error"
    static let parameterCode = "Decrypted Variables Error"

    /// The value of a variable; throws ``PhaseFailure``.
    func value(of name: String, _ value: BuildVariables.Value) async throws -> Secret {
        switch value {
        case .text(let text): return Secret(text)
        case .secret(let reference): return try await secret(reference, variable: name)
        case .parameter(let parameter): return try await self.parameter(parameter, variable: name)
        }
    }

    private func secret(_ text: String, variable: String) async throws -> Secret {
        guard let reference = SecretReference(text) else {
            throw PhaseFailure(
                code: Self.secretCode,
                message: "the reference in \(variable) is not of the form secret-id:json-key:version-stage:version-id")
        }
        let request = SecretRequest(secret: reference.secret, stage: reference.stage, version: reference.version)
        let value = try await Self.refusals(as: Self.secretCode) { try await host.secretValue(request, of: build) }
        guard let key = reference.key else { return value }
        guard let member = Self.member(key, of: value) else {
            throw PhaseFailure(
                code: Self.secretCode,
                message: "the secret \(reference.secret) has no JSON key \(key), which \(variable) asks for")
        }
        return member
    }

    private func parameter(_ name: String, variable: String) async throws -> Secret {
        let value = try await Self.refusals(as: Self.parameterCode) { try await host.parameterValue(name, of: build) }
        guard let value else {
            throw PhaseFailure(
                code: Self.parameterCode,
                message: "\(variable): this stand-in has no Parameter Store, so \(name) cannot be read")
        }
        return value
    }

    /// A member of a secret's JSON object as text; nil where the secret is none or has no such member.
    static func member(_ key: String, of secret: Secret) -> Secret? {
        switch (try? JSON(parsing: secret.reveal()))?[key] {
        case .string(let text)?: Secret(text)
        case .null?, nil: nil
        case let other?: Secret(other.text())
        }
    }

    /// AWS's refusals with their code and words, as CodeBuild shows them.
    static func refusals<Value>(as code: String, _ read: () async throws -> Value) async throws -> Value {
        do {
            return try await read()
        } catch let error as ServiceError {
            throw PhaseFailure(code: code, message: "\(error.code): \(error.message)")
        }
    }
}
