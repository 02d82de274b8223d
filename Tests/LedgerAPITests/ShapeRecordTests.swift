import Foundation
import JSON
import LedgerShapes
import Testing

@testable import LedgerAPI

/// What programs read of each object is recorded in `shapes.json`: a change there is a change of the contract, and is reviewed.
@Suite struct `The shapes of objects` {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "shapes.json")

    /// What any route answers with, and what only files have.
    private static let all: [any AnyShape] =
        Routes.all.flatMap(\.answers).compactMap(\.shape) + [
            FolioShapes.lineInFile, FolioShapes.chargedFolioInFile, FolioShapes.documentInFile, CheckOutShapes.stepInFile,
            CheckOutShapes.doneStepInFile, BookShapes.statementRow, BookShapes.bookedMovement,
        ]

    /// What the command line and the API write as a file, a row each.
    private static let files: [any AnyShape] = [
        FolioShapes.summary, FolioShapes.lineInFile, FolioShapes.chargedFolioInFile, FolioShapes.documentInFile,
        HoldShapes.ending,
        CheckOutShapes.stepInFile, CheckOutShapes.doneStepInFile, BookShapes.statementRow, BookShapes.entry, BookShapes.payout,
        BookShapes.dispute, BookShapes.openItem, BookShapes.movement, BookShapes.bookedMovement, BookShapes.assigned,
        BookShapes.movementRule, BookShapes.unreadable, TenantShapes.tenant, TenantShapes.webhookSecret, TenantShapes.auditEntry,
        TenantShapes.item,
        TenantShapes.catalogueChange, AccessShapes.token, AccessShapes.newToken, AccessShapes.user, StripeWorkShapes.operation,
        StripeWorkShapes.event, StripeWorkShapes.found,
    ]

    /// One object a line, by name, so that a change is seen.
    private static func record() -> String {
        var shapes: [String: any AnyShape] = [:]
        func add(_ shape: any AnyShape) {
            #expect(shapes[shape.name].map { $0.schema == shape.schema } ?? true, "two shapes are called \(shape.name)")
            shapes[shape.name] = shape
            for part in shape.parts { add(part) }
        }
        for shape in all { add(shape) }
        // A page of a list says nothing that its elements don't.
        for name in shapes.keys where name.hasSuffix("List") { shapes[name] = nil }
        for shape in shapes.values {
            #expect(Set(shape.columnNames).count == shape.columnNames.count, "\(shape.name) has a column twice: \(shape.columnNames)")
        }
        return shapes.sorted { $0.key < $1.key }.map { name, shape in
            let line: JSON = [
                "name": .text(name), "columns": JSON(shape.columnNames), "row": .text(shape.exampleFields.joined(separator: ",")),
                "example": shape.example,
            ]
            return String(decoding: line.bytes, as: UTF8.self) + "\n"
        }.joined()
    }

    @Test func `name a currency in each file that has an amount`() {
        for shape in Self.files where !shape.amountColumns.isEmpty {
            #expect(shape.columnNames.contains("currency"), "\(shape.name): \(shape.amountColumns)")
        }
        #expect(CheckOutShapes.stepInFile.exampleFields == ["capture", "1", "", "300.00", "eur"])
        #expect(TenantShapes.tenant.amountColumns == ["refund_limit", "extras_per_night"])
    }

    /// A whole number that is called as an amount elsewhere, or that its description calls one, is an amount: a file has its decimal point.
    @Test func `call nothing an amount that has no decimal point in a file`() {
        var shapes: [String: any AnyShape] = [:]
        func add(_ shape: any AnyShape) {
            shapes[shape.name] = shape
            for part in shape.parts { add(part) }
        }
        for shape in Self.all { add(shape) }
        let amounts = Set(shapes.values.flatMap(\.amountColumns))
        for shape in shapes.values {
            for name in shape.columnNames where !shape.amountColumns.contains(name) {
                guard shape.schema["properties"]?[name]?["type"] != "boolean" else { continue }
                #expect(!amounts.contains(name), "\(shape.name).\(name)")
                if case .text(let about)? = shape.schema["properties"]?[name]?["description"] {
                    #expect(!about.contains("minor units"), "\(shape.name).\(name)")
                }
            }
        }
    }

    @Test func `are those that were reviewed`() throws {
        if ProcessInfo.processInfo.environment["RECORD_SHAPES"] != nil {
            try Self.record().write(to: Self.file, atomically: true, encoding: .utf8)
        }
        let recorded = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
        let found = Self.record().split(separator: "\n")
        for line in found where !recorded.contains(line) { Issue.record("changed or new (RECORD_SHAPES=1 records it): \(line)") }
        for line in recorded where !found.contains(line) { Issue.record("changed or gone: \(line)") }
    }
}
