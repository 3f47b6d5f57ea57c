package io.hindcast.command.news;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and numbers of a title that carry its news, independent of typography. */
record TitleWords(Set<String> words, Set<String> numbers) {

    /** Jaccard index of two titles' words and numbers from which they count as the same news. */
    static final double ALIKE = 0.6;

    private static final int FEWEST_WORDS = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+|[0-9]+(?:[.,/:][0-9]+)*");
    private static final Set<String> STOP_WORDS = Set.of(
            "a", "an", "the", "to", "of", "in", "on", "for", "and", "or", "as", "at", "by", "with", "from", "is", "are",
            "be", "its", "it", "after", "over", "amid", "says", "say", "will", "has", "have", "new", "this", "that",
            "into", "up", "s");

    static TitleWords of(String title) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace("’s ", " ")
                .replace("'s ", " ");
        Set<String> words = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (Matcher found = WORD.matcher(plain); found.find(); ) {
            String word = found.group();
            if (Character.isDigit(word.charAt(0))) {
                numbers.add(word);
            } else if (!STOP_WORDS.contains(word)) {
                words.add(word);
            }
        }
        return new TitleWords(Set.copyOf(words), Set.copyOf(numbers));
    }

    /**
     * Returns the Jaccard index of both titles' words and numbers, 0 to 1. It is 0 for titles with different numbers,
     * since "Price analysis 3/14" does not repeat "Price analysis 3/16", and for titles of one or two words.
     */
    double similarity(TitleWords other) {
        if (!numbers.equals(other.numbers)
                || words.size() + numbers.size() < FEWEST_WORDS
                || other.words.size() + other.numbers.size() < FEWEST_WORDS) {
            return 0;
        }
        long shared = words.stream().filter(other.words::contains).count() + numbers.size();
        long all = words.size() + other.words.size() + 2L * numbers.size() - shared;
        return (double) shared / all;
    }
}
