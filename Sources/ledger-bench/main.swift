import Foundation

let usage = """
    ledger-bench measures on this machine and this disk.

    ledger-bench lines      durable lines per second, beside a raw C-API loop
                            and beside bare movements: double entry with nothing checked
                            [--seconds 3] [--callers 1,8,64,512] [--folder /tmp]
    ledger-bench line-cost  adds so many lines and says how many VM steps each took; `scripts/bench instructions` counts its instructions
                            [--contender bare|raw|ledger] [--lines 6400] [--batch 64] [--folder /tmp]
    ledger-bench http       the same over HTTP, one and 250 in a request, beside the store's own figure; memory after many
                            [--seconds 12] [--connections 64] [--requests 1000000] [--folder /tmp]
    ledger-bench pages      how long each page takes, and its size, in a ledger of many lines
                            [--lines 1000000] [--times 50] [--bookings FILE] [--folder /tmp]
    ledger-bench fees       a month's fee run, by tenants, and after a year
                            [--tenants 500,2000] [--months 12] [--folder /tmp]
    ledger-bench statements a month's statements of all tenants, over many payments
                            [--tenants 1000] [--payments 1000000] [--folder /tmp]
    ledger-bench simulator  the Stripe simulator's requests per second, by open holds
                            [--seconds 3] [--callers 8] [--holds 100,10000,50000]
    """

func wrong(_ message: String) -> Never {
    FileHandle.standardError.write(Data("ledger-bench: \(message)\n\n\(usage)\n".utf8))
    exit(2)
}

var arguments = CommandLine.arguments.dropFirst()

/// - Parameter take: Takes an option with its value; false for one that it does not know.
@MainActor func readOptions(_ take: (_ option: String, _ value: String) -> Bool) {
    while let option = arguments.popFirst() {
        guard let value = arguments.popFirst() else { wrong("\(option) needs a value.") }
        if !take(option, value) { wrong("There is no option \(option).") }
    }
}

func seconds(_ value: String) -> Duration {
    guard let seconds = Double(value), seconds > 0 else { wrong("--seconds takes a number above 0.") }
    return .seconds(seconds)
}

switch arguments.popFirst() {
case "lines":
    var benchmark = LinesBenchmark()
    readOptions { option, value in
        switch option {
        case "--seconds":
            benchmark.time = seconds(value)
        case "--callers":
            let callers = value.split(separator: ",").map { Int($0) ?? 0 }
            guard !callers.isEmpty, callers.allSatisfy({ $0 > 0 }) else { wrong("--callers takes numbers above 0, such as 1,8,64,512.") }
            benchmark.callers = callers
        case "--folder": benchmark.folder = value
        default: return false
        }
        return true
    }
    try await benchmark.run()
case "fees":
    var benchmark = FeesBenchmark()
    readOptions { option, value in
        switch option {
        case "--tenants":
            let tenants = value.split(separator: ",").map { Int($0) ?? 0 }
            guard !tenants.isEmpty, tenants.allSatisfy({ $0 > 0 }) else { wrong("--tenants takes numbers above 0, such as 500,2000.") }
            benchmark.tenants = tenants
        case "--months":
            guard let months = Int(value), (1...120).contains(months) else { wrong("--months takes a number from 1 to 120.") }
            benchmark.months = months
        case "--folder": benchmark.folder = value
        default: return false
        }
        return true
    }
    try await benchmark.run()
case "statements":
    var benchmark = StatementsBenchmark()
    readOptions { option, value in
        switch option {
        case "--tenants", "--payments":
            guard let number = Int(value), number > 0 else { wrong("\(option) takes a number above 0.") }
            if option == "--tenants" { benchmark.tenants = number } else { benchmark.payments = number }
        case "--folder": benchmark.folder = value
        default: return false
        }
        return true
    }
    try await benchmark.run()
case "line-cost":
    var cost = LineCost()
    readOptions { option, value in
        switch option {
        case "--contender":
            guard let contender = LineCost.Name(rawValue: value) else { wrong("--contender takes bare, raw or ledger.") }
            cost.contender = contender
        case "--lines", "--batch":
            guard let number = Int(value), number > 0 else { wrong("\(option) takes a number above 0.") }
            if option == "--lines" { cost.lines = number } else { cost.batch = number }
        case "--folder": cost.folder = value
        default: return false
        }
        return true
    }
    try await cost.run()
case "http":
    var benchmark = HTTPBenchmark()
    readOptions { option, value in
        switch option {
        case "--seconds":
            benchmark.time = seconds(value)
        case "--connections":
            guard let connections = Int(value), (1...1000).contains(connections) else {
                wrong("--connections takes a number from 1 to 1000.")
            }
            benchmark.connections = connections
        case "--requests":
            guard let requests = Int(value), requests >= 0 else { wrong("--requests takes a whole number.") }
            benchmark.requests = requests
        case "--folder": benchmark.folder = value
        default: return false
        }
        return true
    }
    try await benchmark.run()
case "pages":
    var benchmark = PagesBenchmark()
    readOptions { option, value in
        switch option {
        case "--lines":
            guard let lines = Int(value), lines >= 0 else { wrong("--lines takes a whole number.") }
            benchmark.lines = lines
        case "--times":
            guard let times = Int(value), times > 0 else { wrong("--times takes a number above 0.") }
            benchmark.times = times
        case "--bookings": benchmark.bookings = value
        case "--folder": benchmark.folder = value
        default: return false
        }
        return true
    }
    try await benchmark.run()
case "simulator":
    var benchmark = SimulatorBenchmark()
    readOptions { option, value in
        switch option {
        case "--seconds":
            benchmark.time = seconds(value)
        case "--callers":
            guard let callers = Int(value), callers > 0 else { wrong("--callers takes a number above 0.") }
            benchmark.callers = callers
        case "--holds":
            let holds = value.split(separator: ",").map { Int($0) ?? 0 }
            guard !holds.isEmpty, holds.allSatisfy({ $0 >= 40 }) else { wrong("--holds takes numbers from 40, such as 100,10000,50000.") }
            benchmark.holds = holds
        default: return false
        }
        return true
    }
    try await benchmark.run()
case "--help": print(usage)
case let verb?: wrong("There is no benchmark \(verb).")
case nil: wrong("Say which benchmark.")
}
