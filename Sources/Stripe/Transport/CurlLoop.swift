import CCurl
import Foundation
import Synchronization

/// The thread behind a `CurlTransport`.
///
/// Unchecked: it holds curl's C pointers. Beside the orders, which have their lock, only the thread touches what is here.
///
/// - Source: libcurl's multi interface; `curl_multi_wakeup` is its one function for other threads.
final class CurlLoop: @unchecked Sendable {
    private enum Order {
        case start(CurlTransfer)
        case cancel(CurlTransfer)
    }

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let inbox = Mutex<(orders: [Order], isStopped: Bool)>(([], false))
    private let multi: UnsafeMutableRawPointer
    private let connections: Int
    private let longestAnswer: Int
    // From here on the thread's own.
    private var waiting: [CurlTransfer] = []
    private var running: [ObjectIdentifier: CurlTransfer] = [:]
    private var idleHandles: [UnsafeMutableRawPointer] = []

    init(connections: Int, longestAnswer: Int) {
        guard Self.isReady, let multi = curl_multi_init() else { fatalError("libcurl does not start: out of memory") }
        self.multi = multi
        self.connections = max(1, connections)
        self.longestAnswer = longestAnswer
    }

    func start(_ transfer: CurlTransfer) { give(.start(transfer)) }
    func cancel(_ transfer: CurlTransfer) { give(.cancel(transfer)) }

    private func give(_ order: Order) {
        inbox.withLock {
            $0.orders.append(order)
            curl_multi_wakeup(multi)
        }
    }

    /// Waking up happens inside the lock: once the thread sees the flag it frees what would be woken.
    func stop() {
        inbox.withLock {
            $0.isStopped = true
            curl_multi_wakeup(multi)
        }
    }

    func run() {
        while true {
            let (orders, isStopped) = inbox.withLock { inbox in
                defer { inbox.orders.removeAll(keepingCapacity: true) }
                return inbox
            }
            for order in orders {
                switch order {
                // Its cancellation may have come before it did.
                case .start(let transfer) where transfer.isCancelled: finish(transfer, .failure(.cancelled))
                case .start(let transfer): waiting.append(transfer)
                case .cancel(let transfer): cancelled(transfer)
                }
            }
            if isStopped { break }
            // The queue is ours because curl's own, behind CURLMOPT_MAX_HOST_CONNECTIONS, now and then forgets a
            // transfer for ten seconds (7.88.1: one burst of 200 over 4 connections in 20).
            while running.count < connections, !waiting.isEmpty { begin(waiting.removeFirst()) }
            var active: Int32 = 0
            curl_multi_perform(multi, &active)
            finishDone()
            endOverdue()
            if running.count < connections, !waiting.isEmpty { continue }
            // curl shortens the wait to its own next timeout; those in the queue are not curl's yet.
            curl_multi_poll(multi, nil, 0, waiting.isEmpty ? 60_000 : 100, nil)
        }
        for transfer in waiting + Array(running.values) { finish(transfer, .failure(.cancelled)) }
        for handle in idleHandles { curl_easy_cleanup(handle) }
        curl_multi_cleanup(multi)
    }

    private func cancelled(_ transfer: CurlTransfer) {
        transfer.isCancelled = true
        if let index = waiting.firstIndex(where: { $0 === transfer }) {
            waiting.remove(at: index)
            finish(transfer, .failure(.cancelled))
        } else if running[ObjectIdentifier(transfer)] != nil {
            finish(transfer, .failure(.cancelled))
        }
    }

    private func endOverdue() {
        guard !waiting.isEmpty else { return }
        let now = ContinuousClock.now
        waiting.removeAll { transfer in
            guard transfer.deadline <= now else { return false }
            finish(transfer, .failure(.notReached("no connection in time")))
            return true
        }
    }

    private func begin(_ transfer: CurlTransfer) {
        guard let handle = idleHandles.popLast() ?? curl_easy_init() else {
            return finish(transfer, .failure(.notReached("out of memory")))
        }
        transfer.handle = handle
        transfer.longestAnswer = longestAnswer
        transfer.configure(handle)
        running[ObjectIdentifier(transfer)] = transfer
        curl_multi_add_handle(multi, handle)
    }

    private func finishDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let context = curl_private_pointer(handle)
            else { continue }
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            finish(transfer, transfer.result(of: handle, curl_message_result(message)))
        }
    }

    private func finish(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, TransportError>) {
        running[ObjectIdentifier(transfer)] = nil
        if let handle = transfer.handle {
            curl_multi_remove_handle(multi, handle)
            // Forgets the options; connections are the multi handle's.
            curl_easy_reset(handle)
            if idleHandles.count < 64 { idleHandles.append(handle) } else { curl_easy_cleanup(handle) }
        }
        curl_slist_free_all(transfer.lines)
        transfer.caller?.resume(returning: result)
    }
}

extension CurlTransfer {
    fileprivate func configure(_ handle: UnsafeMutableRawPointer) {
        curl_set_text(handle, CURLOPT_URL, request.url)
        // Dots in a path are part of it.
        curl_set_number(handle, CURLOPT_PATH_AS_IS, 1)
        curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        if request.url.hasPrefix("http:") { curl_set_text(handle, CURLOPT_PROXY, "") }
        // One protocol, so that what the tests see is what Stripe sees.
        curl_set_number(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        // Without it curl's timeouts use signals, which a program with threads cannot have.
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        let left = max(1, Int((deadline - .now) / .milliseconds(1)))
        curl_set_number(handle, CURLOPT_TIMEOUT_MS, left)
        curl_set_number(handle, CURLOPT_CONNECTTIMEOUT_MS, min(10_000, left))
        for header in request.headers { lines = curl_slist_append(lines, "\(header.name): \(header.value)") }
        // Or curl waits a second for permission to send a longer body.
        lines = curl_slist_append(lines, "Expect:")
        curl_set_lines(handle, CURLOPT_HTTPHEADER, lines)
        if !request.body.isEmpty || request.method == "POST" {
            curl_set_number(handle, CURLOPT_POSTFIELDSIZE, request.body.count)
            if request.body.isEmpty { curl_set_text(handle, CURLOPT_COPYPOSTFIELDS, "") }
            request.body.withUnsafeBytes { if !$0.isEmpty { curl_set_bytes(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) } }
        }
        curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
        let context = Unmanaged.passUnretained(self).toOpaque()
        curl_set_pointer(handle, CURLOPT_PRIVATE, context)
        curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        curl_set_receiver(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let context else { return 0 }
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        curl_set_receiver(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let context else { return 0 }
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
            return size * count
        }
    }

    fileprivate func result(of handle: UnsafeMutableRawPointer, _ code: CURLcode) -> Result<HTTPResponse, TransportError> {
        let words = String(cString: curl_easy_strerror(code))
        // Some codes serve before and after: an answer that is no HTTP is "unsupported protocol" too.
        let leftTheHouse = curl_pretransfer_time(handle) > 0
        switch code {
        case CURLE_OK:
            return .success(HTTPResponse(status: curl_response_code(handle), lowercaseHeaders: headers, body: body))
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_URL_MALFORMAT,
            CURLE_UNSUPPORTED_PROTOCOL,
            CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION:
            return .failure(leftTheHouse ? .interrupted(words) : .notReached(words))
        case CURLE_OPERATION_TIMEDOUT:
            return .failure(leftTheHouse ? .timedOut : .notReached("no connection in time"))
        case CURLE_WRITE_ERROR where isTooLong:
            return .failure(.interrupted("the answer is longer than \(longestAnswer) bytes"))
        default:
            return .failure(.interrupted(words))
        }
    }
}
