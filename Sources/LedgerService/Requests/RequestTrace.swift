import Ledger
internal import LedgerStore
import Stripe

/// Says at Stripe for which request something was made. Books that were restored from a backup know by it what a request came to that
/// they forgot.
struct RequestTrace: Hashable, Sendable {
    /// 16 bytes over the books and the request's key: the key itself stays here, and an equal key of other books leaves another trace.
    let key: [UInt8]
    /// SHA-256 over what was asked.
    let fingerprint: [UInt8]

    init(_ request: IdempotencyKey, of tenant: Tenant) {
        key = Array(SHA256.digest(Array(tenant.booksID.utf8) + [0] + request.digest).prefix(16))
        fingerprint = request.fingerprint
    }

    /// - Returns: nil when the metadata names no request.
    init?(_ metadata: Metadata) {
        guard let text = metadata[LedgerMetadata.request], text.utf8.count == 97, text.utf8.dropFirst(32).first == UInt8(ascii: "."),
            let key = Self.bytes(text.utf8.prefix(32)), let fingerprint = Self.bytes(text.utf8.suffix(64))
        else { return nil }
        (self.key, self.fingerprint) = (key, fingerprint)
        // Swift reads "+a" and "A" as digits, too.
        guard self.text == text else { return nil }
    }

    /// As it stands in the metadata.
    var text: String { "\(hexadecimal(key)).\(hexadecimal(fingerprint))" }

    private static func bytes(_ digits: Substring.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = digits
        while let high = rest.popFirst(), let low = rest.popFirst() {
            guard let byte = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

/// An object of a folio that was made after the restored backup and has been taken in since.
enum MadeAfterBackup: Hashable, Sendable {
    /// By its number on the folio and Stripe's id.
    case refund(Int64, id: String)
    case intent(String)
}

extension LedgerService {
    /// Checks at Stripe whether a request was decided after the restored backup. If it was, its record is written again, and its outcome is
    /// the object that was made then.
    ///
    /// - Parameter key: The request's; `nil` looks at nothing.
    /// - Returns: The objects that were checked.
    /// - Throws: `ServiceRefusal.stripeUnanswered`; `.foundRefund` if it made a refund whose bill is not decided yet.
    func recallRequest(_ key: IdempotencyKey?, on reference: String, of tenant: Tenant) async throws -> [MadeAfterBackup] {
        guard let key else { return [] }
        let made = try store.read(of: tenant) { try $0.madeAfterBackup(on: try $0.knownFolio(reference)) }
        guard !made.isEmpty, try state(of: key) == nil else { return made }
        let traceKey = RequestTrace(key, of: tenant).key
        for one in made {
            guard let trace = try await trace(of: one, tenant), trace.key == traceKey else { continue }
            try await store.write(of: tenant) { book in
                guard try book.transaction.request(key.digest) == nil else { return }
                let folio = try book.knownFolio(reference)
                if case .refund(let number, _) = one, folio.state == .open,
                    try book.refunds(of: folio).contains(where: { $0.number == number && $0.isFound })
                {
                    throw ServiceRefusal.foundRefund(reference, number: number)
                }
                try book.transaction.addRequest(
                    key.digest, fingerprint: trace.fingerprint, decision: Decision(on: folio, of: tenant))
            }
            break
        }
        return made
    }

    /// - Returns: nil when no request stands there, or Stripe does not show it.
    private func trace(of made: MadeAfterBackup, _ tenant: Tenant) async throws -> RequestTrace? {
        let client = try client(for: tenant)
        let metadata: StripeOutcome<Metadata> =
            switch made {
            case .refund(_, let id): await client.refund(id).map(\.metadata)
            case .intent(let id): await client.paymentIntent(id).map(\.metadata)
            }
        if case .refused = metadata { return nil }
        return RequestTrace(try metadata.orThrow(.readingPayment))
    }
}

extension Book {
    /// What a request that this file has forgotten may have made on a folio; nothing when the last restore is so long ago that no request
    /// from before can be repeated any more.
    func madeAfterBackup(on folio: Folio) throws -> [MadeAfterBackup] {
        guard let restored = try restored(), restored > now.adding(seconds: Int64(-LedgerService.requestDays * 86_400)) else {
            return []
        }
        let refunds = try refunds(of: folio).filter { $0.reason == Ledger.Refund.madeAfterBackup }
        let intents = try Set(holds(of: folio).compactMap(\.intent) + payments(of: folio).compactMap(\.intent))
        return refunds.compactMap { refund in refund.stripeID.map { .refund(refund.number, id: $0) } }
            + (try intents.sorted().filter { try foundObject($0)?.takenIn != nil }.map { .intent($0) })
    }
}
