extension LintRule {
    static let curatedImage = LintRule(
        id: "curated-image", title: "CodeBuild's own image name is used as if a registry had it", severity: .warning,
        explanation: """
            aws/codebuild/… is a name that CodeBuild alone understands, in a project's environment. It looks like one on Docker Hub, \
            where no such image is: docker fails to pull it.
            """,
        fix: "Use public.ecr.aws/codebuild/…, where AWS publishes these images."
    ) { subject in
        subject.survey.pulls.filter {
            $0.image?.isCurated == true && $0.image?.text.hasPrefix("aws/codebuild/") == true
        }.map {
            Hit(
                position: subject.place(of: $0),
                message: "docker finds no \($0.image?.text ?? "such image") on Docker Hub")
        }
    }
}
