extension SendOutcome {
    /// The targets for which a sending task was created.
    public var succeeded: [TargetResult] { targets.filter(\.isOk) }

    /// The targets for which none was.
    public var failed: [TargetResult] { targets.filter { !$0.isOk } }

    /// Whether every target was accepted.
    public var allOk: Bool { targets.allSatisfy(\.isOk) }
}
