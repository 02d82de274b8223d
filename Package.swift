// swift-tools-version:6.2
import PackageDescription

// The target list is the architecture diagram: a module sees only what is listed beside it.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "soferu-ledger",
    dependencies: [],
    targets: [
        // Debian's C libraries.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),

        // The domain: no SQLite, no HTTP, no clock.
        .target(name: "Ledger", dependencies: ["CNettle"], swiftSettings: strict),

        // The persistence layer: SQLite and only SQLite. CMigrations holds the files of Migrations/ inside the binary.
        .target(name: "CMigrations"),
        .target(name: "LedgerStore", dependencies: ["Ledger", "CSQLite", "CMigrations"], swiftSettings: strict),

        // The benchmarks. CSQLite: for the raw loop that the ledger is measured against.
        .executableTarget(name: "ledger-bench", dependencies: ["Ledger", "LedgerStore", "CSQLite"], swiftSettings: strict),

        .testTarget(name: "LedgerTests", dependencies: ["Ledger"], swiftSettings: strict),
        .testTarget(name: "LedgerStoreTests", dependencies: ["LedgerStore", "Ledger", "CSQLite"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
