package wxpusher

/**
 * Sends a message to users and topics. Give at least one of them.
 *
 * ```
 * val outcome = client.send("磁盘已满", uids = listOf("UID_xxx"))
 * ```
 *
 * @param content what to say: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
 * @param uids the users to reach, at most 2 000.
 * @param topicIds the topics to reach, at most 5. A user who is among [uids] and follows a topic gets the message twice.
 * @param contentType how [content] is to be shown; plain text when left out.
 * @param summary what the chat list shows, at most 100 characters; the beginning of [content] when left out.
 * @param url a link to the original, at most 1 000 characters.
 * @param verifyPayType which users of a paid product receive it; the server decides when left out (everyone).
 * @param verifyPay the yes-or-no form of [verifyPayType]: yes only reaches those who have paid.
 * @throws WxPusherException.InvalidArgument for a message over a limit or without target.
 * @throws WxPusherException.Rejected when no target was accepted.
 * @throws WxPusherException for whatever the network and the server may do.
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
 * Sends a plain text to one user or topic by the GET interface, which puts the token into the URL. [send] can do all of it and
 * more.
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
 * Sends to 1 to 10 people known by their simple push tokens only. Needs no app token.
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
