package io.hindcast.news.page;

import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Finds the part of a page that holds most of its paragraphs. */
final class MainContent {

    private static final int MIN_PARAGRAPH_LENGTH = 40;
    private static final String OUTSIDE = "aside, nav, footer, form";
    private static final String NOT_TEXT =
            "[data-testid^=ad-], [data-testid$=-ad], [role=navigation], [role=complementary]";

    private MainContent() {}

    /**
     * Returns a copy of the element whose own paragraphs hold most text, or of its parent if that holds much more,
     * without advertisements and navigation.
     */
    static Element of(Document page) {
        Map<Element, Integer> length = new HashMap<>();
        for (Element paragraph : page.select("p")) {
            int characters = paragraph.text().length();
            Element parent = paragraph.parent();
            if (characters >= MIN_PARAGRAPH_LENGTH && parent != null && paragraph.closest(OUTSIDE) == null) {
                length.merge(parent, characters, Integer::sum);
                Element grandparent = parent.parent();
                if (grandparent != null) {
                    // Some sites wrap each paragraph or section: then the text is one level up.
                    length.merge(grandparent, characters * 3 / 4, Integer::sum);
                }
            }
        }
        Element best = page.body();
        int most = 0;
        for (Element paragraph : page.select("p")) {
            Element parent = paragraph.parent();
            for (Element candidate : new @Nullable Element[] {parent, parent == null ? null : parent.parent()}) {
                int characters = candidate == null ? 0 : length.getOrDefault(candidate, 0);
                if (candidate != null && characters > most) {
                    best = candidate;
                    most = characters;
                }
            }
        }
        Element copy = best.clone();
        copy.select(NOT_TEXT).remove();
        return copy;
    }
}
