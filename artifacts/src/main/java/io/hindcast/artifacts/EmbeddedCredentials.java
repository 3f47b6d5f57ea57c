package io.hindcast.artifacts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The keys of an embedded store, generated at its first start and kept beside its data, readable by its owner only. */
record EmbeddedCredentials(String accessKey, String secretKey) {

    private static final String FILE = "credentials.properties";
    private static final String OWNER_ONLY = "rw-------";

    static EmbeddedCredentials in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            write(file);
        } else if (posix()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String accessKey = properties.getProperty("accessKey", "");
        String secretKey = properties.getProperty("secretKey", "");
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IOException(file + " lacks accessKey or secretKey (delete it, and new ones are generated)");
        }
        return new EmbeddedCredentials(accessKey, secretKey);
    }

    private static void write(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        String text = "# Keys of the artifact store in this folder\naccessKey=hindcast-" + hex(random, 8)
                + "\nsecretKey=" + hex(random, 32) + "\n";
        Path parent = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(parent, FILE, ".new", ownerOnly());
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return accessKey;
    }
}
