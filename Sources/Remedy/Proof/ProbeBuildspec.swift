internal import AWS
internal import Buildspec
internal import Diagnosis

/// The probe's own buildspec: it logs in and pulls one small image. The user's commands never run.
enum ProbeBuildspec {
    /// A small image that anybody may pull.
    static let image = "hello-world:latest"

    /// How long the probe waits between CodeBuild's pull and its own, in seconds, so that the quota can be read between them.
    static let pause = 5

    /// The text. An image that does not start dockerd by itself (such as docker:dind, whose entry point CodeBuild replaces) gets
    /// it started, which needs privileged mode.
    static func text(pausing: Bool, windows: Bool = false) -> String {
        windows ? powershell(pausing: pausing) : posix(pausing: pausing)
    }

    private static func powershell(pausing: Bool) -> String {
        """
        version: 0.2
        # \(ProbeBuild.mark): it logs in to Docker Hub and pulls one small image, to see to whom the pull is counted.
        phases:
          install:
            commands:
              - Start-Sleep -Seconds \(pausing ? pause : 0)
              - \(LoginCommand.text(for: .powershell))
          build:
            commands:
              - docker pull \(image)
        """
    }

    private static func posix(pausing: Bool) -> String {
        let pauseLine = pausing ? "\n      - sleep \(pause)" : ""
        return """
            version: 0.2
            # \(ProbeBuild.mark): it logs in to Docker Hub and pulls one small image, to see to whom the pull is counted.
            phases:
              install:
                commands:\(pauseLine)
                  - docker info >/dev/null 2>&1 || { (dockerd >/tmp/unthrottle-dockerd.log 2>&1 &); for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do docker info >/dev/null 2>&1 && break; sleep 1; done; }
                  - \(LoginCommand.text(for: .sh))
              build:
                commands:
                  # An engine that outlives builds may hold the image, and then would not ask Docker Hub for it.
                  - docker image rm \(image) >/dev/null 2>&1 || true
                  - docker pull \(image)
            """
    }
}
