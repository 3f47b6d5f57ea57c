package io.hindcast.simulator.exchange;

/** An error answer in Binance's form. */
final class RestError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final String text;

    /**
     * Creates an error without a stack trace.
     *
     * @param status HTTP status
     * @param code Binance's error code, negative
     */
    RestError(int status, int code, String text) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    int status() {
        return status;
    }

    /** Returns the answer's JSON. */
    String body() {
        return "{\"code\":" + code + ",\"msg\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
}
