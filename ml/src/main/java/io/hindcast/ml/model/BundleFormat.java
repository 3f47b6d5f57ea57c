package io.hindcast.ml.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * File format of a bundle: a zip archive of a manifest and the parts in order of their names, all with the same date
 * and stored without compression, because a compressor's output depends on its version.
 *
 * <p>Format 1 had one family only: its manifest has no row specification, and its rows are those of one bar.
 */
final class BundleFormat {

    private static final int FORMAT = 2;
    private static final int FORMAT_OF_ONE_FAMILY = 1;
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String MANIFEST = "manifest.json";
    private static final String GOLDEN = "golden.csv";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final List<String> REQUIRED = List.of(ModelBundle.NATIVE, ModelBundle.ONNX);

    private BundleFormat() {}

    /** The manifest: everything but the bytes of the parts. */
    record Manifest(
            int format,
            ModelFamily family,
            ScorerSpec scorer,
            @Nullable RowSpec rows,
            Provenance provenance,
            Evaluation evaluation,
            SortedMap<String, Part> parts) {}

    /** Expected size and digest of a part. */
    record Part(long bytes, String sha256) {}

    static void checkNames(Set<String> parts) {
        for (String name : parts) {
            if (!NAME.matcher(name).matches() || name.equals(MANIFEST) || name.equals(GOLDEN)) {
                throw new IllegalArgumentException("part '" + name + "' of a model bundle, expected a name of letters,"
                        + " digits, dots, dashes and underscores that is neither " + MANIFEST + " nor " + GOLDEN);
            }
        }
        if (!parts.containsAll(REQUIRED)) {
            throw new IllegalArgumentException(
                    "a model bundle of the parts " + parts + ", expected at least " + REQUIRED);
        }
    }

    static byte[] write(ModelBundle bundle) {
        Map<String, byte[]> parts = new TreeMap<>();
        for (String name : bundle.partNames()) {
            parts.put(name, bundle.part(name));
        }
        parts.put(GOLDEN, bundle.golden().toCsv().getBytes(StandardCharsets.UTF_8));
        SortedMap<String, Part> descriptions = new TreeMap<>();
        parts.forEach((name, bytes) -> descriptions.put(name, new Part(bytes.length, Sha256.hex(bytes))));
        Manifest manifest = new Manifest(
                FORMAT,
                bundle.family(),
                bundle.scorer(),
                bundle.rows(),
                bundle.provenance(),
                bundle.evaluation(),
                descriptions);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            put(zip, MANIFEST, HindcastJson.mapper().writeValueAsBytes(manifest));
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                put(zip, part.getKey(), part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(DATE);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    static ModelBundle read(byte[] bytes) {
        Map<String, byte[]> parts = unzip(bytes);
        Manifest manifest = manifest(part(parts, MANIFEST));
        for (String name : List.of(ModelBundle.NATIVE, ModelBundle.ONNX, GOLDEN)) {
            if (!manifest.parts().containsKey(name)) {
                throw new CorruptBundleException("the manifest of the model bundle does not describe " + name);
            }
        }
        SortedMap<String, byte[]> verified = new TreeMap<>();
        manifest.parts().forEach((name, expected) -> verified.put(name, verified(name, part(parts, name), expected)));
        GoldenRows golden;
        try {
            golden = GoldenRows.fromCsv(new String(part(verified, GOLDEN), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new CorruptBundleException(GOLDEN + " in the model bundle: " + e.getMessage(), e);
        }
        verified.remove(GOLDEN);
        RowSpec rows = manifest.rows();
        try {
            return new ModelBundle(
                    manifest.family(),
                    manifest.scorer(),
                    rows == null ? RowSpec.ofBars(manifest.provenance().features(), 1) : rows,
                    manifest.provenance(),
                    manifest.evaluation(),
                    verified,
                    golden);
        } catch (IllegalArgumentException e) {
            throw new CorruptBundleException("the model bundle: " + e.getMessage(), e);
        }
    }

    private static byte[] verified(String name, byte[] part, Part expected) {
        String actual = Sha256.hex(part);
        if (part.length != expected.bytes() || !actual.equals(expected.sha256())) {
            throw new CorruptBundleException(name + " in the model bundle has " + part.length + " bytes with sha-256 "
                    + actual + ", expected " + expected.bytes() + " bytes with " + expected.sha256());
        }
        return part;
    }

    private static Map<String, byte[]> unzip(byte[] bytes) {
        Map<String, byte[]> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getMethod() != ZipEntry.STORED) {
                    throw new CorruptBundleException(
                            entry.getName() + " in the model bundle is compressed, expected it stored as it is");
                }
                parts.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptBundleException("the model bundle is damaged: " + e.getMessage(), e);
        }
        if (parts.isEmpty()) {
            throw new CorruptBundleException(bytes.length + " bytes are no model bundle: expected a zip archive");
        }
        return parts;
    }

    private static byte[] part(Map<String, byte[]> parts, String name) {
        byte[] part = parts.get(name);
        if (part == null) {
            throw new CorruptBundleException(
                    "the model bundle has no " + name + ", only " + parts.keySet() + ": it may have been cut off");
        }
        return part;
    }

    private static Manifest manifest(byte[] json) {
        try {
            var tree = HindcastJson.mapper().readTree(json);
            int format = tree.path("format").asInt(-1);
            if (format != FORMAT && format != FORMAT_OF_ONE_FAMILY) {
                throw new CorruptBundleException("the model bundle has format " + tree.path("format") + ", expected "
                        + FORMAT + ": another version of Hindcast may have written it");
            }
            Manifest manifest = HindcastJson.mapper().treeToValue(tree, Manifest.class);
            for (Object component : new Object[] {
                manifest.family(), manifest.scorer(), manifest.provenance(), manifest.evaluation(), manifest.parts()
            }) {
                if (component == null || (format == FORMAT && manifest.rows() == null)) {
                    throw new CorruptBundleException("the manifest of the model bundle lacks a field, expected family,"
                            + " scorer, rows, provenance, evaluation and parts");
                }
            }
            return manifest;
        } catch (JsonProcessingException | RuntimeException e) {
            if (e instanceof CorruptBundleException corrupt) {
                throw corrupt;
            }
            throw new CorruptBundleException("the manifest of the model bundle cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
