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
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // The domain: no SQLite, no HTTP, no clock.
        .target(name: "Ledger", dependencies: ["CNettle"], swiftSettings: strict),
        // Stripe's API: transport, form encoding, typed objects, errors, retries, webhook signatures.
        .target(name: "Stripe", dependencies: ["Ledger", "CNettle", "CCurl"], swiftSettings: strict),

        .testTarget(name: "LedgerTests", dependencies: ["Ledger"], swiftSettings: strict),
        .testTarget(name: "StripeTests", dependencies: ["Stripe", "Ledger"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
