package io.hindcast.news.page;

import java.net.URI;

/** A page is not built as expected. Thrown instead of returning no news, so that the two cannot be confused. */
public final class UnrecognisedPageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient URI page;
    private final String content;

    /**
     * @param expected element that was not found
     * @param content markup of the page, saved for whoever adapts the parser
     */
    public UnrecognisedPageException(URI page, String expected, String content) {
        super(page + " is not built as expected: no " + expected);
        this.page = page;
        this.content = content;
    }

    public URI page() {
        return page;
    }

    public String content() {
        return content;
    }
}
