package io.hindcast.command.news;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A title as the words and numbers that carry its news, whatever its typography. */
record TitleWords(Set<String> words, Set<String> numbers) {

    /** Titles agree when they share this part of all words that either has (Jaccard's index). */
    static final double ALIKE = 0.6;

    private static final int FEWEST_WORDS = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+|[0-9]+(?:[.,/:][0-9]+)*");
    private static final Set<String> EMPTY_WORDS = Set.of(
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
            } else if (!EMPTY_WORDS.contains(word)) {
                words.add(word);
            }
        }
        return new TitleWords(Set.copyOf(words), Set.copyOf(numbers));
    }

    /**
     * Shared part of both titles' words and numbers, 0 to 1. Titles with different numbers share nothing: "Price
     * analysis 3/14" does not repeat "Price analysis 3/16", nor does a fall below 30,000 repeat one below 40,000.
     * Neither do titles of a word or two.
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
