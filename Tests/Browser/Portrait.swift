import Foundation
import Testing

extension Browser {
    /// Takes the page's picture on a phone, a tablet and a wide screen, by day and by night, and looks for faults in each; then whether one
    /// sees where the keyboard is. The pictures lie in `screenshots/`, for people to look at.
    func portray(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let folder = "screenshots"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for width in [390, 1024, 1440] {
            for dark in [false, true] {
                let picture = "\(name)-\(width)\(dark ? "-dark" : "")"
                try await screenshot(to: "\(folder)/\(picture).png", width: width, dark: dark)
                let faults = try await faults(width: width)
                #expect(faults.isEmpty, "\(picture): \(faults.joined(separator: "; "))", sourceLocation: sourceLocation)
            }
        }
        try await set(width: 1440)
        let unseen = try await unseenFocus()
        #expect(unseen.isEmpty, "\(name): \(unseen.joined(separator: "; "))", sourceLocation: sourceLocation)
    }
}
