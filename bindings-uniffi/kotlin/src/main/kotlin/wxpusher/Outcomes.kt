package wxpusher

import kotlin.time.Duration

/** The recipients that were accepted. */
public val SendOutcome.succeeded: List<TargetResult>
    get() = targets.filter { it.isOk }

/** The recipients that were not accepted. */
public val SendOutcome.failed: List<TargetResult>
    get() = targets.filterNot { it.isOk }

/** Whether every recipient was accepted. */
public val SendOutcome.allOk: Boolean
    get() = targets.all { it.isOk }

/**
 * Reads the body of a callback.
 *
 * @throws WxPusherException.InvalidArgument if the text is not valid Unicode.
 * @throws WxPusherException.InvalidCallback with the place, if the body is not JSON or does not have the form of a callback.
 */
public fun parseCallback(body: String): AppCallback {
    requireText("body" to body)
    return parseCallback(body.encodeToByteArray())
}

/** Returns the UID of the user who scanned this QR code last; see [Client.queryScanUid]. */
public fun Client.queryScanUid(qrcode: Qrcode): String? = queryScanUid(qrcode.code)

/** Waits until a user scans this QR code; see [Client.waitForScan]. */
public fun Client.waitForScan(qrcode: Qrcode, timeout: Duration): String? = waitForScan(qrcode.code, timeout)
