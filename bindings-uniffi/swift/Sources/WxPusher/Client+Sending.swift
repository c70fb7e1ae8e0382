/// The methods that send, with the message's fields as arguments, and those that take a QR code.
extension Client {
    /// Sends a message to users and topics. Without recipients, it goes to the default ones.
    ///
    /// ```swift
    /// let outcome = try client.send(content: "磁盘已满", uids: ["UID_xxx"])
    /// for target in outcome.failed { print(target.uid ?? "", target.status) }
    /// ```
    ///
    /// - Parameters:
    ///   - content: The text: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    ///   - uids: The UIDs of the recipients, at most 2 000. Duplicates are dropped.
    ///   - topicIds: The topics, at most 5. A user in `uids` who subscribes to one of them receives the message twice.
    ///   - contentType: The format of `content`; plain text by default.
    ///   - summary: The text in the chat list, at most 100 characters; the beginning of `content` by default.
    ///   - url: A link that the message page shows, at most 1 000 characters.
    ///   - verifyPayType: Which users of a paid product receive the message; all subscribers by default.
    ///   - verifyPay: The older form of `verifyPayType`: `true` means paid users only. Pass one of the two.
    /// - Throws: ``WxPusherError`` of kind `invalidArgument` if a limit is exceeded or there is no recipient, `rejected` if
    ///   no recipient was accepted, and the kinds for errors of the network and the server.
    public func send(
        content: String, uids: [String] = [], topicIds: [Int64] = [], contentType: ContentType? = nil,
        summary: String? = nil, url: String? = nil, verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) throws -> SendOutcome {
        try send(
            message: Message(
                content: content, uids: uids, topicIds: topicIds, contentType: contentType, summary: summary, url: url,
                verifyPayType: verifyPayType, verifyPay: verifyPay))
    }

    /// Sends a plain text to one user or topic with a GET request, which has the token in its URL. Prefer `send`.
    ///
    /// - Throws: Like `send`.
    public func sendByGet(
        content: String, uid: String? = nil, topicId: Int64? = nil, summary: String? = nil, url: String? = nil,
        verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) throws -> SendOutcome {
        try sendByGet(
            message: Message(
                content: content, uids: uid.map { [$0] } ?? [], topicIds: topicId.map { [$0] } ?? [], summary: summary,
                url: url, verifyPayType: verifyPayType, verifyPay: verifyPay))
    }

    /// Sends a message to simple push tokens (SPTs). Needs no app token. More than 10 SPTs are sent in several calls.
    ///
    /// - Throws: Like `send`.
    public func simplePush(
        content: String, spts: [String] = [], contentType: ContentType? = nil, summary: String? = nil,
        url: String? = nil
    ) throws -> SendOutcome {
        try simplePush(
            push: SimplePush(content: content, spts: spts, contentType: contentType, summary: summary, url: url))
    }

    /// Returns the UID of the user who scanned this QR code last; `nil` if it has not been scanned.
    public func queryScanUid(qrcode: Qrcode) throws -> String? {
        try queryScanUid(code: qrcode.code)
    }

    /// Waits until a user scans this QR code, and returns the UID; returns `nil` after the timeout.
    public func waitForScan(qrcode: Qrcode, timeout: Duration) throws -> String? {
        try waitForScan(code: qrcode.code, timeout: timeout)
    }
}
