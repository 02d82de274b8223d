// swift-tools-version:6.2
import PackageDescription

// The target list is the architecture diagram: a module sees only what is listed beside it.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

// Tests are not optimised, not in a release build either: that costs more than it saves.
let tests: [SwiftSetting] = strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let package = Package(
    name: "soferu-ledger",
    dependencies: [],
    targets: [
        // Debian's C libraries.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CWire", pkgConfig: "gnutls", providers: [.apt(["libgnutls28-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),

        // The domain: no SQLite, no HTTP, no clock.
        .target(name: "Ledger", dependencies: ["CNettle"], swiftSettings: strict),
        // Stripe's API: transport, form encoding, typed objects, errors, retries, webhook signatures.
        .target(name: "Stripe", dependencies: ["Ledger", "CNettle", "CCurl"], swiftSettings: strict),

        // The persistence layer: SQLite and only SQLite. CMigrations holds the files of Migrations/ inside the binary.
        .target(name: "CMigrations"),
        .target(name: "LedgerStore", dependencies: ["Ledger", "CSQLite", "CMigrations"], swiftSettings: strict),

        // The command line's ways: arguments, tables, progress. Knows no ledger file and no Stripe.
        .target(name: "Console", dependencies: ["Ledger", "CSV"], swiftSettings: strict),

        // Tables in text: how ours are written, and how those of spreadsheets are read.
        .target(name: "CSV", dependencies: ["Ledger"], swiftSettings: strict),
        // JSON values, read strictly and written compactly.
        .target(name: "JSON", swiftSettings: strict),

        // A stateful Stripe in memory. The ledger never links it, and it never sees the ledger's Stripe client.
        .target(name: "StripeSimulator", dependencies: ["Ledger", "JSON", "CNettle"], swiftSettings: strict),

        // HTTP/1.1 over sockets and TLS behind one small type; knows no money.
        .target(name: "WebServer", dependencies: ["CWire"], swiftSettings: strict),

        // Who may come in: users, sessions, passwords and API tokens. Knows no folios and no Stripe.
        .target(name: "LedgerAccess", dependencies: ["Ledger", "LedgerStore", "CNettle", "CCrypt"], swiftSettings: strict),

        // The service layer: one verb a file. The only place where store and Stripe meet.
        .target(
            name: "LedgerService", dependencies: ["Ledger", "LedgerAccess", "LedgerStore", "Stripe", "CNettle"], swiftSettings: strict),
        // How the ledger's objects look to programs: JSON, CSV and their description, the same from API, command line and pages.
        .target(name: "LedgerShapes", dependencies: ["CSV", "JSON", "Ledger", "LedgerService"], swiftSettings: strict),

        // The web pages. CPages holds their style sheet and script inside the binary.
        .target(name: "CPages", exclude: ["pages.css", "pages.js", "icon.svg"]),
        .target(
            name: "LedgerPages",
            dependencies: ["CSV", "Ledger", "LedgerAccess", "LedgerService", "LedgerShapes", "Stripe", "WebServer", "CPages"],
            swiftSettings: strict),

        // The HTTP API: routes, JSON shapes, problem details, and the description that is generated from them.
        .target(
            name: "LedgerAPI", dependencies: ["Ledger", "LedgerAccess", "LedgerService", "LedgerShapes", "JSON", "WebServer", "CNettle"],
            swiftSettings: strict),
        // What every program on a ledger file begins with: its options, the key file, the clock, and the parts built once.
        .target(
            name: "LedgerProgram",
            dependencies: ["Console", "Ledger", "LedgerAccess", "LedgerService", "LedgerStore", "Stripe", "WebServer"],
            swiftSettings: strict),

        // The benchmarks. CSQLite: for the raw loop that the ledger is measured against.
        .executableTarget(
            name: "ledger-bench", dependencies: ["Ledger", "LedgerStore", "CSQLite", "Stripe", "StripeSimulator", "WebServer"],
            swiftSettings: strict),

        // Whole hotels under one seed: API, service and store against the simulated Stripe, in one process, without a socket.
        .target(
            name: "LedgerSimulation",
            dependencies: ["Ledger", "LedgerAPI", "LedgerStore", "Stripe", "LedgerService", "StripeSimulator", "JSON", "WebServer"],
            swiftSettings: strict),
        .executableTarget(name: "ledger-simulation", dependencies: ["LedgerSimulation", "Ledger"], swiftSettings: strict),

        // Real bookings, played again as stays against the simulated Stripe. The ledger never links it.
        .target(name: "LedgerReplay", dependencies: ["Ledger", "LedgerService", "LedgerStore"], swiftSettings: strict),
        .executableTarget(
            name: "ledger-replay", dependencies: ["CSV", "Console", "Ledger", "LedgerProgram", "LedgerReplay", "Stripe"],
            swiftSettings: strict),

        .testTarget(name: "LedgerTests", dependencies: ["Ledger", "TestSupport"], swiftSettings: tests),
        .testTarget(
            name: "LedgerStoreTests", dependencies: ["LedgerStore", "Ledger", "CSQLite", "TestStore", "TestSupport"], swiftSettings: tests),
        .testTarget(name: "StripeTests", dependencies: ["Stripe", "Ledger", "TestSupport"], swiftSettings: tests),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "CSV", "Ledger"], swiftSettings: tests),
        .testTarget(name: "CSVTests", dependencies: ["CSV", "TestSupport"], swiftSettings: tests),
        .testTarget(name: "WebServerTests", dependencies: ["WebServer", "TestSupport"], swiftSettings: tests),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: tests),
        .testTarget(name: "StripeSimulatorTests", dependencies: ["StripeSimulator", "JSON", "Ledger", "CNettle"], swiftSettings: tests),

        .executableTarget(
            name: "stripe-simulator", dependencies: ["StripeSimulator", "JSON", "WebServer", "Ledger"], swiftSettings: strict),

        // The command line. It builds the parts once and runs one verb.
        .executableTarget(
            name: "soferu-ledger",
            dependencies: [
                "CSV", "Console", "JSON", "LedgerAccess", "LedgerAPI", "LedgerPages", "LedgerProgram", "LedgerService", "LedgerShapes",
                "WebServer",
                "Ledger",
            ],
            swiftSettings: strict),

        // What tests share, and whole stories over real files, processes and HTTP.
        .target(
            name: "TestSupport", dependencies: ["Ledger", "CSQLite", "JSON", "Stripe"], path: "Tests/Support",
            exclude: [
                "import_expectation.py", "killed_at.c", "month_expectation.py", "retired-words.txt", "sanitized_mutex.c", "service.py",
                "service.sh", "judges.txt", "sample-bookings.csv", "hotel-bookings-resort.csv", "contract", "client",
            ],
            swiftSettings: tests),
        // The same fixtures a floor higher: a ledger file with tenants, and the service over it with a simulated Stripe.
        .target(
            name: "TestStore", dependencies: ["Ledger", "LedgerStore", "TestSupport"], path: "Tests/TestStore", swiftSettings: tests),
        .target(
            name: "TestHotel", dependencies: ["Ledger", "LedgerService", "LedgerStore", "Stripe", "TestStore", "TestSupport"],
            path: "Tests/TestHotel", swiftSettings: tests),
        .testTarget(
            name: "LedgerAPITests", dependencies: ["LedgerAPI", "LedgerShapes", "LedgerStore", "JSON", "Ledger"], exclude: ["shapes.json"],
            swiftSettings: tests),
        .testTarget(
            name: "LedgerAccessTests", dependencies: ["LedgerAccess", "LedgerStore", "Ledger", "TestStore", "TestSupport"],
            swiftSettings: tests),
        .testTarget(
            name: "LedgerServiceTests",
            dependencies: ["LedgerAccess", "LedgerService", "LedgerStore", "Stripe", "Ledger", "TestHotel", "TestStore", "TestSupport"],
            swiftSettings: tests),
        .testTarget(name: "LedgerReplayTests", dependencies: ["LedgerReplay", "Ledger"], swiftSettings: tests),
        .testTarget(
            name: "SoferuLedgerTests", dependencies: ["TestSupport", "soferu-ledger", "ledger-replay", "stripe-simulator"],
            swiftSettings: tests),
        // Input from strangers, damaged from a seed.
        .testTarget(
            name: "Fuzz",
            dependencies: [
                "CSV", "JSON", "Ledger", "LedgerAccess", "LedgerAPI", "LedgerReplay", "LedgerService", "LedgerStore", "Stripe",
                "StripeSimulator",
                "WebServer", "TestHotel", "TestStore", "TestSupport",
            ], path: "Tests/Fuzz", swiftSettings: tests),
        .testTarget(
            name: "LedgerPagesTests",
            dependencies: [
                "LedgerAccess", "LedgerPages", "LedgerService", "LedgerShapes", "LedgerStore", "Stripe", "Ledger", "WebServer",
                "TestHotel", "TestSupport",
                "stripe-simulator",
            ], swiftSettings: tests),
        .testTarget(
            name: "Browser",
            dependencies: [
                "LedgerAccess", "LedgerPages", "LedgerService", "LedgerStore", "Stripe", "Ledger", "WebServer", "TestHotel", "TestSupport",
                "stripe-simulator",
            ], path: "Tests/Browser", swiftSettings: tests),
        .testTarget(
            name: "SimulationTests", dependencies: ["LedgerSimulation", "Ledger", "TestSupport", "ledger-simulation"],
            path: "Tests/Simulation", exclude: ["failed-seeds.txt", "heads.txt"], swiftSettings: tests),
        .testTarget(
            name: "Scenarios",
            dependencies: [
                "LedgerAPI", "LedgerService", "LedgerStore", "Stripe", "StripeSimulator", "Ledger", "JSON", "WebServer", "TestHotel",
                "TestSupport",
                "soferu-ledger", "stripe-simulator",
            ],
            path: "Tests/Scenarios", swiftSettings: tests),
        // Real processes on real files: killed, out of room, not allowed to write, and with damaged files.
        .testTarget(
            name: "CrashTests", dependencies: ["JSON", "Ledger", "Stripe", "TestSupport", "soferu-ledger", "stripe-simulator"],
            path: "Tests/Crash", swiftSettings: tests),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
