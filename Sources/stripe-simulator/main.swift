import Foundation
import Ledger
import StripeSimulator
import WebServer

// Serves a simulated Stripe over HTTP until it is told to stop.

func fail(_ sentence: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data("error: \(sentence)\n".utf8))
    exit(code)
}

let options: Options
do {
    options = try Options(Array(CommandLine.arguments.dropFirst()))
} catch {
    fail("\(error.sentence) `stripe-simulator --help` shows the usage.", code: 2)
}
if options.wantsHelp {
    print(Options.help)
    exit(0)
}

// A client that goes away in the middle of an answer is no reason to end.
signal(SIGPIPE, SIG_IGN)

let systemClock: Clock = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
let host = Host()
var configuration = WebServer.Configuration()
configuration.host = options.host
configuration.port = options.port
configuration.bodyBytes = 4 << 20
// The simulator only computes, so nothing is won by handing a request to a task.
let server = WebServer.answeringAtOnce(configuration) { host.respond(to: $0) }
do {
    try server.start()
} catch let notStarted as WebServer.NotStarted {
    fail("The simulator cannot listen on \(options.host):\(options.port): \(notStarted.reason). Choose another with --listen.", code: 1)
}
let url = "http://\(options.host):\(server.port)"
host.open(Simulator(seed: options.seed, time: SimulatedTime(systemClock: systemClock, start: options.start), publicURL: url))
FileHandle.standardOutput.write(Data("stripe-simulator listening on \(url)\n".utf8))

if options.endsWithInput {
    Thread.detachNewThread {
        while !FileHandle.standardInput.availableData.isEmpty {}
        exit(0)
    }
}

// Never cancelled: cancelling a task that waits for URLSession can lock up both (Swift 6.3.1: `URLSessionTask.cancel` waits for the
// session's queue with the task's lock, which the queue needs to resume it). What is on its way ends with the process.
Task { await host.deliverWebhooks() }

// Ends on SIGTERM and Ctrl-C once what is running has been answered.
let stops = [SIGTERM, SIGINT].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler {
        Task {
            await server.stop(grace: .seconds(2))
            exit(0)
        }
    }
    source.resume()
    return source
}
withExtendedLifetime(stops) { dispatchMain() }
