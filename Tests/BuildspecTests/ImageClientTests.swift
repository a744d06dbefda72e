import Core
import Testing

@testable import Buildspec

@Suite("What clients that are no docker read from a registry")
struct ImageClientTests {
    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "scanners",
            commands: """
                trivy image --severity HIGH,CRITICAL --exit-code 1 a:1
                ./trivy --no-progress b:1
                trivy i -s HIGH c:1 --format json
                grype docker:d:1 -o table
                syft registry:e:1 -o json > sbom.json
                dockle -f json f:1
                snyk container test g:1 --file=Dockerfile
                docker scout cves --only-severity critical h:1
                docker sbom i:1
                dive --ci j:1
                """,
            pulls: "abcdefghij".enumerated().map { "\($0 + 1) \($1):1 certain" }),
        PullSurveyTests.Case(
            name: "what scanners do without an image",
            commands: """
                trivy image --download-db-only
                trivy fs .
                trivy image --input app.tar
                trivy config k8s
                grype sbom:./sbom.json
                grype db update
                syft dir:.
                dive build -t x .
                snyk test
                snyk container
                docker scout version
                """, pulls: []),
        PullSurveyTests.Case(
            name: "a scanner takes what docker has",
            commands: "docker build -t x .\ntrivy image x\ngrype x:latest\ndocker scout quickview x\ntrivy image y",
            files: ["Dockerfile": "FROM scratch"], pulls: ["5 y certain"]),
        PullSurveyTests.Case(
            name: "variables",
            commands: "I=a:1\ntrivy image $I\nX=$(grype -q $J | wc -l)\nS=\ntrivy image -s $S --exit-code 1 b:1",
            pulls: ["2 a:1 certain", "3 $J unknown", "5 b:1 certain"]),
        PullSurveyTests.Case(
            name: "signatures, copies and manifests",
            commands: """
                cosign verify --key cosign.pub a:1 b:1
                cosign sign --key k c:1
                crane digest c:1
                crane manifest --platform linux/arm64 d:1
                regctl image copy e:1 $R/e:1
                regctl registry login
                oras pull f:1 -o out
                """,
            pulls: ["1 a:1 certain", "1 b:1 certain", "4 d:1 certain", "5 e:1 certain", "7 f:1 certain"]),
        PullSurveyTests.Case(
            name: "charts, with helm's own login or docker's",
            commands: """
                helm upgrade --install r oci://registry-1.docker.io/bitnamicharts/redis --version 18
                helm registry login registry-1.docker.io -u u --password-stdin
                helm pull oci://registry-1.docker.io/bitnamicharts/nginx
                docker pull a:1
                helm version
                helm repo add b https://charts.bitnami.com/bitnami
                """,
            pulls: [
                "1 registry-1.docker.io/bitnamicharts/redis certain",
                "3 registry-1.docker.io/bitnamicharts/nginx certain +", "4 a:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "logins that docker does not read, and those of others that write docker's file",
            commands: """
                podman login -u u --password-stdin docker.io
                docker pull a:1
                podman pull docker.io/b:1
                oras login -u u --password-stdin docker.io
                docker pull c:1
                skopeo copy docker://d:1 dir:x
                """,
            pulls: ["2 a:1 certain", "3 docker.io/b:1 certain +", "5 c:1 certain +", "6 d:1 certain +"]),
        PullSurveyTests.Case(
            name: "a function of a client's name that runs the client",
            commands:
                "docker() { command docker \"$@\"; }\ndocker pull a:1\npodman() { sudo podman \"$@\"; }\npodman pull b:1",
            pulls: ["1 a:1 certain", "3 b:1 certain"]),
        PullSurveyTests.Case(
            name: "docker's login serves helm",
            commands: "docker login -u u --password-stdin\nhelm show all oci://docker.io/b/c",
            pulls: ["2 docker.io/b/c certain +"]),
    ]

    @Test("each image is found with its line, certainty and login", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }
}
