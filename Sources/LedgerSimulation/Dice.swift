/// The one source of chance in a run: SplitMix64 from the seed.
///
/// - Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014.
package struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The same seed always gives the same throws.
    package init(seed: UInt64) { state = seed }

    /// 64 bits, each value as likely as any other.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in so many of a hundred throws.
    mutating func chance(_ percent: Int) -> Bool { Int(next() % 100) < percent }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// One of the names, as often as its weight says.
    mutating func pick<Element>(weighted elements: [(Int, Element)]) -> Element {
        var left = below(elements.reduce(0) { $0 + $1.0 })
        for (weight, element) in elements {
            if left < weight { return element }
            left -= weight
        }
        return elements[elements.count - 1].1
    }
}
