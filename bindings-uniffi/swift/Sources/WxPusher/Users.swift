/// All users, page after page; made by ``Client/users(pageSize:uid:isBlock:followType:)``.
public struct Users: AsyncSequence, Sendable {
    public typealias Element = User

    let client: Client
    let pageSize: Int32
    let uid: String?
    let isBlock: Bool?
    let followType: FollowType?

    public func makeAsyncIterator() -> Iterator {
        Iterator(users: self)
    }

    public struct Iterator: AsyncIteratorProtocol {
        let users: Users
        var opened: (scope: Scope, stream: UserStream)?

        /// The next user; `nil` after the last. After an error it asks for the same page again, so nobody is left out.
        public mutating func next() async throws -> User? {
            let (scope, stream) = try opened ?? open()
            return try await scope.run { try stream.next() }
        }

        private mutating func open() throws -> (scope: Scope, stream: UserStream) {
            let scope = try Scope(of: users.client)
            let stream = try scope.client.userStream(
                pageSize: users.pageSize, uid: users.uid, isBlock: users.isBlock, followType: users.followType)
            opened = (scope, stream)
            return (scope, stream)
        }
    }
}

extension Client {
    /// All users who follow the app or its topics, blocked or not, as asked.
    ///
    /// ```swift
    /// for try await user in client.users(isBlock: false) { print(user.uid) }
    /// ```
    public func users(
        pageSize: Int32 = 100, uid: String? = nil, isBlock: Bool? = nil, followType: FollowType? = nil
    ) -> Users {
        Users(client: self, pageSize: pageSize, uid: uid, isBlock: isBlock, followType: followType)
    }
}
