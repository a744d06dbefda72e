public import Core

/// A profile of `~/.aws/config` and `~/.aws/credentials` (SDK guide, "Shared config and credentials files"), and what stands beside it.
public struct SharedConfiguration: Sendable {
    /// One profile's settings in both files.
    struct Profile: Sendable {
        let name: String
        /// What the config file says.
        let configFile: [String: String]
        /// What the credentials file says; it counts where both say something.
        let credentialsFile: [String: String]

        /// A setting; nil where it is missing or empty.
        subscript(setting: String) -> String? {
            (credentialsFile[setting] ?? configFile[setting]).flatMap { $0.isEmpty ? nil : $0 }
        }

        /// The option that names the profile to the AWS CLI, with a blank before it; empty for `default`.
        var option: String { name == "default" ? "" : " --profile \(name.contains(" ") ? "'\(name)'" : name)" }
    }

    /// The profile's name: as asked for, AWS_DEFAULT_PROFILE, AWS_PROFILE (the AWS CLI's order), or `default`.
    public let profileName: String
    /// Whether the profile was asked for by an argument, which puts it before the environment's keys.
    public let isExplicit: Bool
    /// The files' paths, for messages.
    let paths: [String]
    private let config: [String: [String: [String: String]]]
    private let credentials: [String: [String: String]]

    /// Reads both files (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE); a missing file is an empty one.
    ///
    /// Throws `invalidInput` for a broken file and `credentials` for a profile that was named and that neither file has.
    public init(
        _ variables: EnvironmentVariables, profile: String? = nil,
        read: (String) throws -> String? = { try PrivateFiles.read($0) }
    ) throws {
        let named = profile ?? variables["AWS_DEFAULT_PROFILE"] ?? variables["AWS_PROFILE"]
        profileName = named ?? "default"
        isExplicit = profile != nil
        paths = [
            variables.path(variables["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials"),
            variables.path(variables["AWS_CONFIG_FILE"] ?? "~/.aws/config"),
        ]
        let files = try paths.map { try INIFile(try read($0) ?? "", file: $0) }
        credentials = files[0].sections
        config = Self.kinds(of: files[1])
        guard let named, self.profile(named) == nil else { return }
        let nearest = Nearest.names(to: named, among: profileNames)
        throw UnthrottleError(
            .credentials, "the AWS profile \(named) is in neither \(paths.joined(separator: " nor "))",
            hint: nearest.isEmpty
                ? "Run `aws configure list-profiles`." : "Did you mean \(nearest.joined(separator: ", "))?")
    }

    /// A setting of the profile; nil where it is missing or empty.
    subscript(name: String) -> String? { current[name] }

    /// The profile that is meant; without settings where neither file has it.
    var current: Profile {
        profile(profileName) ?? Profile(name: profileName, configFile: [:], credentialsFile: [:])
    }

    /// Another profile; nil where neither file has it.
    func profile(_ name: String) -> Profile? {
        let (configFile, credentialsFile) = (config["profile"]?[name], credentials[name])
        if configFile == nil, credentialsFile == nil { return nil }
        return Profile(name: name, configFile: configFile ?? [:], credentialsFile: credentialsFile ?? [:])
    }

    /// The names of all profiles.
    var profileNames: Set<String> { Set((config["profile"] ?? [:]).keys).union(credentials.keys) }

    /// A section of another kind than `profile`: `sso-session` or `services`.
    func section(_ kind: String, _ name: String) -> [String: String]? { config[kind]?[name] }

    /// In the config file a section is named `[KIND NAME]`, the name in quotes where there are blanks; only `default` needs no kind.
    private static func kinds(of file: INIFile) -> [String: [String: [String: String]]] {
        var kinds: [String: [String: [String: String]]] = [:]
        for title in file.titles {
            let settings = file.sections[title] ?? [:]
            let words = title.split(maxSplits: 1) { $0.isWhitespace }
            if words.count == 2 {
                let name = words[1].trimmed
                let bare = ["\"", "'"].contains { name.count > 1 && name.hasPrefix($0) && name.hasSuffix($0) }
                // Of `[default]` and `[profile default]` the later one counts, whole, as with botocore.
                kinds[String(words[0]), default: [:]][bare ? String(name.dropFirst().dropLast()) : name] = settings
            } else if title == "default" {
                kinds["profile", default: [:]]["default"] = settings
            }
        }
        return kinds
    }
}

extension EnvironmentVariables {
    /// A path with a leading `~/` put in place by HOME, and `$NAME` and `${NAME}` by the variables that there are.
    func path(_ path: String) -> String {
        var out = path.hasPrefix("~/") ? self["HOME"] ?? "~" : ""
        var rest = path.hasPrefix("~/") ? path.dropFirst() : path[...]
        while let dollar = rest.firstIndex(of: "$") {
            out += rest[..<dollar]
            let after = rest[rest.index(after: dollar)...]
            let isBraced = after.first == "{"
            let name = after.dropFirst(isBraced ? 1 : 0).prefix {
                $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber)
            }
            let length = name.count + (isBraced ? 2 : 0)
            guard !name.isEmpty, !isBraced || after.dropFirst(name.count + 1).first == "}",
                let value = self[String(name)]
            else {
                out += "$"
                rest = after
                continue
            }
            out += value
            rest = after.dropFirst(length)
        }
        return out + rest
    }
}
