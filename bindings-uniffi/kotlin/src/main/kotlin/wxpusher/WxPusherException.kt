package wxpusher

import java.nio.ByteBuffer

/**
 * Why a call failed, and whether the request reached WxPusher. [message] is what to show; it holds no token.
 *
 * @property kind the kind's name, the same in all languages.
 * @property number the kind's number, the same in all languages.
 * @property sent whether the request reached WxPusher: what to know before sending again.
 */
public sealed class WxPusherException(
    public val kind: String,
    public val number: Int,
    override val message: String,
    public val sent: Sent,
) : Exception(message) {
    /**
     * Refused here, before anything was sent.
     *
     * @property field the argument, by its name in all languages (`topic_ids`).
     * @property reason what is wrong with it: its size and the limit, where there is one.
     */
    public class InvalidArgument internal constructor(message: String, sent: Sent, public val field: String, public val reason: String) :
        WxPusherException("invalid_argument", 1, message, sent)

    /**
     * The host was not found, refused the connection or cannot be reached.
     *
     * @property reason host and cause.
     */
    public class Connect internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("connect", 2, message, sent)

    /**
     * The TLS handshake failed, or the certificate is not to be trusted.
     *
     * @property reason what the handshake said.
     */
    public class Tls internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("tls", 3, message, sent)

    /**
     * The connect timeout or the total timeout ran out.
     *
     * @property phase what was going on when it did.
     */
    public class Timeout internal constructor(message: String, sent: Sent, public val phase: Phase) :
        WxPusherException("timeout", 4, message, sent)

    /**
     * The connection broke.
     *
     * @property reason how it broke.
     */
    public class Transport internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("transport", 5, message, sent)

    /**
     * The HTTP status of the response is not 2xx. Redirects are not followed and end here too.
     *
     * @property status the HTTP status.
     * @property code WxPusher's code; null if the body is not WxPusher's JSON.
     * @property msg WxPusher's text, or the first 500 characters of the body: it may quote a token. [message] does not.
     */
    public class HttpStatus internal constructor(
        message: String,
        sent: Sent,
        public val status: Int,
        public val code: Long?,
        public val msg: String,
    ) : WxPusherException("http_status", 6, message, sent)

    /**
     * WxPusher's answer has another code than 1000.
     *
     * @property code WxPusher's code, for example 1001 business failure or 1002 not authenticated. Others may come.
     * @property msg WxPusher's text, untouched: it may quote a token. [message] does not.
     */
    public class Api internal constructor(message: String, sent: Sent, public val code: Long, public val msg: String) :
        WxPusherException("api", 7, message, sent)

    /**
     * WxPusher took the call and accepted none of its targets.
     *
     * @property outcome what it said of each.
     */
    public class Rejected internal constructor(message: String, sent: Sent, public val outcome: SendOutcome) :
        WxPusherException("rejected", 8, message, sent)

    /**
     * The answer is not JSON, has the wrong shape or is larger than 8 MiB.
     *
     * @property reason what is wrong, and where.
     */
    public class InvalidResponse internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("invalid_response", 9, message, sent)

    /**
     * The body is not a WxPusher callback.
     *
     * @property reason what is wrong, and where.
     */
    public class InvalidCallback internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("invalid_callback", 10, message, sent)

    /**
     * The entry link is forged, stale or replayed.
     *
     * @property reason why; begins with `unsigned`, `missing`, `malformed`, `forged`, `stale` or `replayed`.
     */
    public class InvalidSignature internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("invalid_signature", 11, message, sent)

    /**
     * The caller stopped the call.
     */
    public class Cancelled internal constructor(message: String, sent: Sent) :
        WxPusherException("cancelled", 12, message, sent)

    /**
     * A bug of this library, for example a panic.
     *
     * @property reason what happened.
     */
    public class Internal internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("internal", 13, message, sent)

    /**
     * The rate limit shared with other processes cannot be used. Nothing was sent.
     *
     * @property reason why it cannot be used.
     */
    public class RateLimiter internal constructor(message: String, sent: Sent, public val reason: String) :
        WxPusherException("rate_limiter", 14, message, sent)

    internal companion object : UniffiRustCallStatusErrorHandler<WxPusherException> {
        override fun lift(error_buf: RustBuffer.ByValue): WxPusherException = FfiConverterTypeWxPusherError.lift(error_buf)
    }
}

/** Reads what Rust's `WxPusherError` is on the way: the place of its variant, then its fields. */
internal object FfiConverterTypeWxPusherError : FfiConverterRustBuffer<WxPusherException> {
    override fun read(buf: ByteBuffer): WxPusherException {
        val variant = buf.getInt()
        val text = FfiConverterString.read(buf)
        val sent = FfiConverterTypeSent.read(buf)
        return when (variant) {
            1 -> WxPusherException.InvalidArgument(text, sent, FfiConverterString.read(buf), FfiConverterString.read(buf))
            2 -> WxPusherException.Connect(text, sent, FfiConverterString.read(buf))
            3 -> WxPusherException.Tls(text, sent, FfiConverterString.read(buf))
            4 -> WxPusherException.Timeout(text, sent, FfiConverterTypePhase.read(buf))
            5 -> WxPusherException.Transport(text, sent, FfiConverterString.read(buf))
            6 -> WxPusherException.HttpStatus(
                text,
                sent,
                FfiConverterInt.read(buf),
                FfiConverterOptionalLong.read(buf),
                FfiConverterString.read(buf),
            )
            7 -> WxPusherException.Api(text, sent, FfiConverterLong.read(buf), FfiConverterString.read(buf))
            8 -> WxPusherException.Rejected(text, sent, FfiConverterTypeSendOutcome.read(buf))
            9 -> WxPusherException.InvalidResponse(text, sent, FfiConverterString.read(buf))
            10 -> WxPusherException.InvalidCallback(text, sent, FfiConverterString.read(buf))
            11 -> WxPusherException.InvalidSignature(text, sent, FfiConverterString.read(buf))
            12 -> WxPusherException.Cancelled(text, sent)
            13 -> WxPusherException.Internal(text, sent, FfiConverterString.read(buf))
            14 -> WxPusherException.RateLimiter(text, sent, FfiConverterString.read(buf))
            else -> throw InternalException("error variant $variant is not of this version")
        }
    }

    override fun allocationSize(value: WxPusherException): ULong = throw UnsupportedOperationException("errors only come out of Rust")

    override fun write(value: WxPusherException, buf: ByteBuffer): Unit = throw UnsupportedOperationException("errors only come out of Rust")
}
