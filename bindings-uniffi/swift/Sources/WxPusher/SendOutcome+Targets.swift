extension SendOutcome {
    /// The recipients that were accepted.
    public var succeeded: [TargetResult] { targets.filter(\.isOk) }

    /// The recipients that were not accepted.
    public var failed: [TargetResult] { targets.filter { !$0.isOk } }

    /// Whether every recipient was accepted.
    public var allOk: Bool { targets.allSatisfy(\.isOk) }
}
