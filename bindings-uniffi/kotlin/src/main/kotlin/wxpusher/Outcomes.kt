package wxpusher

import kotlin.time.Duration

/** The targets for which a sending task was created. */
public val SendOutcome.succeeded: List<TargetResult>
    get() = targets.filter { it.isOk }

/** The targets for which none was. */
public val SendOutcome.failed: List<TargetResult>
    get() = targets.filterNot { it.isOk }

/** Whether every target was accepted. */
public val SendOutcome.allOk: Boolean
    get() = targets.all { it.isOk }

/**
 * Reads the body of a callback.
 *
 * @throws WxPusherException.InvalidCallback saying where, when the body is not JSON or not of a callback's form.
 */
public fun parseCallback(body: String): AppCallback = parseCallback(body.encodeToByteArray())

/** Waits until a user scans this QR code; see [Client.waitForScan]. */
public fun Client.waitForScan(qrcode: Qrcode, timeout: Duration): String? = waitForScan(qrcode.code, timeout)
