package io.hindcast.ml.bert;

/** The rule by which an article becomes the text that a model reads, in training and serving alike. */
public final class ArticleText {

    /** Name and version of the rule. Another rule gets another name, and models trained by this one keep it. */
    public static final String RULE = "title-body-v1";

    private ArticleText() {}

    /**
     * Returns title, empty line and body, both stripped of surrounding white space; one alone if the other is empty.
     * Nothing else changes: the tokeniser handles accents, control characters and case.
     */
    public static String of(String title, String body) {
        String head = title.strip();
        String rest = body.strip();
        return head.isEmpty() || rest.isEmpty() ? head + rest : head + "\n\n" + rest;
    }
}
