package io.hindcast.news.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Repairs text that was decoded with the wrong charset or escaped byte by byte: literal escapes such as {@code \x93},
 * C1 control characters, and UTF-8 decoded as Windows-1252 ({@code â€™}, {@code Ã©}).
 *
 * <p>A single byte is ambiguous. Scrapers that drop unprintable characters leave the last byte of a UTF-8 sequence
 * ({@code \x9c} of “, {@code \x93} of –); Windows-1252 encodes quotes as {@code \x93} and {@code \x94}. Therefore bytes
 * that form a UTF-8 sequence are decoded as one; {@code \x93…\x94} around words become quotes; any other byte is taken
 * for the last one of general punctuation (U+2010 to U+2026), and dropped if it is none.
 */
public final class MojibakeRepair {

    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");
    /** Start of a private use range that holds stray bytes until they are interpreted. */
    private static final char STRAY = '\uE000';

    private static final String LEADS = "ÂÃÄÅâð";
    private static final String WINDOWS_1252 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
    private static final Pattern QUOTED =
            Pattern.compile("(?<![^\\s(\\[])(\uE093)(?=\\S)([^\uE093\uE094]*\\S)(\uE094)(?![^\\s.,;:!?)\\]'’])");

    private MojibakeRepair() {}

    public static String repair(String text) {
        if (isPlain(text)) {
            return text;
        }
        String marked = ESCAPE.matcher(text).replaceAll(m -> {
            int value = Integer.parseInt(m.group(1), 16);
            if (value < 0x80) {
                return value < ' ' || value == 0x7f ? " " : Matcher.quoteReplacement(String.valueOf((char) value));
            }
            return String.valueOf((char) (STRAY + value));
        });
        StringBuilder bytes = new StringBuilder(marked.length());
        marked.chars().forEach(c -> bytes.append((char) (c >= 0x80 && c < 0xA0 ? STRAY + c : c)));
        String decoded = decodeSequences(bytes);
        String quoted = QUOTED.matcher(decoded).replaceAll("“$2”");
        return interpretSingleBytes(quoted);
    }

    private static boolean isPlain(String text) {
        return text.indexOf("\\x") < 0 && text.chars().allMatch(c -> c < 0x80 || (c >= 0x2010 && c != '™' && c != '€'));
    }

    private static String decodeSequences(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int lead = byteOf(c);
            int length = isStray(c) || LEADS.indexOf(c) >= 0 ? sequenceLength(lead) : 0;
            String sequence = length > 1 ? sequence(text, i, length) : null;
            if (sequence != null) {
                out.append(sequence);
                i += length;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static int sequenceLength(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 2;
        }
        return lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    }

    private static @Nullable String sequence(CharSequence text, int at, int length) {
        if (at + length > text.length()) {
            return null;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int value = byteOf(text.charAt(at + i));
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Returns the byte that was decoded to this character with the wrong charset, or −1. */
    private static int byteOf(char c) {
        if (isStray(c)) {
            return c - STRAY;
        }
        if (c >= 0xA0 && c <= 0xFF) {
            return c;
        }
        int special = c < 0x80 ? -1 : WINDOWS_1252.indexOf(c);
        return special < 0 ? -1 : 0x80 + special;
    }

    private static boolean isStray(char c) {
        return c >= STRAY + 0x80 && c <= STRAY + 0xFF;
    }

    private static String interpretSingleBytes(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean endsWord = i + 1 == text.length() || isSpace(text.charAt(i + 1));
            if (isStray(c)) {
                out.append(characterOf(c - STRAY, i > 0 ? text.charAt(i - 1) : ' '));
            } else if (!(c == 'Â' && endsWord)) { // rest of a no-break space
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || c == '\u00A0' || c == STRAY + 0xA0;
    }

    private static String characterOf(int value, char before) {
        return switch (value) {
            case 0x80 -> Character.isDigit(before) ? "€" : "";
            case 0x85, 0xA6 -> "…";
            case 0x91, 0x98 -> "‘";
            case 0x92, 0x99 -> "’";
            case 0x9C -> "“";
            case 0x9D -> "”";
            case 0x93, 0x96 -> "–";
            case 0x94, 0x97 -> "—";
            case 0x95 -> "•";
            case 0xA0 -> " ";
            case 0xAD -> "";
            default -> value > 0xA0 ? String.valueOf((char) value) : "";
        };
    }
}
