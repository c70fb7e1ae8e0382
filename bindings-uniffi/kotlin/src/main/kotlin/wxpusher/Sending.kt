package wxpusher

/**
 * Sends a message to users and topics. Without recipients, it goes to the default ones.
 *
 * ```
 * val outcome = client.send("磁盘已满", uids = listOf("UID_xxx"))
 * ```
 *
 * @param content the text: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
 * @param uids the UIDs of the recipients, at most 2 000. Duplicates are dropped.
 * @param topicIds the topics, at most 5. A user in [uids] who subscribes to one of them receives the message twice.
 * @param contentType the format of [content]; plain text by default.
 * @param summary the text in the chat list, at most 100 characters; the beginning of [content] by default.
 * @param url a link that the message page shows, at most 1 000 characters.
 * @param verifyPayType which users of a paid product receive the message; all subscribers by default.
 * @param verifyPay the older form of [verifyPayType]: `true` means paid users only. Pass one of the two.
 * @throws WxPusherException.InvalidArgument if a limit is exceeded or there is no recipient.
 * @throws WxPusherException.Rejected if no recipient was accepted.
 * @throws WxPusherException for errors of the network and the server.
 */
public fun Client.send(
    content: String,
    uids: List<String> = listOf(),
    topicIds: List<Long> = listOf(),
    contentType: ContentType? = null,
    summary: String? = null,
    url: String? = null,
    verifyPayType: VerifyPayType? = null,
    verifyPay: Boolean? = null,
): SendOutcome = send(Message(content, uids, topicIds, contentType, summary, url, verifyPayType, verifyPay))

/**
 * Sends a plain text to one user or topic with a GET request, which has the token in its URL. Prefer [send].
 *
 * @throws WxPusherException like [send].
 */
public fun Client.sendByGet(
    content: String,
    uid: String? = null,
    topicId: Long? = null,
    summary: String? = null,
    url: String? = null,
    verifyPayType: VerifyPayType? = null,
    verifyPay: Boolean? = null,
): SendOutcome = sendByGet(
    Message(content, listOfNotNull(uid), listOfNotNull(topicId), null, summary, url, verifyPayType, verifyPay),
)

/**
 * Sends a message to simple push tokens (SPTs). Needs no app token. More than 10 SPTs are sent in several calls.
 *
 * @throws WxPusherException like [send].
 */
public fun Client.simplePush(
    content: String,
    spts: List<String> = listOf(),
    contentType: ContentType? = null,
    summary: String? = null,
    url: String? = null,
): SendOutcome = simplePush(SimplePush(content, spts, contentType, summary, url))
