import Foundation
import WxPusher

/// Makes the call; returns `nil` if the method is unknown.
func call(_ method: String, _ args: Args, _ client: Client) async throws -> Any? {
    switch method {
    case "send":
        let outcome = try await client.send(
            content: args.text("content"), uids: args.maybeTexts("uids"), topicIds: args.integers("topic_ids"),
            contentType: args.contentType, summary: args.maybeText("summary"), url: args.maybeText("url"),
            verifyPayType: args.verifyPayType, verifyPay: args.maybeFlag("verify_pay"))
        return reported(try args.maybeFlag("ensure_all") == true ? outcome.ensureAll() : outcome)
    case "send_by_get":
        return reported(
            try await client.sendByGet(
                content: args.text("content"), uid: args.maybeText("uid"), topicId: args.maybeInteger("topic_id"),
                summary: args.maybeText("summary"), url: args.maybeText("url"), verifyPayType: args.verifyPayType,
                verifyPay: args.maybeFlag("verify_pay")))
    case "simple_push":
        return reported(
            try await client.simplePush(
                content: args.text("content"), spts: args.texts("spts"), contentType: args.contentType,
                summary: args.maybeText("summary"), url: args.maybeText("url")))
    case "simple_push_by_get":
        return reported(try await client.simplePushByGet(spt: args.text("spt"), content: args.text("content")))
    case "query_status":
        return reported(try await client.queryStatus(sendRecordId: args.integer("send_record_id")))
    case "query_message_status":
        return reported(try await client.queryMessageStatus(messageId: args.integer("message_id")))
    case "delete_message":
        try await client.deleteMessage(messageContentId: args.integer("message_content_id"))
        return [String: Any]()
    case "create_qrcode":
        let validTime = try args.maybeNumber("valid_time").map { Duration.seconds($0) }
        return reported(try await client.createQrcode(extra: args.text("extra"), validTime: validTime))
    case "query_scan_uid":
        return ["uid": orNull(try await client.queryScanUid(code: args.text("code")))]
    case "wait_for_scan":
        let (code, timeout) = try (args.text("code"), Duration.milliseconds(args.number("timeout_ms")))
        if try args.maybeFlag("as_qrcode") == true {
            let qrcode = Qrcode(code: code, url: "", shortUrl: nil, extra: nil, expires: date(1000))
            return ["uid": orNull(try await client.waitForScan(qrcode: qrcode, timeout: timeout))]
        }
        return ["uid": orNull(try await client.waitForScan(code: code, timeout: timeout))]
    case "list_users":
        let page = try await client.listUsers(
            page: Int32(args.number("page")), pageSize: Int32(args.number("page_size")), uid: args.maybeText("uid"),
            isBlocked: args.maybeFlag("is_blocked"), followType: args.followType)
        return reported(page)
    case "users":
        let found = try client.users(
            pageSize: Int32(args.number("page_size")), uid: args.maybeText("uid"), isBlocked: args.maybeFlag("is_blocked"),
            followType: args.followType)
        var users: [Any] = []
        for try await user in found { users.append(reported(user)) }
        return ["users": users]
    case "list_users_v1":
        let page = try await client.listUsersV1(
            page: Int32(args.number("page")), pageSize: Int32(args.number("page_size")), uid: args.maybeText("uid"))
        return reported(page)
    case "delete_user":
        try await client.deleteUser(id: args.integer("id"))
        return [String: Any]()
    case "block_user":
        try await client.blockUser(id: args.integer("id"))
        return [String: Any]()
    case "unblock_user":
        try await client.unblockUser(id: args.integer("id"))
        return [String: Any]()
    case "query_pay_end_time":
        let items = try await client.queryPayEndTime(uid: args.text("uid"), prodId: args.integer("prod_id"))
        return ["items": items.map(reported)]
    case "broadcast":
        let broadcast = try client.broadcast(
            to: args.texts("uids"), content: args.text("content"), contentType: args.contentType,
            summary: args.maybeText("summary"), url: args.maybeText("url"), verifyPayType: args.verifyPayType,
            verifyPay: args.maybeFlag("verify_pay"))
        var batches: [Any] = []
        for try await batch in broadcast { batches.append(reported(batch)) }
        return ["batches": batches]
    case "parse_callback":
        let base64 = try args.maybeText("body_base64").flatMap { Data(base64Encoded: $0) }
        return reported(try parseCallback(body: base64 ?? Data(args.text("body").utf8)))
    case "verify_entry_link":
        let verifier = try EntryLinkVerifier(key: args.text("key"), now: date(args.integer("now_ms")))
        // Only the last result counts.
        for _ in 1..<(try args.maybeNumber("repeat") ?? 1) { _ = try? verifier.verify(query: args.text("query")) }
        return ["uid": try verifier.verify(query: args.text("query"))]
    default:
        return nil
    }
}

extension Args {
    fileprivate var contentType: ContentType? {
        get throws {
            switch try maybeText("content_type") {
            case nil: nil
            case "text": .text
            case "html": .html
            case "markdown": .markdown
            case let other?: throw Broken("no content type \(other)")
            }
        }
    }

    fileprivate var verifyPayType: VerifyPayType? {
        get throws {
            switch try maybeNumber("verify_pay_type") {
            case nil: nil
            case 0: .everyone
            case 1: .paid
            case 2: .unpaid
            case let other?: throw Broken("no verify_pay_type \(other)")
            }
        }
    }

    fileprivate var followType: FollowType? {
        get throws {
            switch try maybeNumber("type") {
            case nil: nil
            case 0: .app
            case 1: .topic
            case let other?: .other(number: Int64(other))
            }
        }
    }
}
