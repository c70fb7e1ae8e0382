/// A broadcast: an asynchronous sequence that sends a batch at each step. Created by `broadcast` of ``Client``.
public struct BatchSequence<Uids: AsyncSequence>: AsyncSequence where Uids.Element == String {
    public typealias Element = Batch

    let uids: Uids
    let open: @Sendable () throws -> (Scope, Broadcaster)

    public func makeAsyncIterator() -> Iterator {
        Iterator(uids: uids.makeAsyncIterator(), open: open)
    }

    public struct Iterator: AsyncIteratorProtocol {
        var uids: Uids.AsyncIterator
        let open: @Sendable () throws -> (Scope, Broadcaster)
        var opened: (Scope, Broadcaster)?
        var hasMoreUids = true
        var isOver = false

        /// Sends the next batch; returns `nil` after the last UID. A failed batch does not end the broadcast, a cancelled
        /// one does.
        public mutating func next() async throws -> Batch? {
            let (scope, broadcaster) = try opened ?? open()
            opened = (scope, broadcaster)
            while !isOver {
                if let batch = try await scope.run({ try broadcaster.next() }) {
                    if batch.error?.kind == .cancelled { isOver = true }
                    return batch
                }
                isOver = !hasMoreUids
                if hasMoreUids { try await feed(broadcaster) }
            }
            return nil
        }

        private mutating func feed(_ broadcaster: Broadcaster) async throws {
            let chunkSize = 2000
            var more: [String] = []
            do {
                while more.count < chunkSize, let uid = try await uids.next() { more.append(uid) }
            } catch {
                // Another step would skip the UIDs before the error, and `done` would be wrong.
                isOver = true
                throw error
            }
            try broadcaster.add(uids: more)
            if more.count < chunkSize {
                hasMoreUids = false
                try broadcaster.finish()
            }
        }
    }
}

extension BatchSequence: Sendable where Uids: Sendable {}

/// The elements of a `Sequence` as an `AsyncSequence`.
public struct AsyncElements<Base: Sequence>: AsyncSequence {
    public typealias Element = Base.Element

    let base: Base

    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeIterator())
    }

    public struct Iterator: AsyncIteratorProtocol {
        var base: Base.Iterator

        public mutating func next() async -> Base.Element? {
            base.next()
        }
    }
}

extension AsyncElements: Sendable where Base: Sendable {}

extension Client {
    /// Sends a message to any number of users. Each step of the sequence sends to the next 2 000 at most.
    ///
    /// Batches respect the rate limit and skip duplicate UIDs. To stop, stop iterating; to resume later, drop the first
    /// `done` UIDs. UIDs are read when a batch needs them.
    ///
    /// ```swift
    /// for try await batch in client.broadcast(to: uids, content: "今晚停机维护") {
    ///     print(batch.done, batch.error?.localizedDescription ?? "ok")
    /// }
    /// ```
    ///
    /// If the message exceeds a limit, the first step throws. If `uids` throws, the step that reads it throws that error, and
    /// the broadcast is over.
    public func broadcast<Uids: AsyncSequence>(
        to uids: Uids, content: String, contentType: ContentType? = nil, summary: String? = nil, url: String? = nil,
        verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) -> BatchSequence<Uids> where Uids.Element == String {
        BatchSequence(uids: uids) {
            let scope = try Scope(of: self)
            let broadcaster = try scope.client.broadcaster(
                message: Message(
                    content: content, contentType: contentType, summary: summary, url: url,
                    verifyPayType: verifyPayType, verifyPay: verifyPay))
            return (scope, broadcaster)
        }
    }

    /// Sends a message to the users of a `Sequence`.
    public func broadcast<Uids: Sequence>(
        to uids: Uids, content: String, contentType: ContentType? = nil, summary: String? = nil, url: String? = nil,
        verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) -> BatchSequence<AsyncElements<Uids>> where Uids.Element == String {
        broadcast(
            to: AsyncElements(base: uids), content: content, contentType: contentType, summary: summary, url: url,
            verifyPayType: verifyPayType, verifyPay: verifyPay)
    }
}
