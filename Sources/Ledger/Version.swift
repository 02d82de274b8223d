/// The version of this source: what every program answers to `--version`, and what the API's description says.
package enum Version {
    /// `major.minor.patch`, as in CHANGELOG.md.
    package static let current = "0.1.0"
}
