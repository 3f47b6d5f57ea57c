package io.hindcast.news.page;

import java.net.URI;

/**
 * A page is not built as it was expected to be: that its news cannot be read must not be taken for there being none.
 */
public final class UnrecognisedPageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient URI page;
    private final String content;

    /**
     * @param expected what was looked for and not found
     * @param content of the page, to be kept for whoever mends the reader
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
