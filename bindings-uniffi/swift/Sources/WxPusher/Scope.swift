/// A client over the same connections that ends with the task that uses it.
struct Scope: Sendable {
    let client: Client

    init(of client: Client) throws {
        self.client = try client.scoped()
    }

    /// Makes a blocking call without blocking Swift's own threads, and ends it when the task is cancelled.
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
    func whileTaskLives<Value: Sendable>(_ call: @escaping @Sendable (Client) throws -> Value) async throws -> Value {
        let scope = try Scope(of: self)
        return try await scope.run { try call(scope.client) }
    }
}
