import Foundation

/// The methods for `await`.
///
/// A call never blocks one of Swift's own threads. If its task is cancelled, the call ends within 200 ms with a
/// ``WxPusherError`` of kind `cancelled` and not with a `CancellationError`, because `sent` of the former states whether the
/// request reached the server.
extension Client {
    /// Sends a message to users and topics. Without recipients, it goes to the default ones.
    ///
    /// ```swift
    /// let outcome = try await client.send(content: "磁盘已满", uids: ["UID_xxx"])
    /// for target in outcome.failed { print(target.uid ?? "", target.status) }
    /// ```
    ///
    /// The parameters are those of the blocking method.
    ///
    /// - Throws: ``WxPusherError`` of kind `invalidArgument` if a limit is exceeded or there is no recipient, `rejected` if
    ///   no recipient was accepted, and the kinds for errors of the network and the server.
    public func send(
        content: String, uids: [String] = [], topicIds: [Int64] = [], contentType: ContentType? = nil,
        summary: String? = nil, url: String? = nil, verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) async throws -> SendOutcome {
        try await withTaskScope {
            try $0.send(
                content: content, uids: uids, topicIds: topicIds, contentType: contentType, summary: summary, url: url,
                verifyPayType: verifyPayType, verifyPay: verifyPay)
        }
    }

    /// Sends a plain text to one user or topic with a GET request, which has the token in its URL. Prefer `send`.
    ///
    /// - Throws: Like `send`.
    public func sendByGet(
        content: String, uid: String? = nil, topicId: Int64? = nil, summary: String? = nil, url: String? = nil,
        verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) async throws -> SendOutcome {
        try await withTaskScope {
            try $0.sendByGet(
                content: content, uid: uid, topicId: topicId, summary: summary, url: url,
                verifyPayType: verifyPayType, verifyPay: verifyPay)
        }
    }

    /// Sends a message to simple push tokens (SPTs). Needs no app token. More than 10 SPTs are sent in several calls.
    ///
    /// - Throws: Like `send`.
    public func simplePush(
        content: String, spts: [String] = [], contentType: ContentType? = nil, summary: String? = nil,
        url: String? = nil
    ) async throws -> SendOutcome {
        try await withTaskScope {
            try $0.simplePush(content: content, spts: spts, contentType: contentType, summary: summary, url: url)
        }
    }

    /// Sends a plain text to one simple push token (SPT) with a GET request.
    ///
    /// - Throws: Like `send`.
    public func simplePushByGet(spt: String, content: String) async throws -> SendOutcome {
        try await withTaskScope { try $0.simplePushByGet(spt: spt, content: content) }
    }

    /// Returns the delivery status of one recipient. WxPusher keeps it for 7 days.
    ///
    /// - Throws: Kind `api` with code 1001 if the server does not know the record (any more).
    public func queryStatus(sendRecordId: Int64) async throws -> SendStatus {
        try await withTaskScope { try $0.queryStatus(sendRecordId: sendRecordId) }
    }

    /// Returns the delivery status by the message id of the 2022 document.
    ///
    /// - Throws: Like `queryStatus`.
    public func queryMessageStatus(messageId: Int64) async throws -> SendStatus {
        try await withTaskScope { try $0.queryMessageStatus(messageId: messageId) }
    }

    /// Deletes the page of a message. Notifications that were delivered stay.
    ///
    /// - Throws: Kind `api` if the server does not know the message.
    public func deleteMessage(messageContentId: Int64) async throws {
        try await withTaskScope { try $0.deleteMessage(messageContentId: messageContentId) }
    }

    /// Creates a QR code that carries `extra` (1 to 64 characters). It is valid from 1 s to 30 days, 30 minutes by default.
    ///
    /// - Throws: Kind `invalidArgument` if a limit is exceeded.
    public func createQrcode(extra: String, validTime: Duration? = nil) async throws -> Qrcode {
        try await withTaskScope { try $0.createQrcode(extra: extra, validTime: validTime) }
    }

    /// Returns the UID of the user who scanned the code last; `nil` if it has not been scanned. Against the real WxPusher the
    /// call waits until 10 s have passed since the last query for the same code.
    ///
    /// - Throws: Kind `api` if the code is unknown or expired.
    public func queryScanUid(code: String) async throws -> String? {
        try await withTaskScope { try $0.queryScanUid(code: code) }
    }

    /// Waits until a user scans the QR code, and returns the UID; returns `nil` if nobody scanned it before the timeout.
    /// Polls every 10 s and retries polls after transient errors. A new QR code needs up to 60 s to be known.
    ///
    /// - Throws: Kind `api` if the code is unknown or expired.
    public func waitForScan(code: String, timeout: Duration) async throws -> String? {
        try await withTaskScope { try $0.waitForScan(code: code, timeout: timeout) }
    }

    /// Returns the UID of the user who scanned this QR code last; `nil` if it has not been scanned.
    public func queryScanUid(qrcode: Qrcode) async throws -> String? {
        try await queryScanUid(code: qrcode.code)
    }

    /// Waits until a user scans this QR code, and returns the UID; returns `nil` after the timeout.
    public func waitForScan(qrcode: Qrcode, timeout: Duration) async throws -> String? {
        try await waitForScan(code: qrcode.code, timeout: timeout)
    }

    /// Returns one page of the users who subscribe to the app or its topics. `users` returns all.
    ///
    /// - Throws: Kind `invalidArgument` if the page size exceeds the limit.
    public func listUsers(
        page: Int32 = 1, pageSize: Int32 = 100, uid: String? = nil, isBlocked: Bool? = nil, followType: FollowType? = nil
    ) async throws -> UserPage {
        try await withTaskScope {
            try $0.listUsers(page: page, pageSize: pageSize, uid: uid, isBlocked: isBlocked, followType: followType)
        }
    }

    /// Returns one page of the older user list, which WxPusher deprecated in favour of `listUsers`.
    ///
    /// - Throws: Like `listUsers`.
    public func listUsersV1(page: Int32 = 1, pageSize: Int32 = 100, uid: String? = nil) async throws -> UserPageV1 {
        try await withTaskScope { try $0.listUsersV1(page: page, pageSize: pageSize, uid: uid) }
    }

    /// Deletes a subscription by its id (`User.id`, not the UID). The user can subscribe again.
    ///
    /// - Throws: Kind `api` if there is no such subscription.
    public func deleteUser(id: Int64) async throws {
        try await withTaskScope { try $0.deleteUser(id: id) }
    }

    /// Blocks a user by the id of a subscription (`User.id`, not the UID): the app's messages no longer reach the user.
    ///
    /// - Throws: Kind `api` if there is no such subscription.
    public func blockUser(id: Int64) async throws {
        try await withTaskScope { try $0.blockUser(id: id) }
    }

    /// Unblocks a user by the id of a subscription (`User.id`, not the UID).
    ///
    /// - Throws: Kind `api` if there is no such subscription.
    public func unblockUser(id: Int64) async throws {
        try await withTaskScope { try $0.unblockUser(id: id) }
    }

    /// Returns the paid-until time of a user for each resource of a product.
    ///
    /// - Throws: Kind `api` if there is no such product.
    public func queryPayEndTime(uid: String, prodId: Int64) async throws -> [PayEndTime] {
        try await withTaskScope { try $0.queryPayEndTime(uid: uid, prodId: prodId) }
    }
}
