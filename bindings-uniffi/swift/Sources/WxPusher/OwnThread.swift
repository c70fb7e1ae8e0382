import Dispatch

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Runs work on a new thread; if the system refuses a thread, on Dispatch's global queue.
///
/// Dispatch has only about 250 threads, and Swift's own are among them. Foundation's `Thread` does not report that the system
/// refused a thread: the caller would wait forever.
func onOwnThread(stackSize: Int? = nil, _ work: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }

    #if canImport(Darwin)
        var thread: pthread_t?
    #else
        var thread = pthread_t()
    #endif
    let boxed = Unmanaged.passRetained(Work(run: work))
    let refused = pthread_create(
        &thread, &attributes,
        {
            // The argument is optional on some platforms only.
            let argument: UnsafeMutableRawPointer? = $0
            if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
            return nil
        }, boxed.toOpaque())
    if refused != 0 {
        boxed.release()
        DispatchQueue.global().async(execute: work)
    }
}

private final class Work: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
