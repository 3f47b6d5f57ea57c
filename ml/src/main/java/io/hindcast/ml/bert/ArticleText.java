package io.hindcast.ml.bert;

/** The one place that says how an article becomes the text that a model reads, in training as in serving. */
public final class ArticleText {

    /** Name and version of the rule; another rule gets another name, and models trained by this one keep it. */
    public static final String RULE = "title-body-v1";

    private ArticleText() {}

    /**
     * Title, an empty line, body, each without white space around it; one alone if the other is empty. Nothing else is
     * touched: the tokeniser has its own ways with accents, control characters and case.
     */
    public static String of(String title, String body) {
        String head = title.strip();
        String rest = body.strip();
        return head.isEmpty() || rest.isEmpty() ? head + rest : head + "\n\n" + rest;
    }
}
