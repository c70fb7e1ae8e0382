/// All users: an asynchronous sequence that requests page after page. Created by `users` of ``Client``.
public struct UserSequence: AsyncSequence, Sendable {
    public typealias Element = User

    let client: Client
    let pageSize: Int32
    let uid: String?
    let isBlocked: Bool?
    let followType: FollowType?

    public func makeAsyncIterator() -> Iterator {
        Iterator(users: self)
    }

    public struct Iterator: AsyncIteratorProtocol {
        let users: UserSequence
        var opened: (scope: Scope, stream: UserStream)?

        /// Returns the next user; `nil` after the last one. After an error it requests the same page again, so no user is
        /// skipped.
        public mutating func next() async throws -> User? {
            let (scope, stream) = try opened ?? open()
            return try await scope.run { try stream.next() }
        }

        private mutating func open() throws -> (scope: Scope, stream: UserStream) {
            let scope = try Scope(of: users.client)
            let stream = try scope.client.userStream(
                pageSize: users.pageSize, uid: users.uid, isBlocked: users.isBlocked, followType: users.followType)
            opened = (scope, stream)
            return (scope, stream)
        }
    }
}

extension Client {
    /// Returns all users who subscribe to the app or its topics.
    ///
    /// ```swift
    /// for try await user in client.users(isBlocked: false) { print(user.uid) }
    /// ```
    public func users(
        pageSize: Int32 = 100, uid: String? = nil, isBlocked: Bool? = nil, followType: FollowType? = nil
    ) -> UserSequence {
        UserSequence(client: self, pageSize: pageSize, uid: uid, isBlocked: isBlocked, followType: followType)
    }
}
