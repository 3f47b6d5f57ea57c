package io.hindcast.api.news;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Identity of an article: {@code article:} and the first 128 bits of the SHA-256 of its canonical address in
 * hexadecimal. Short and stable, however long the address is.
 */
public record ArticleId(@JsonValue String value) implements Comparable<ArticleId> {

    private static final Pattern FORM = Pattern.compile("article:[0-9a-f]{32}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ArticleId {
        if (!FORM.matcher(value).matches()) {
            throw RefusedException.of(
                    "BAD_ARTICLE", "article", "'" + value + "'", "article: and 32 hexadecimal digits");
        }
    }

    public static ArticleId of(ArticleUrl url) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(url.value().getBytes(StandardCharsets.UTF_8));
            return new ArticleId("article:" + HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(ArticleId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
