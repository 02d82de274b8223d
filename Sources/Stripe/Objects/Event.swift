import Foundation
import Ledger

/// News about an object, as a webhook delivers it and as the list of events repeats it.
///
/// It is a snapshot that may be stale, doubled or out of order: what it changes is decided by the object,
/// read again, and never by the order of events.
package struct Event: Sendable, Equatable {
    /// `evt_…`. The same event may be delivered again under it.
    package let id: String
    /// For example `payment_intent.succeeded`.
    package let type: String
    /// `nil` where the event does not say, or says something that is no time: nothing is decided by it, and the news must not be lost.
    package let created: Instant?
    /// `nil` where the event does not say.
    package let livemode: Bool?
    /// The version the snapshot is written in, which is the endpoint's and not ours.
    package let apiVersion: String?
    /// For example `payment_intent`.
    package let objectKind: String?
    /// `nil` for objects without one, as a balance.
    package let objectID: String?
    /// The call that caused it, if a call did.
    package let requestID: String?
    /// The key of that call, where it had one: it links the event to an operation.
    package let idempotencyKey: String?
    /// With Connect: the account it happened in.
    package let account: String?
    /// The event's JSON, byte for byte as it came.
    package let raw: Data

    /// - Throws: `DecodingError` unless this is a JSON object with an id and a type.
    package init(raw: Data) throws {
        let envelope = try JSONDecoder().decode(Envelope.self, from: raw)
        id = envelope.id
        type = envelope.type
        created = envelope.created?.instant
        livemode = envelope.livemode
        apiVersion = envelope.api_version
        objectKind = envelope.data?.object?.object
        objectID = envelope.data?.object?.id
        requestID = envelope.request?.id
        idempotencyKey = envelope.request?.idempotency_key
        account = envelope.account
        self.raw = raw
    }

    /// The snapshot in the event.
    ///
    /// - Throws: `DecodingError` if it is not of that kind.
    package func object<Object: Decodable>(as _: Object.Type) throws -> Object {
        try JSONDecoder().decode(Snapshot<Object>.self, from: raw).data.object
    }

    private struct Envelope: Decodable {
        let id: String
        let type: String
        let created: Moment?
        let livemode: Bool?
        let api_version: String?
        let data: Content?
        let request: Request?
        let account: String?

        struct Moment: Decodable {
            let instant: Instant?

            init(from decoder: any Decoder) throws { instant = try? Seconds(from: decoder).wrappedValue }
        }

        struct Content: Decodable { let object: Subject? }

        struct Subject: Decodable {
            let id: String?
            let object: String?
        }

        struct Request: Decodable {
            let id: String?
            let idempotency_key: String?
        }
    }

    private struct Snapshot<Object: Decodable>: Decodable {
        let data: Content

        struct Content: Decodable { let object: Object }
    }
}
