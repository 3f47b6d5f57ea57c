package io.hindcast.api.news;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.RefusedException;
import io.hindcast.api.WellFormedText;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An article's canonical address (RFC 3986, section 6.2): scheme and host in lower case (international names in ASCII),
 * no default port, no dot segments, no fragment, percent escapes in upper case, query parameters sorted and without
 * tracking parameters. Scheme, {@code www.} and a trailing slash stay as they are, because they may matter to a server;
 * where they do not, its redirects or canonical link, which fetchers follow first, lead to the same address.
 *
 * @param value the canonical form, at most 2,000 characters
 */
public record ArticleUrl(@JsonValue String value) implements Comparable<ArticleUrl> {

    private static final int LONGEST = 2000;

    private static final Set<String> TRACKING = Set.of(
            "fbclid",
            "gclid",
            "dclid",
            "msclkid",
            "yclid",
            "twclid",
            "igshid",
            "mc_cid",
            "mc_eid",
            "mkt_tok",
            "cmpid",
            "ncid",
            "guccounter",
            "guce_referrer",
            "guce_referrer_sig",
            "soc_src",
            "soc_trk",
            "tsrc",
            ".tsrc",
            "_hsenc",
            "_hsmi",
            "ocid",
            "ref",
            "ref_src",
            "referrer");
    private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final String TRACKING_PREFIX = "utm_";
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    /** Canonicalizes any http or https address; refuses everything else. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ArticleUrl {
        value = canonical(WellFormedText.of(value).strip());
    }

    private static String canonical(String text) {
        if (text.length() > LONGEST) {
            throw refused(text.substring(0, 60) + "… (" + text.length() + " characters)");
        }
        URI uri;
        try {
            uri = new URI(escaped(text)).normalize();
        } catch (URISyntaxException e) {
            throw refused(text);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (!(scheme.equals("http") || scheme.equals("https")) || authority == null || authority.contains("@")) {
            throw refused(text);
        }
        StringBuilder out = new StringBuilder(scheme).append("://").append(hostAndPort(text, scheme, authority));
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        out.append(upperCaseEscapes(path.replaceAll("^(/\\.\\.)+(?=/|$)", "")));
        if (uri.getRawQuery() != null) {
            String kept = Arrays.stream(uri.getRawQuery().split("&", -1))
                    .filter(part -> !part.isEmpty() && !isTracking(part))
                    .map(ArticleUrl::upperCaseEscapes)
                    .sorted()
                    .collect(Collectors.joining("&"));
            if (!kept.isEmpty()) {
                out.append('?').append(kept);
            }
        }
        return out.toString();
    }

    private static String hostAndPort(String text, String scheme, String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon >= 0 && authority.indexOf(']') < colon;
        String host = hasPort ? authority.substring(0, colon) : authority;
        String port = hasPort ? authority.substring(colon + 1) : "";
        String ascii;
        try {
            ascii = host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
        String name = ascii.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (!HOST.matcher(name).matches() || !port.matches("[0-9]{0,5}") || (!port.isEmpty() && isOutOfRange(port))) {
            throw refused(text);
        }
        boolean standard = port.isEmpty() || Integer.parseInt(port) == (scheme.equals("http") ? 80 : 443);
        return standard ? name : name + ":" + Integer.parseInt(port);
    }

    private static boolean isOutOfRange(String port) {
        return Integer.parseInt(port) > 65_535 || Integer.parseInt(port) == 0;
    }

    private static boolean isTracking(String part) {
        String name = part.split("=", 2)[0].toLowerCase(Locale.ROOT);
        return name.startsWith(TRACKING_PREFIX) || TRACKING.contains(name);
    }

    /** Escapes characters that are invalid in a path or query but common in feeds; leaves international hosts as is. */
    private static String escaped(String text) {
        int authority = text.indexOf("://");
        int path = authority < 0 ? 0 : authority + 3;
        while (path < text.length() && "/?#".indexOf(text.charAt(path)) < 0) {
            path++;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, path);
        String rest = BARE_PERCENT.matcher(text.substring(path)).replaceAll("%25");
        for (byte b : rest.getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ' || b == 0x7f || "\"<>\\^`{|}".indexOf(b) >= 0) {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    private static String upperCaseEscapes(String text) {
        return Pattern.compile("%[0-9a-fA-F]{2}")
                .matcher(text)
                .replaceAll(m -> m.group().toUpperCase(Locale.ROOT));
    }

    private static RefusedException refused(String text) {
        return RefusedException.of(
                "BAD_URL", "address of the article", "'" + text + "'", "an http or https address with a host");
    }

    /** Returns the host, such as {@code www.example.com}. */
    public String host() {
        return uri().getHost();
    }

    public URI uri() {
        return URI.create(value);
    }

    @Override
    public int compareTo(ArticleUrl other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
