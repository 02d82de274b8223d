import Foundation
import TestSupport

/// How a disk fills up, and gets room again.
protocol Room: Sendable {
    /// - Parameter bytes: So much more fits.
    func fill(leaving bytes: Int, in house: CrashHouse) throws
    func free(in house: CrashHouse) throws
}

/// A limit on the size of a file, as a quota sets it: the write-ahead log may not grow beyond it.
struct SizeLimit: Room {
    func fill(leaving bytes: Int, in house: CrashHouse) throws {
        house.limitFiles(to: try house.logLength() + bytes)
    }

    func free(in house: CrashHouse) throws { house.limitFiles(to: nil) }
}

/// A disk of 8 MiB in memory, with a file on it that takes the room away from all others, the service's log among them.
final class SmallDisk: Room {
    let folder: TemporaryFolder

    struct NoRoom: Error {}

    init() throws {
        folder = try TemporaryFolder()
        guard Self.run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.path]) else { throw NoRoom() }
    }

    deinit { _ = Self.run("/usr/bin/umount", ["--lazy", folder.path]) }

    /// Mounting needs rights that not everybody has.
    static let isPossible = (try? SmallDisk()) != nil

    private var ballast: String { folder.file("ballast") }

    func fill(leaving bytes: Int, in house: CrashHouse) throws {
        let descriptor = open(ballast, O_CREAT | O_WRONLY | O_APPEND, 0o600)
        defer { close(descriptor) }
        for size in [1 << 16, 4096] {
            let zeros = [UInt8](repeating: 0, count: size)
            while write(descriptor, zeros, size) == size {}
        }
        var status = stat()
        fstat(descriptor, &status)
        guard ftruncate(descriptor, max(0, status.st_size - bytes)) == 0 else { throw NoRoom() }
    }

    func free(in house: CrashHouse) throws { try FileManager.default.removeItem(atPath: ballast) }

    func makeReadOnly() throws {
        guard Self.run("/usr/bin/mount", ["-o", "remount,ro", folder.path]) else { throw NoRoom() }
    }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let nothing = FileHandle.nullDevice.fileDescriptor
        return (try? ChildProcess(program, arguments, input: nothing, output: nothing, errors: nothing))?.wait() == 0
    }
}
