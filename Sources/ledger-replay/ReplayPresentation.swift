import Console
import Ledger
import LedgerReplay

/// How the result of a replay is shown.
enum ReplayPresentation {
    static func report(_ summary: ReplaySummary, _ unrenewed: UnrenewedHolds, _ tenant: Tenant) throws -> Report {
        let none = Money.zero(tenant.currency)
        func count(_ number: Int) -> Cell { .integer(Int64(number)) }
        let cover = summary.cover
        let record = Record([
            .init("bookings", "Bookings read", count(summary.bookings)), .init("folios", "Folios", count(summary.folios)),
            .init("checked_out", "Checked out", count(summary.checkedOut)), .init("cancelled", "Cancelled", count(summary.cancelled)),
            .init("no_shows", "No-shows", count(summary.noShows)), .init("unfinished", "Unfinished", count(summary.unfinished)),
            .init("without_folio", "Without folio", count(summary.withoutFolio)),
            .init("captured_from_holds", "Taken from holds", .money(summary.taken[.capture] ?? none)),
            .init("paid_on_pages", "Paid at booking", .money(summary.taken[.page] ?? none)),
            .init("charged_to_saved_cards", "Taken from saved cards", .money(summary.taken[.savedCard] ?? none)),
            .init("refunded", "Given back", .money(summary.refunded)), .init("open", "Still open", .money(summary.open)),
            .init("holds_expired", "Holds expired", count(summary.holdsExpired)),
            .init("stripe_fees", "Stripe's fees", .money(summary.stripeFees)),
            .init("reserved_stays", "Check-outs with a reserved payment", count(cover.reservedStays)),
            .init("visa_stays", "… paid with a Visa", count(cover.visaStays)),
            .init("refusing_stays", "… whose cards refuse renewals", count(cover.refusingStays)),
            .init("stay_authorisations", "… and their holds", count(cover.stayAuthorisations)),
            .init("authorisations", "Holds in all", count(cover.authorisations)),
            .init("renewals", "… that renewed another one", count(cover.renewals)),
            .init("raises", "… that raised another one", count(cover.raises)),
            .init("uncovered_stays", "Stays without cover at some moment", count(cover.uncoveredStays)),
            .init("uncovered_refusing_stays", "… whose cards refuse renewals", count(cover.uncoveredRefusingStays)),
            .init("holds_not_renewed", "Holds that ended without another one", count(unrenewed.count)),
            .init("not_renewed_announced", "… and their folios said so before", count(unrenewed.announced)),
            .init("not_renewed_shown_covered", "… and their folios showed cover after", count(unrenewed.shownCovered)),
            .init("check_outs_from_holds", "Check-outs: taken from holds", .money(cover.checkOutsFromHolds)),
            .init("check_outs_from_saved_cards", "Check-outs: taken from saved cards", .money(cover.checkOutsFromSavedCards)),
            .init("due_of_stays", "Due with a reserved payment", .money(cover.dueOfStays)),
            .init("excess_of_holds", "Held beyond that", .money(cover.excessOfHolds)),
        ])
        return Report(
            record,
            [
                .init("oddities", "Odd rows, and what was done", oddities(summary)),
                .init(
                    "charged", "Charged",
                    Table(
                        [Column("category", "Category"), Column("amount", "Gross", .money)],
                        rows: summary.charged.filter { !$0.value.isZero }.sorted { $0.key.name < $1.key.name }.map {
                            [.text($0.key.name), .money($0.value)]
                        })),
                .init(
                    "taxes", "Tax on the documents",
                    Table(
                        [Column("rate", "Tax %"), Column("gross", "Gross", .money), Column("tax", "Tax", .money)],
                        rows: summary.taxes.values.sorted { ($0.rate.basisPoints ?? .max) < ($1.rate.basisPoints ?? .max) }.map {
                            [.text($0.rate.description), .money($0.gross), .money($0.tax)]
                        })),
            ])
    }

    private static func oddities(_ summary: ReplaySummary) -> Table {
        Table(
            [Column("oddity", "Kind"), Column("count", "Rows", .number), Column("words", "In words", fit: .wrapped)],
            rows: BookingOddity.allCases.filter { summary.oddities[$0] != nil }.map {
                [.text($0.rawValue), .integer(Int64(summary.oddities[$0]!)), .text($0.words)]
            }, empty: "None.")
    }
}
