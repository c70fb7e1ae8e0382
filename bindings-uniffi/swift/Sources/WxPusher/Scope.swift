/// A client over the same connections that is cancelled with the task that uses it.
struct Scope: Sendable {
    let client: Client

    init(of client: Client) throws {
        self.client = try client.scoped()
    }

    /// Makes a blocking call on another thread than Swift's own, and cancels it with the task.
    func run<Value: Sendable>(_ call: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                onOwnThread { continuation.resume(with: Result(catching: call)) }
            }
        } onCancel: {
            try? client.cancel()
        }
    }
}

extension Client {
    func withTaskScope<Value: Sendable>(_ call: @escaping @Sendable (Client) throws -> Value) async throws -> Value {
        let scope = try Scope(of: self)
        return try await scope.run { try call(scope.client) }
    }
}
