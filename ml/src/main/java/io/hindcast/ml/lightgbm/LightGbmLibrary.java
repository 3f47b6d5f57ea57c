package io.hindcast.ml.lightgbm;

import com.microsoft.ml.lightgbm.lightgbmlib;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * LightGBM's native library, loaded once for this JVM.
 *
 * <p>lightgbm4j unpacks it under a fixed name in the temporary folder, where two JVMs that start together can load each
 * other's half-written file. This class unpacks into a new folder per JVM, loads, and deletes the folder.
 */
public final class LightGbmLibrary {

    private static final String ROOT = "lightgbm4j/";

    private LightGbmLibrary() {}

    /** Returns the version of lightgbm4j, which consists of LightGBM's and its own, such as {@code 4.3.0-1}. */
    public static String version() {
        return Holder.VERSION;
    }

    /**
     * Loads the library unless it is loaded already.
     *
     * @throws LightGbmException if the platform is not supported, or a system library it needs is missing
     */
    static void load() {
        if (Holder.FAILURE != null) {
            throw new LightGbmException(Holder.FAILURE);
        }
    }

    private static final class Holder {
        static final String VERSION = readVersion();
        static final @Nullable String FAILURE = unpackAndLoad();

        private Holder() {}
    }

    private static String readVersion() {
        try (InputStream in = resource("META-INF/maven/io.github.metarank/lightgbm4j/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static @Nullable String unpackAndLoad() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        String folder;
        List<String> names;
        if (os.startsWith("linux")) {
            folder = arm ? "linux/aarch64/" : "linux/x86_64/";
            names = List.of("lib_lightgbm.so", "lib_lightgbm_swig.so");
        } else if (os.startsWith("mac")) {
            folder = arm ? "osx/aarch64/" : "osx/x86_64/";
            names = List.of("lib_lightgbm.dylib", "lib_lightgbm_swig.dylib");
        } else if (os.startsWith("windows") && !arm) {
            folder = "windows/x86_64/";
            names = List.of("lib_lightgbm.dll", "lib_lightgbm_swig.dll");
        } else {
            return "LightGBM has no native library for " + os + " on " + arch
                    + "; it has them for Linux, macOS (x86_64, aarch64) and Windows (x86_64)";
        }
        try {
            Path own = Files.createTempDirectory("hindcast-lightgbm-");
            try {
                for (String name : names) {
                    Path file = own.resolve(name);
                    try (InputStream in = resource(ROOT + folder + name)) {
                        Files.copy(in, file);
                    }
                    System.load(file.toString());
                }
            } finally {
                for (String name : names) {
                    deleteNowOrAtExit(own.resolve(name));
                }
                deleteNowOrAtExit(own);
            }
            return null;
        } catch (UnsatisfiedLinkError e) {
            return "LightGBM's native library does not load: " + e.getMessage()
                    + "; it needs OpenMP (Debian, Ubuntu: libgomp1; Fedora: libgomp; macOS: brew install libomp)";
        } catch (IOException e) {
            return "LightGBM's native library cannot be unpacked into " + System.getProperty("java.io.tmpdir") + ": "
                    + e;
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = lightgbmlib.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + " is not on the class path");
        }
        return in;
    }

    /** Deletes a file at once, or at exit on Windows, where the file of a loaded library cannot be deleted. */
    private static void deleteNowOrAtExit(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
