package io.hindcast.query.news;

import io.hindcast.api.news.SnippetPart;
import java.util.ArrayList;
import java.util.List;

/** Splits texts at the words that PostgreSQL marked. The marks are control characters, which no article contains. */
final class Snippets {

    private static final char START = '\u0001';
    private static final char STOP = '\u0002';

    /** Options of {@code ts_headline}. */
    static final String OPTIONS = "StartSel=\"" + START + "\", StopSel=\"" + STOP
            + "\", MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=\" … \"";

    private Snippets() {}

    static List<SnippetPart> parts(String marked) {
        List<SnippetPart> parts = new ArrayList<>();
        int at = 0;
        while (at < marked.length()) {
            boolean match = marked.charAt(at) == START;
            int begin = match ? at + 1 : at;
            int end = marked.indexOf(match ? STOP : START, begin);
            end = end < 0 ? marked.length() : end;
            if (end > begin) {
                parts.add(new SnippetPart(marked.substring(begin, end), match));
            }
            at = match ? end + 1 : end;
        }
        return parts;
    }
}
