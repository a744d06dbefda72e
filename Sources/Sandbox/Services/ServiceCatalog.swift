extension OperationTable {
    /// Every operation of every service.
    static func everything(on backend: Backend, desk: BuildDesk) -> OperationTable {
        var table = OperationTable()
        SecretsManagerService(backend: backend).register(in: &table)
        IAMService(backend: backend).register(in: &table)
        STSService(backend: backend).register(in: &table)
        KMSService(backend: backend).register(in: &table)
        LogsService(backend: backend).register(in: &table)
        let codeBuild = CodeBuildService(backend: backend)
        codeBuild.registerProjects(in: &table)
        codeBuild.registerBuilds(in: &table)
        codeBuild.registerRuns(in: &table, desk: desk)
        return table
    }
}
