package io.hindcast.news.text;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the zones of times of publication: offsets and the zone names of RFC 822. */
final class ZoneOffsets {

    private static final Pattern OFFSET = Pattern.compile("(?:utc|gmt)? ?([+-])(\\d{1,2}):?(\\d{2})?");

    /** The zone names of RFC 822 only: all others are ambiguous. */
    private static final Map<String, Integer> HOURS_BY_NAME = Map.ofEntries(
            Map.entry("z", 0),
            Map.entry("ut", 0),
            Map.entry("utc", 0),
            Map.entry("gmt", 0),
            Map.entry("est", -5),
            Map.entry("edt", -4),
            Map.entry("cst", -6),
            Map.entry("cdt", -5),
            Map.entry("mst", -7),
            Map.entry("mdt", -6),
            Map.entry("pst", -8),
            Map.entry("pdt", -7));

    private ZoneOffsets() {}

    /**
     * Returns the offset of a zone, or null if it is unknown.
     *
     * @param zone name or offset in lower case
     * @throws java.time.DateTimeException if the offset is out of range
     */
    static @Nullable ZoneOffset parse(String zone) {
        Integer hours = HOURS_BY_NAME.get(zone);
        if (hours != null) {
            return ZoneOffset.ofHours(hours);
        }
        Matcher offset = OFFSET.matcher(zone);
        if (!offset.matches()) {
            return null;
        }
        int minutes = Integer.parseInt(offset.group(2)) * 60
                + (offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3)));
        return ZoneOffset.ofTotalSeconds((offset.group(1).equals("-") ? -60 : 60) * minutes);
    }
}
