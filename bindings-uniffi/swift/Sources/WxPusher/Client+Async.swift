import Foundation

/// Every verb once more, for `await`.
///
/// A call never blocks one of Swift's own threads. When its task is cancelled the call ends within 200 ms, with
/// ``WxPusherError/Cancelled(text:sent:)`` rather than a `CancellationError`, because only that says whether the request
/// had reached the server.
extension Client {
    /// Sends a message to users and topics. Give at least one of them.
    ///
    /// ```swift
    /// let outcome = try await client.send(content: "磁盘已满", uids: ["UID_xxx"])
    /// for target in outcome.failed { print(target.uid ?? "", target.status) }
    /// ```
    ///
    /// The parameters are those of the one that blocks.
    ///
    /// - Throws: `InvalidArgument` for a message over a limit or without target, `Rejected` when no target was accepted,
    ///   and whatever the network and the server may do.
    public func send(
        content: String, uids: [String] = [], topicIds: [Int64] = [], contentType: ContentType? = nil,
        summary: String? = nil, url: String? = nil, verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) async throws -> SendOutcome {
        try await whileTaskLives {
            try $0.send(
                content: content, uids: uids, topicIds: topicIds, contentType: contentType, summary: summary, url: url,
                verifyPayType: verifyPayType, verifyPay: verifyPay)
        }
    }

    /// Sends a plain text to one user or topic by the GET interface, which puts the token into the URL. `send` can do all
    /// of it and more.
    ///
    /// - Throws: Like `send`.
    public func sendByGet(
        content: String, uid: String? = nil, topicId: Int64? = nil, summary: String? = nil, url: String? = nil,
        verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) async throws -> SendOutcome {
        try await whileTaskLives {
            try $0.sendByGet(
                content: content, uid: uid, topicId: topicId, summary: summary, url: url,
                verifyPayType: verifyPayType, verifyPay: verifyPay)
        }
    }

    /// Sends to 1 to 10 people known by their simple push tokens only. Needs no app token.
    ///
    /// - Throws: Like `send`.
    public func simplePush(
        content: String, spts: [String] = [], contentType: ContentType? = nil, summary: String? = nil,
        url: String? = nil
    ) async throws -> SendOutcome {
        try await whileTaskLives {
            try $0.simplePush(content: content, spts: spts, contentType: contentType, summary: summary, url: url)
        }
    }

    /// Sends a plain text to one simple push token by the GET interface.
    ///
    /// - Throws: Like `send`.
    public func simplePushByGet(spt: String, content: String) async throws -> SendOutcome {
        try await whileTaskLives { try $0.simplePushByGet(spt: spt, content: content) }
    }

    /// What has become of a delivery. WxPusher remembers for 7 days.
    ///
    /// - Throws: `Api` with code 1001 when the server does not know, or no longer knows, the record.
    public func queryStatus(sendRecordId: Int64) async throws -> SendStatus {
        try await whileTaskLives { try $0.queryStatus(sendRecordId: sendRecordId) }
    }

    /// The same by the message id of the 2022 document.
    ///
    /// - Throws: Like `queryStatus`.
    public func queryMessageStatus(messageId: Int64) async throws -> SendStatus {
        try await whileTaskLives { try $0.queryMessageStatus(messageId: messageId) }
    }

    /// Takes the landing page of a message away. What was pushed stays pushed.
    ///
    /// - Throws: `Api` when the server does not know the message.
    public func deleteMessage(messageContentId: Int64) async throws {
        try await whileTaskLives { try $0.deleteMessage(messageContentId: messageContentId) }
    }

    /// Makes a QR code that carries `extra` (1–64 characters) and lives from a second to 30 days, half an hour by default.
    ///
    /// - Throws: `InvalidArgument` for what is over a limit.
    public func createQrcode(extra: String, validTime: Duration? = nil) async throws -> Qrcode {
        try await whileTaskLives { try $0.createQrcode(extra: extra, validTime: validTime) }
    }

    /// Who scanned the code last; `nil` when nobody has yet. Never asks the real WxPusher faster than every 10 s.
    ///
    /// - Throws: `Api` for an unknown or expired code.
    public func queryScanUid(code: String) async throws -> String? {
        try await whileTaskLives { try $0.queryScanUid(code: code) }
    }

    /// Waits until a user scans the QR code, and returns the UID; returns `nil` if nobody scanned it before the timeout.
    /// Polls every 10 s and retries polls after transient errors. A new QR code needs up to 60 s to be known.
    ///
    /// - Throws: `Api` for an unknown or expired code.
    public func waitForScan(code: String, timeout: Duration) async throws -> String? {
        try await whileTaskLives { try $0.waitForScan(code: code, timeout: timeout) }
    }

    /// One page of those who follow the app or its topics. ``users(pageSize:uid:isBlock:followType:)`` goes through all.
    ///
    /// - Throws: `InvalidArgument` for a page size over the limit.
    public func listUsers(
        page: Int32 = 1, pageSize: Int32 = 100, uid: String? = nil, isBlock: Bool? = nil, followType: FollowType? = nil
    ) async throws -> UserPage {
        try await whileTaskLives {
            try $0.listUsers(page: page, pageSize: pageSize, uid: uid, isBlock: isBlock, followType: followType)
        }
    }

    /// One page of the old user list, deprecated by WxPusher in favour of `listUsers`.
    ///
    /// - Throws: Like `listUsers`.
    public func listUsersV1(page: Int32 = 1, pageSize: Int32 = 100, uid: String? = nil) async throws -> UserPageV1 {
        try await whileTaskLives { try $0.listUsersV1(page: page, pageSize: pageSize, uid: uid) }
    }

    /// Ends a following, by the `id` of a user (not a uid). They may follow again.
    ///
    /// - Throws: `Api` when there is no such following.
    public func deleteUser(id: Int64) async throws {
        try await whileTaskLives { try $0.deleteUser(id: id) }
    }

    /// Blocks a follower, or lets them in again, by the `id` of a user (not a uid).
    ///
    /// - Throws: `Api` when there is no such following.
    public func rejectUser(id: Int64, reject: Bool) async throws {
        try await whileTaskLives { try $0.rejectUser(id: id, reject: reject) }
    }

    /// Until when somebody has paid for what a product is made of.
    ///
    /// - Throws: `Api` when there is no such product.
    public func queryPayEndTime(uid: String, prodId: Int64) async throws -> [PayEndTime] {
        try await whileTaskLives { try $0.queryPayEndTime(uid: uid, prodId: prodId) }
    }
}
