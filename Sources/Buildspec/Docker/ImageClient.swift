/// A program that reads an image by its name and is no docker: a scanner, a copier, a checker of signatures.
struct ImageClient {
    /// The verbs with which it reads one, their words apart by a blank.
    var verbs: Set<String>
    /// Its other verbs, where it also reads one without a verb: `grype IMAGE`; nil where it does not.
    var others: Set<String>?
    /// The options that take a value in the next word.
    var valued: Set<String> = []
    /// Whether it takes what the docker daemon has, and asks a registry only for what is missing there.
    var asksDaemon = true
    /// Whether every operand is an image; else the first is.
    var readsAll = false

    /// The names of all that are known.
    static let names: [String] = Array(all.keys)

    /// The client of that name; nil for any other program.
    static func named(_ name: String) -> ImageClient? { all[name] }

    private static let all: [String: ImageClient] = [
        // https://trivy.dev/latest/docs/references/configuration/cli/trivy_image/
        "trivy": ImageClient(
            verbs: ["image", "i"],
            others: [
                "fs", "filesystem", "rootfs", "config", "conf", "repo", "repository", "sbom", "server", "plugin", "k8s",
                "kubernetes", "vm", "aws", "convert", "clean", "version", "registry", "module", "cache", "vex", "help",
                "completion", "client", "c", "s", "r",
            ],
            valued: [
                "-s", "--severity", "--exit-code", "--exit-on-eol", "-f", "--format", "-o", "--output", "--timeout",
                "-t", "--template", "-i", "--ignorefile", "--vuln-type", "--pkg-types", "--scanners",
                "--security-checks", "--cache-dir", "--cache-backend", "--cache-ttl", "--skip-dirs", "--skip-files",
                "--platform", "--server", "--token", "--token-header", "--username", "--password", "--db-repository",
                "--java-db-repository", "--checks-bundle-repository", "-c", "--config", "--image-src",
                "--ignore-policy", "--ignore-status", "--ignored-licenses", "--severity-src", "--config-policy",
                "--policy", "--config-data", "--image-config-scanners", "--detection-priority", "--distro",
                "--docker-host", "--podman-host", "--report", "--file-patterns", "--compliance", "--secret-config",
                "--parallel", "--vex", "--custom-headers", "--max-image-size", "--light",
            ]),
        // https://github.com/anchore/grype, https://github.com/anchore/syft
        "grype": ImageClient(
            verbs: [], others: ["db", "version", "completion", "config", "explain", "help"],
            valued: [
                "-o", "--output", "-f", "--fail-on", "-s", "--scope", "--file", "--platform", "-c", "--config", "-t",
                "--template", "--name", "--distro", "--exclude", "--ignore-states", "--vex", "--profile", "--sort-by",
                "--from",
            ]),
        "syft": ImageClient(
            verbs: ["scan", "packages"],
            others: ["attest", "version", "completion", "config", "convert", "cataloger", "login", "help"],
            valued: [
                "-o", "--output", "-s", "--scope", "--file", "--platform", "-c", "--config", "-t", "--template",
                "--exclude", "--name", "--source-name", "--source-version", "--source-supplier", "--from",
                "--select-catalogers", "--override-default-catalogers", "--base-path", "--catalogers",
            ]),
        // https://github.com/goodwithtech/dockle
        "dockle": ImageClient(
            verbs: [], others: [],
            valued: [
                "-f", "--format", "-o", "--output", "-c", "--exit-code", "-l", "--exit-level", "-i", "--ignore", "-t",
                "--timeout", "-u", "--username", "-p", "--password", "--accept-key", "--accept-file",
                "--accept-file-extension", "--sensitive-word", "--sensitive-file", "--cache-dir",
            ]),
        // https://docs.snyk.io/developer-tools/snyk-cli/commands/container-test
        "snyk": ImageClient(
            verbs: ["container test", "container monitor", "container sbom"],
            valued: ["--file", "--org", "--severity-threshold", "--username", "--password", "--platform"]),
        // https://github.com/wagoodman/dive
        "dive": ImageClient(
            verbs: [], others: ["build", "version", "help", "completion"],
            valued: [
                "--source", "--ci-config", "-j", "--json", "--config", "--lowestEfficiency", "--highestWastedBytes",
                "--highestUserWastedPercent", "--user-wasted-percent",
            ]),
        // https://docs.docker.com/reference/cli/docker/scout/
        "docker scout": ImageClient(
            verbs: ["cves", "quickview", "qv", "recommendations", "compare", "diff", "sbom"],
            valued: [
                "--only-severity", "--format", "-o", "--output", "--platform", "--to", "--to-env", "--to-stream",
                "--env", "--stream", "--org", "--ref", "--vex-author", "--vex-location", "--only-package",
                "--only-package-type", "--only-vex-affected", "--only-cve-id", "--epss-score", "--only-stage",
                "--only-metric", "--only-policy", "-x", "--exit-on",
            ]),
        "docker sbom": ImageClient(
            verbs: [], others: [],
            valued: ["--format", "-o", "--output", "--platform", "--exclude", "--layers"]),
        // https://docs.sigstore.dev/cosign/verifying/verify/
        "cosign": ImageClient(
            verbs: ["verify", "verify-attestation"],
            valued: [
                "--key", "-k", "--certificate-identity", "--certificate-identity-regexp", "--certificate-oidc-issuer",
                "--certificate-oidc-issuer-regexp", "--certificate", "--certificate-chain", "--rekor-url", "-a",
                "--annotations", "-o", "--output", "--type", "--policy", "--attachment", "--signature",
                "--signature-digest-algorithm", "--attachment-tag-prefix", "--max-workers", "--output-file",
            ],
            asksDaemon: false, readsAll: true),
        // https://github.com/google/go-containerregistry/blob/main/cmd/crane/doc/crane.md
        "crane": crane, "gcrane": crane,
        // https://regclient.org/cli/regctl/
        "regctl": ImageClient(
            verbs: [
                "image copy", "image cp", "image export", "image inspect", "image get-file", "image mod",
                "manifest get",
            ],
            valued: ["-p", "--platform", "--platforms", "--host", "--format", "-v", "--verbosity", "--create"],
            asksDaemon: false),
        // https://oras.land/docs/commands/use_oras_cli
        "oras": ImageClient(
            verbs: ["pull", "copy", "cp", "manifest fetch", "discover"],
            valued: [
                "-o", "--output", "--platform", "-u", "--username", "-p", "--password", "--format", "--config",
                "--registry-config", "--concurrency", "--artifact-type", "--from-username", "--from-password",
                "--from-registry-config", "--to-username", "--to-password", "--to-registry-config",
            ],
            asksDaemon: false),
    ]

    private static let crane = ImageClient(
        verbs: ["pull", "copy", "cp", "export", "manifest", "config", "mutate"],
        valued: [
            "--platform", "-c", "--cache_path", "--format", "-j", "--jobs", "-o", "--output", "-t", "--tag",
            "--annotation", "--label", "-l", "-e", "--env", "--entrypoint", "--cmd", "-u", "--user", "-w", "--workdir",
            "--append", "--set-platform", "--exposed-ports", "--repo",
        ],
        asksDaemon: false)

    /// The images that its words name, as they are written, and the verb under which it reads them.
    func images(in words: ArraySlice<ShellWord>) -> (verb: String, images: [String]) {
        let operands = OptionWords(words, valued: valued).operands
        let texts = operands.map(\.text)
        for count in [1, 2] where texts.count > count {
            let verb = texts[..<count].joined(separator: " ")
            if verbs.contains(verb) { return (verb, images(among: texts[count...])) }
        }
        guard let others, let first = texts.first, !others.contains(first), !verbs.contains(first) else {
            return ("", [])
        }
        return ("", images(among: texts[...]))
    }

    private func images(among texts: ArraySlice<String>) -> [String] {
        // An option whose value a variable left empty takes the word behind it, and that one's value stands alone: `--exit-code 1`.
        let texts = texts.filter { !$0.allSatisfy(\.isNumber) }
        return (readsAll ? texts[...] : texts.prefix(1)).compactMap(Self.image)
    }

    /// The image of a word that may say where it comes from, such as `registry:NAME`; nil for a file, a folder or a list.
    private static func image(_ text: String) -> String? {
        for source in ["registry://", "image://", "registry:", "docker:", "podman:"] where text.hasPrefix(source) {
            return String(text.dropFirst(source.count))
        }
        let isElsewhere = Self.elsewhere.contains { text.hasPrefix($0) }
        return isElsewhere || text.hasSuffix(".tar") || text.hasSuffix(".json") ? nil : text
    }

    private static let elsewhere = [
        ".", "/", "~", "-", "dir:", "file:", "sbom:", "purl:", "pkg:", "cpe:", "oci-dir:", "oci-archive:", "oci:",
        "docker-archive:", "singularity:", "containerd:", "local://", "fs://", "archive://", "sbom://", "oci-dir://",
        "ocidir://",
    ]
}
