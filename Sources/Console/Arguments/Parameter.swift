/// One thing a verb can be told: an argument by its place, or a `--option` by its name.
///
/// Declared once, listed in the verb, and used as the key to read its value:
///
///     static let arrival = Parameter.requiredOption("arrival", .day, "The day the guest arrives.")
///     …
///     let day = invocation[arrival]  // Day
package struct Parameter<Value: Sendable>: ParameterDeclaration {
    /// Its name is the key to the value that was read.
    package let declaration: Declaration
    /// From the values read (none, one, or several) to what the verb sees.
    let collect: @Sendable ([any Sendable]) -> Value
}

/// A parameter without its type, as help and the parser see it.
package protocol ParameterDeclaration: Sendable {
    /// All that does not depend on the type of the value.
    var declaration: Declaration { get }
}

/// What help and the parser know of a parameter.
package struct Declaration: Sendable {
    enum Form { case argument, option, flag }
    enum Presence: Equatable { case required, optional, standard(String), repeated }

    let form: Form
    /// `TENANT` for an argument, `guest` for `--guest`.
    let name: String
    let placeholder: String
    let presence: Presence
    /// The environment variable that stands in when the option is not given.
    let environment: String?
    let help: String
    let expected: String
    let example: String?
    let offer: Offer
    let read: @Sendable (String) -> (any Sendable)?

    /// As people type it.
    package var label: String { form == .argument ? name : "--\(name)" }

    init<Value>(
        _ form: Form, _ name: String, _ reader: ValueReader<Value>, _ presence: Presence, environment: String? = nil, help: String
    ) {
        self.form = form
        self.name = name
        self.presence = presence
        self.environment = environment
        self.help = help
        placeholder = reader.placeholder
        expected = reader.expected
        example = reader.example
        offer = reader.offer
        read = { reader.read($0) }
    }
}

extension Parameter {
    /// An argument that must be there. `name` is in capitals, as it is shown.
    package static func argument(_ name: String, _ reader: ValueReader<Value>, _ help: String) -> Self {
        Self(declaration: Declaration(.argument, name, reader, .required, help: help)) { $0[0] as! Value }
    }

    /// An argument that may be left out.
    package static func optionalArgument<Wrapped>(
        _ name: String, _ reader: ValueReader<Wrapped>, _ help: String
    ) -> Self where Value == Wrapped? {
        Self(declaration: Declaration(.argument, name, reader, .optional, help: help)) { $0.first.map { $0 as! Wrapped } }
    }

    /// `--name VALUE` that must be there.
    package static func requiredOption(_ name: String, _ reader: ValueReader<Value>, environment: String? = nil, _ help: String) -> Self {
        Self(declaration: Declaration(.option, name, reader, .required, environment: environment, help: help)) { $0[0] as! Value }
    }

    /// `--name VALUE` that may be left out.
    package static func option<Wrapped>(
        _ name: String, _ reader: ValueReader<Wrapped>, environment: String? = nil, _ help: String
    ) -> Self where Value == Wrapped? {
        Self(declaration: Declaration(.option, name, reader, .optional, environment: environment, help: help)) {
            $0.first.map { $0 as! Wrapped }
        }
    }

    /// `--name VALUE`, where the declaration of something else says whether it must be there.
    package static func option<Wrapped>(
        _ name: String, _ reader: ValueReader<Wrapped>, isRequired: Bool, _ help: String
    ) -> Self where Value == Wrapped? {
        Self(declaration: Declaration(.option, name, reader, isRequired ? .required : .optional, help: help)) {
            $0.first.map { $0 as! Wrapped }
        }
    }

    /// `--name VALUE` with a value that counts when it is left out.
    ///
    /// - Parameter standard: Written as people would write it.
    package static func option(
        _ name: String, _ reader: ValueReader<Value>, default standard: String, environment: String? = nil, _ help: String
    ) -> Self {
        precondition(reader.read(standard) != nil, "the default of --\(name) is not one of its values")
        return Self(declaration: Declaration(.option, name, reader, .standard(standard), environment: environment, help: help)) {
            $0[0] as! Value
        }
    }

    /// `--name VALUE` as often as needed, in the order given.
    package static func repeatedOption<Element>(
        _ name: String, _ reader: ValueReader<Element>, _ help: String
    ) -> Self where Value == [Element] {
        Self(declaration: Declaration(.option, name, reader, .repeated, help: help)) { $0.map { $0 as! Element } }
    }
}

extension Parameter where Value == Bool {
    /// `--name`, there or not. Its variable says 1 for one that is there, and 0 for one that is not.
    package static func flag(_ name: String, environment: String? = nil, _ help: String) -> Self {
        let reader = ValueReader<Bool>(placeholder: "", expected: "1 or 0") { ["1": true, "0": false][$0] }
        return Self(declaration: Declaration(.flag, name, reader, .optional, environment: environment, help: help)) {
            $0.first.map { $0 as! Bool } ?? false
        }
    }
}
