/// One message to any number of users: an asynchronous sequence that sends a batch at each step; made by
/// `broadcast` of ``Client``.
public struct Broadcast<Uids: AsyncSequence>: AsyncSequence where Uids.Element == String {
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

        /// Sends the next batch; `nil` when the uids are used up. A failed batch does not end the broadcast, a cancelled
        /// one does.
        public mutating func next() async throws -> Batch? {
            let (scope, broadcaster) = try opened ?? open()
            opened = (scope, broadcaster)
            while !isOver {
                if let batch = try await scope.run({ try broadcaster.next() }) {
                    if case .Cancelled = batch.error { isOver = true }
                    return batch
                }
                isOver = !hasMoreUids
                if hasMoreUids { try await feed(broadcaster) }
            }
            return nil
        }

        private mutating func feed(_ broadcaster: Broadcaster) async throws {
            let most = 2000
            var more: [String] = []
            do {
                while more.count < most, let uid = try await uids.next() { more.append(uid) }
            } catch {
                // A step more would go on without the uids that came before the error, and count wrongly.
                isOver = true
                throw error
            }
            try broadcaster.add(uids: more)
            if more.count < most {
                hasMoreUids = false
                try broadcaster.finish()
            }
        }
    }
}

extension Broadcast: Sendable where Uids: Sendable {}

/// A sequence that is at hand, as one that is waited for.
public struct AtHand<Base: Sequence>: AsyncSequence {
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

extension AtHand: Sendable where Base: Sendable {}

extension Client {
    /// Sends a message to any number of users, at most 2 000 with each step of the sequence.
    ///
    /// Steps keep WxPusher's pace (20 calls in 10 s), drop uids that were there before, and tell what became of their
    /// batch. To stop, stop iterating; to resume later, drop the `done` first uids. Uids are taken as batches need them.
    ///
    /// ```swift
    /// for try await batch in client.broadcast(to: uids, content: "今晚停机维护") {
    ///     print(batch.done, batch.error?.localizedDescription ?? "ok")
    /// }
    /// ```
    ///
    /// A message over a limit is an error of the first step. An error of `uids` is one of the step that asks for them, and
    /// ends the broadcast.
    public func broadcast<Uids: AsyncSequence>(
        to uids: Uids, content: String, contentType: ContentType? = nil, summary: String? = nil, url: String? = nil,
        verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) -> Broadcast<Uids> where Uids.Element == String {
        Broadcast(uids: uids) {
            let scope = try Scope(of: self)
            let broadcaster = try scope.client.broadcaster(
                message: Message(
                    content: content, contentType: contentType, summary: summary, url: url,
                    verifyPayType: verifyPayType, verifyPay: verifyPay))
            return (scope, broadcaster)
        }
    }

    /// The same for uids that are at hand.
    public func broadcast<Uids: Sequence>(
        to uids: Uids, content: String, contentType: ContentType? = nil, summary: String? = nil, url: String? = nil,
        verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) -> Broadcast<AtHand<Uids>> where Uids.Element == String {
        broadcast(
            to: AtHand(base: uids), content: content, contentType: contentType, summary: summary, url: url,
            verifyPayType: verifyPayType, verifyPay: verifyPay)
    }
}
