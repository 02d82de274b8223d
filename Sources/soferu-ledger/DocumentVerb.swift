import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `document show`: what the guest got at check-out.
enum DocumentVerb {
    static let verb = Verb(
        "document show", "Shows the document that was issued when a folio was closed.", [Options.tenant, Options.reference],
        examples: ["document show seeblick R-4711", "document show seeblick R-4711 --format json"]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let document = try context.ledger.document(of: invocation[Options.reference], of: invocation[Options.tenant])
        let people = Report(
            Record([
                .init("number", "Document", .text(document.number)), .init("issued_at", "Issued", .instant(document.issuedAt)),
                .init("gross", "Total", .money(document.gross)),
            ]), [.init("taxes", "Tax included", FolioPresentation.taxes(document.taxes))])
        try invocation.show(
            ShapedResult(FolioShapes.document, document, file: FolioShapes.documentInFile, [document], people: people))
    }
}
