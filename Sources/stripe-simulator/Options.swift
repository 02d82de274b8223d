import Ledger

/// What the command line says.
struct Options {
    var host = "127.0.0.1"
    var port: UInt16 = 4242
    var start: Instant?
    var seed: UInt64 = 1
    var endsWithInput = false
    var wantsHelp = false

    static let help = """
        A simulated Stripe: the API under /v1/, the guest's card page, and control commands under /_sim/.
        It keeps everything in memory, moves no money, and forgets everything when it ends.

        Usage: stripe-simulator [--listen HOST:PORT] [--clock INSTANT] [--seed N] [--end-with-input]

          --listen HOST:PORT  The address to listen on; port 0 chooses a free port. Default: 127.0.0.1:4242
          --clock INSTANT     The time its clock starts at, for example 2026-11-18T08:00:00Z. Default: now
          --seed N            The seed of the ids it generates. Default: 1
          --end-with-input    End when standard input ends, so that it never outlives the program that started it

        Example
          stripe-simulator --listen 127.0.0.1:4242
        """

    /// The command line was not understood.
    struct Misuse: Error {
        let sentence: String
    }

    /// - Throws: `Misuse`.
    init(_ arguments: [String]) throws(Misuse) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            if option == "--help" || option == "-h" {
                wantsHelp = true
                continue
            }
            if option == "--end-with-input" {
                endsWithInput = true
                continue
            }
            guard ["--listen", "--clock", "--seed"].contains(option) else { throw Misuse(sentence: "\(option) is not an option.") }
            guard let value = rest.popFirst() else { throw Misuse(sentence: "\(option) needs a value.") }
            try set(option, to: value)
        }
    }

    private mutating func set(_ option: String, to value: String) throws(Misuse) {
        switch option {
        case "--listen":
            let parts = value.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let number = UInt16(parts[1]) else {
                throw Misuse(sentence: "--listen takes an address and a port, like 127.0.0.1:4242, not \"\(value)\".")
            }
            (host, port) = (String(parts[0]), number)
        case "--clock":
            guard let instant = Instant(value) else {
                throw Misuse(sentence: "--clock takes an instant like 2026-11-18T08:00:00Z, not \"\(value)\".")
            }
            start = instant
        default:
            guard let number = UInt64(value) else { throw Misuse(sentence: "--seed takes a whole number, not \"\(value)\".") }
            seed = number
        }
    }
}
