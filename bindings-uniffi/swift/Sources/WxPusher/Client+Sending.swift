/// The verbs that send, with the message's fields as arguments.
extension Client {
    /// Sends a message to users and topics. Give at least one of them.
    ///
    /// ```swift
    /// let outcome = try client.send(content: "磁盘已满", uids: ["UID_xxx"])
    /// for target in outcome.failed { print(target.uid ?? "", target.status) }
    /// ```
    ///
    /// - Parameters:
    ///   - content: What to say: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    ///   - uids: The users to reach, at most 2 000.
    ///   - topicIds: The topics to reach, at most 5. A user who is among `uids` and follows a topic gets the message twice.
    ///   - contentType: How `content` is to be shown; plain text when left out.
    ///   - summary: What the chat list shows, at most 100 characters; the beginning of `content` when left out.
    ///   - url: A link to the original, at most 1 000 characters.
    ///   - verifyPayType: Which users of a paid product receive it; the server decides when left out (everyone).
    ///   - verifyPay: The yes-or-no form of `verifyPayType`: yes only reaches those who have paid.
    /// - Throws: `InvalidArgument` for a message over a limit or without target, `Rejected` when no target was accepted,
    ///   and whatever the network and the server may do.
    public func send(
        content: String, uids: [String] = [], topicIds: [Int64] = [], contentType: ContentType? = nil,
        summary: String? = nil, url: String? = nil, verifyPayType: VerifyPayType? = nil, verifyPay: Bool? = nil
    ) throws -> SendOutcome {
        try send(
            message: Message(
                content: content, uids: uids, topicIds: topicIds, contentType: contentType, summary: summary, url: url,
                verifyPayType: verifyPayType, verifyPay: verifyPay))
    }

    /// Sends a plain text to one user or topic by the GET interface, which puts the token into the URL. `send` can do all
    /// of it and more.
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

    /// Sends to 1 to 10 people known by their simple push tokens only. Needs no app token.
    ///
    /// - Throws: Like `send`.
    public func simplePush(
        content: String, spts: [String] = [], contentType: ContentType? = nil, summary: String? = nil,
        url: String? = nil
    ) throws -> SendOutcome {
        try simplePush(
            push: SimplePush(content: content, spts: spts, contentType: contentType, summary: summary, url: url))
    }
}
