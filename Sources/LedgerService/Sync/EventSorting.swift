import Foundation
import Ledger
internal import LedgerStore
import Stripe

/// What to do with an event, however it arrived. Only its id, its type and its object's id are used. The object is read again, so the
/// API version of the event does not matter. Where a key may not read it, reviews and warnings alone are taken from the event.
enum SortedEvent {
    case kept(Stripe.Event)
    /// Of a kind that tells nothing about what the books keep.
    case ofNoUse
    case dropped(DroppedEvents.Reason, example: String?)

    /// - Parameters:
    ///   - isLive: Whether the books' key is a live one.
    ///   - account: The account's own id at Stripe; `nil` while it is not known.
    init(raw: Data, isLive: Bool, account: String?) {
        guard JSONNames.areShort(in: raw), let head = try? JSONDecoder().decode(Head.self, from: raw), (head.id ?? "").utf8.count <= 255
        else {
            self = .dropped(.unreadable, example: nil)
            return
        }
        // Events of Stripe's second interface only point at their object, in another form.
        if let object = head.object, object.utf8.starts(with: "v2.".utf8) {
            self = .dropped(.thin, example: head.id)
            return
        }
        guard let event = try? Stripe.Event(raw: raw), !event.id.isEmpty, event.isOfUsualLength,
            String(validating: raw, as: UTF8.self) != nil
        else {
            self = .dropped(.unreadable, example: head.id)
            return
        }
        self.init(event, isLive: isLive, account: account)
    }

    init(_ event: Stripe.Event, isLive: Bool, account: String?) {
        if let livemode = event.livemode, livemode != isLive {
            self = .dropped(.otherMode, example: event.id)
        } else if let account, let other = event.account, other != account {
            // A platform's endpoint tells of the accounts that are connected to it. Their objects are not these books'. While the
            // account's own id is not known, reading the object tells: with this key Stripe knows no other account's.
            self = .dropped(.otherAccount, example: event.id)
        } else if event.objectID == nil || !LedgerService.eventTypes.contains(event.type) {
            self = .ofNoUse
        } else if !event.isAskable {
            self = .dropped(.unreadable, example: event.id)
        } else {
            self = .kept(event)
        }
    }

    /// What every kind of event has.
    private struct Head: Decodable {
        let id: String?
        let object: String?
    }
}

extension Stripe.Event {
    /// Whether its object can be asked for: the id is one of Stripe's, and neither it nor the object's kind contradicts the event's type.
    fileprivate var isAskable: Bool {
        guard let id = objectID, StripeID.isValid(id) else { return false }
        let kind = EventSubject(type: type, objectID: id).kind
        guard objectKind == nil || objectKind == kind?.rawValue else { return false }
        let told = StripeKind.allCases.first { $0.prefixes.contains(String(StripeID.prefix(of: id))) }
        return told == nil || told == kind
    }
}

/// The kinds of objects that events are about, by Stripe's words.
enum StripeKind: String, CaseIterable {
    case session = "checkout.session"
    case intent = "payment_intent"
    case refund, dispute, payout, customer
    case card = "payment_method"
    case review
    case warning = "radar.early_fraud_warning"

    /// How their ids begin, as far as known.
    var prefixes: [String] {
        switch self {
        case .session: ["cs"]
        case .intent: ["pi"]
        case .refund: ["re", "pyr"]
        case .dispute: ["dp", "du", "pdp"]
        case .payout: ["po"]
        case .customer: ["cus"]
        case .card: ["pm", "card", "src", "ba"]
        case .review: ["prv"]
        case .warning: ["issfr"]
        }
    }
}

extension Book {
    /// Keeps an event that matters, and counts one that these books cannot use.
    ///
    /// - Returns: Whether it was kept and is new.
    func take(_ sorted: SortedEvent) throws -> Bool {
        switch sorted {
        case .kept(let event):
            return try keepEvent(
                event.id, type: event.type, objectID: event.objectID, createdAt: event.created ?? now,
                body: String(decoding: event.raw, as: UTF8.self))
        case .ofNoUse: return false
        case .dropped(let reason, let example):
            try countDropped(reason, example: example)
            return false
        }
    }
}

extension Stripe.Event {
    /// Whether what is compared here is as short as Stripe's: a longer text would cost with the square of its length.
    fileprivate var isOfUsualLength: Bool {
        [id, type, objectID, objectKind, account].allSatisfy { ($0?.utf8.count ?? 0) <= 255 }
    }
}

extension Ledger.Event {
    /// Whether the object that the event tells of was surely not made here: it has metadata, and none of ours among them. So it need not
    /// be read. An object that is known here by its id is never asked this.
    var isSurelyForeign: Bool {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(body.utf8)), let metadata = body.data.object.metadata else {
            return false
        }
        return metadata[LedgerMetadata.key] == nil && metadata[LedgerMetadata.folio] == nil
    }

    /// When it happened at Stripe; `nil` where the event does not say.
    var happened: Instant? { try? Stripe.Event(raw: Data(body.utf8)).created }

    /// What the event says that an intent held and had taken when it happened, in Stripe's integers.
    var amounts: (capturable: Int64, received: Int64, currency: String)? {
        guard let object = try? JSONDecoder().decode(Body.self, from: Data(body.utf8)).data.object,
            let capturable = object.amount_capturable,
            let received = object.amount_received, let currency = object.currency
        else { return nil }
        return (capturable, received, currency)
    }

    /// The object as it was when the event happened; `nil` if it is not of that kind.
    func snapshot<Object: Decodable>(as _: Object.Type) -> Object? { try? Stripe.Event(raw: Data(body.utf8)).object(as: Object.self) }

    /// Whether the event says that at least so much of the money was taken when it happened.
    ///
    /// - Parameter received: Of the intent, in minor units. A page tells only that all of it was paid.
    func tells(_ received: Int64, currency: Currency) -> Bool {
        if type.hasPrefix("checkout.session.") {
            return (try? JSONDecoder().decode(Body.self, from: Data(body.utf8)))?.data.object.payment_status == "paid"
        }
        guard type.hasPrefix("payment_intent."), let amounts, amounts.currency == currency.code,
            let units = try? StripeAmount(stripe: amounts.received, currency: amounts.currency).minorUnits
        else { return false }
        return units >= received
    }

    private struct Body: Decodable {
        let data: Content

        struct Content: Decodable { let object: Object }

        struct Object: Decodable {
            let payment_status: String?
            let metadata: Metadata?
            let amount_capturable: Int64?
            let amount_received: Int64?
            let currency: String?
        }
    }
}

extension DroppedEvents.Reason {
    /// What it means and what to do, in two or three sentences.
    package var hint: Phrase {
        switch self {
        case .otherAccount:
            Phrase(
                "They are from another Stripe account: the endpoint listens to connected accounts. Set it up for events of your own account.",
                "Sie stammen aus einem anderen Stripe-Konto: Der Endpunkt hört auf verbundene Konten. Richten Sie ihn für Ereignisse des "
                    + "eigenen Kontos ein.")
        case .otherMode:
            Phrase(
                "They are from Stripe's other mode. Set the endpoint up in the mode of the tenant's key: live or test.",
                "Sie stammen aus dem anderen Modus von Stripe. Richten Sie den Endpunkt im Modus des Schlüssels ein: live oder Test.")
        case .thin:
            Phrase(
                "They are thin events, which do not contain the object. Set the endpoint to snapshot events.",
                "Es sind schlanke Ereignisse, die nur auf das Geschehene zeigen. Stellen Sie den Endpunkt auf Snapshot-Ereignisse um.")
        case .unreadable:
            Phrase(
                "They are signed, but are not Stripe events. Check that no proxy changes the body.",
                "Sie sind signiert, aber keine Ereignisse von Stripe. Prüfen Sie, dass unterwegs nichts den Inhalt umschreibt.")
        case .unknownObject:
            Phrase(
                "Neither Stripe nor these books know their object. Check which account the endpoint is set up in.",
                "Stripe kennt nicht, worum es darin geht, und diese Bücher auch nicht. Prüfen Sie, in welchem Konto der Endpunkt "
                    + "eingerichtet ist.")
        }
    }

    /// Which events, in a few words.
    package var phrase: Phrase {
        switch self {
        case .otherAccount: Phrase("Of another account", "Aus einem anderen Konto")
        case .otherMode: Phrase("Of the other mode", "Aus dem anderen Modus")
        case .thin: Phrase("Thin events", "Schlanke Ereignisse")
        case .unreadable: Phrase("Not Stripe events", "Keine Ereignisse von Stripe")
        case .unknownObject: Phrase("Unknown object", "Über Unbekanntes")
        }
    }
}

extension DroppedEvents {
    /// Which events, in a few words; a reason that is not known by its word.
    package var phrase: Phrase { reason?.phrase ?? Phrase(word, word) }
}

extension LedgerService {
    /// The dropped events by reason, the most frequent first.
    ///
    /// - Throws: `TenantNotFound`.
    package func droppedEvents(of tenantID: String) throws -> [DroppedEvents] {
        try store.read(of: tenantID) { try $0.droppedEvents() }
    }
}
