package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** Unpacks PostgreSQL's programs into the user's cache, once for each version. */
final class PostgresBinaries {

    /**
     * Version of the archive on the class path. Part of the folder's name, so that versions do not overwrite each
     * other.
     */
    private static final String VERSION = "18.6.0";

    private PostgresBinaries() {}

    /** Returns the folder that contains {@code bin}, {@code lib} and {@code share}; unpacks it if it is missing. */
    static Path unpacked(Path cache) {
        Path home = cache.resolve("postgresql-" + VERSION);
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        String archive = "postgres-" + platform() + ".txz";
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new StartFailure("This build contains no PostgreSQL for " + platform()
                        + ". Run your own PostgreSQL 18 and pass its address with --database-url.");
            }
            Files.createDirectories(cache);
            Path fresh = Files.createTempDirectory(cache, "postgresql-" + VERSION + ".");
            unpack(packed, fresh);
            moveInto(fresh, home);
            return home;
        } catch (IOException e) {
            throw new StartFailure(
                    "PostgreSQL's programs cannot be unpacked into " + cache + ": " + e.getMessage()
                            + ". Make that folder writable, or set XDG_CACHE_HOME to another one.",
                    e);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        String name = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "windows";
        return name + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x86_64" : "arm_64");
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(path, permissions(entry.getMode()));
                }
            }
        }
        // Readable by the user that PostgreSQL runs as, which may be another one.
        Files.setPosixFilePermissions(target, permissions(0755));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            set.add(PosixFilePermission.OWNER_EXECUTE);
            set.add(PosixFilePermission.GROUP_EXECUTE);
            set.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return set;
    }

    /** Renames the unpacked folder. If another process was faster, its folder is kept and this one is deleted. */
    private static void moveInto(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            FileSystemUtils.deleteRecursively(fresh);
        }
    }
}
