extension CodeBuild {
    /// Builds again what a build has built, with the project as it is now.
    public struct RetryBuild: Operation, Hashable {
        /// Its token makes a repeat harmless.
        public static var effect: Effect { .idempotent }
        /// Where the token goes.
        public static var token: TokenMember? { \Self.idempotencyToken }

        /// The build.
        public var id: String
        /// Within five minutes, a second call with it starts nothing; the client makes one where nil.
        public var idempotencyToken: String?

        /// From its members.
        public init(id: String, idempotencyToken: String? = nil) {
            self.id = id
            self.idempotencyToken = idempotencyToken
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The new build.
            public var build: Build

            /// From its members.
            public init(build: Build) {
                self.build = build
            }
        }
    }

    /// The ids of a project's batch builds, up to 100 a page.
    public struct ListBuildBatchesForProject: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The project.
        public var projectName: String
        /// Only those that match.
        public var filter: BuildBatchFilter?
        /// 1 to 100.
        public var maxResults: Int?
        /// The order.
        public var sortOrder: SortOrder?
        /// From the page before.
        public var nextToken: String?

        /// From its members.
        public init(
            projectName: String, filter: BuildBatchFilter? = nil, maxResults: Int? = nil, sortOrder: SortOrder? = nil,
            nextToken: String? = nil
        ) {
            self.projectName = projectName
            self.filter = filter
            self.maxResults = maxResults
            self.sortOrder = sortOrder
            self.nextToken = nextToken
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Ids.
            public var ids: [String]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(ids: [String] = [], nextToken: String? = nil) {
                self.ids = ids
                self.nextToken = nextToken
            }
        }
    }

    /// A condition of ListBuildBatchesForProject.
    public struct BuildBatchFilter: Codable, Hashable, Sendable {
        /// Only those of this status.
        public var status: BuildStatus?

        /// From its members.
        public init(status: BuildStatus? = nil) {
            self.status = status
        }
    }

    /// Reads up to 100 batch builds.
    public struct BatchGetBuildBatches: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Their ids.
        public var ids: [String]

        /// From its members.
        public init(ids: [String] = []) {
            self.ids = ids
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Those that exist.
            public var buildBatches: [BuildBatch]
            /// Those that do not.
            public var buildBatchesNotFound: [String]

            /// From its members.
            public init(buildBatches: [BuildBatch] = [], buildBatchesNotFound: [String] = []) {
                self.buildBatches = buildBatches
                self.buildBatchesNotFound = buildBatchesNotFound
            }
        }
    }
}
