public import Core
public import FoundationEssentials

/// One line of a journal.
public struct JournalEntry: Codable, Sendable {
    /// What happened.
    public enum Event: String, Codable, Sendable {
        /// A run begins; carries its plan.
        case begin
        /// A step is about to be applied.
        case applying
        /// A step was applied; carries what was learnt meanwhile.
        case applied
        /// A step was found done by somebody else, and was not applied.
        case found
        /// A step is about to be taken back.
        case reverting
        /// A step was taken back.
        case reverted
        /// A step failed.
        case failed
        /// The run ended.
        case end
    }

    /// What happened.
    public var event: Event
    /// When, in seconds since 1970.
    public var at: Date
    /// Which step of the plan, from 0.
    public var step: Int?
    /// The step as it is after it was applied, with identifiers that only AWS could give.
    public var result: Step?
    /// With `begin`: the plan.
    public var plan: Plan?
    /// What went wrong, or how it ended; never a secret.
    public var message: String?
}

/// The append-only record of one run: JSON lines, each on the disk before the program goes on. What `undo` reads.
///
/// A kill can leave the last line incomplete; such a line is passed over when the journal is read, and the step before it
/// counts as begun.
public struct Journal: Sendable {
    /// The run that it records, such as `20261123-210500-4f2a`: its start in UTC and two random bytes.
    public let run: String
    private let path: String
    private let now: @Sendable () -> Date

    /// Begins the journal of a run and writes its plan.
    public init(beginning plan: Plan, in folder: StateFolder, time: Timekeeper, dice: Dice) throws {
        run = "\(Self.stamp(time.now()))-\(dice.hex(2))"
        path = "\(folder.runs)/\(run).jsonl"
        now = time.now
        try PrivateFiles.makeFolder(folder.runs)
        try write(JournalEntry(event: .begin, at: now(), plan: plan))
    }

    /// Goes on with the journal of an earlier run; a line that a kill left incomplete is ended first.
    public init(continuing run: String, in folder: StateFolder, time: Timekeeper) throws {
        self.run = run
        path = "\(folder.runs)/\(run).jsonl"
        now = time.now
        if let text = try PrivateFiles.read(path), !text.isEmpty, !text.hasSuffix("\n") {
            try PrivateFiles.append("\n", to: path)
        }
    }

    /// Adds a line and brings it to the disk.
    public func record(
        _ event: JournalEntry.Event, step: Int? = nil, result: Step? = nil, message: String? = nil
    ) throws {
        try write(JournalEntry(event: event, at: now(), step: step, result: result, message: message))
    }

    private func write(_ entry: JournalEntry) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try PrivateFiles.append(String(decoding: try encoder.encode(entry), as: UTF8.self) + "\n", to: path)
    }

    private static func stamp(_ date: Date) -> String {
        let text = date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: false)
                .dateSeparator(.omitted).timeSeparator(.omitted))
        return text.filter { $0.isNumber || $0 == "T" }.split(separator: "T").joined(separator: "-")
    }
}

/// A run as its journal tells it.
public struct RecordedRun: Sendable {
    /// How a step stands.
    public enum StepStatus: String, Codable, Sendable {
        /// It was never begun.
        case pending
        /// It was begun; a kill or a failure hid whether it took effect.
        case begun
        /// It was applied.
        case applied
        /// It was done already when its turn came, by somebody else: there is nothing to take back.
        case found
        /// It was taken back.
        case reverted
    }

    /// The run's name.
    public var run: String
    /// When it began.
    public var began: Date
    /// What it set out to do.
    public var plan: Plan
    /// The plan's steps as they were applied, each with how it stands.
    public var steps: [(step: Step, status: StepStatus)]
    /// Whether it came to its end.
    public var ended: Bool

    /// The steps that may have taken effect and were not taken back.
    public var standing: [Int] { steps.indices.filter { steps[$0].status == .begun || steps[$0].status == .applied } }

    /// Every run in the folder, the oldest first. A file that cannot be read as a journal is passed over.
    public static func all(in folder: StateFolder) throws -> [RecordedRun] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.runs) else { return [] }
        // By the time and not by the name, which orders no two runs of one second.
        return try names.filter { $0.hasSuffix(".jsonl") }
            .compactMap { try read(String($0.dropLast(6)), in: folder) }
            .sorted { ($0.began, $0.run) < ($1.began, $1.run) }
    }

    /// The run of this name; nil where there is none, or none that can be read.
    public static func read(_ run: String, in folder: StateFolder) throws -> RecordedRun? {
        guard run.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }),
            let text = try PrivateFiles.read("\(folder.runs)/\(run).jsonl")
        else { return nil }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        let entries = text.split(separator: "\n").compactMap {
            try? decoder.decode(JournalEntry.self, from: Data($0.utf8))
        }
        guard let first = entries.first, let plan = first.plan else { return nil }
        var recorded = RecordedRun(
            run: run, began: first.at, plan: plan, steps: plan.steps.map { ($0, .pending) }, ended: false)
        for entry in entries.dropFirst() { recorded.follow(entry) }
        return recorded
    }

    private mutating func follow(_ entry: JournalEntry) {
        if entry.event == .end { ended = true }
        guard let index = entry.step, steps.indices.contains(index) else { return }
        if let result = entry.result { steps[index].step = result }
        switch entry.event {
        case .applying, .reverting: steps[index].status = .begun
        case .applied: steps[index].status = .applied
        case .found: steps[index].status = .found
        case .reverted: steps[index].status = .reverted
        case .begin, .failed, .end: break
        }
    }
}
