package io.hindcast.feeds.binance;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;

/** The exchange could not be reached when the feed started. Its message is one line for the person at the keyboard. */
public final class ExchangeUnreachableException extends ExchangeUnavailableException {

    private static final long serialVersionUID = 1L;

    public ExchangeUnreachableException(URI tried, Throwable cause) {
        super(
                "Cannot reach Binance at " + tried + " (" + reason(cause)
                        + "). Check the network, or play a market on this machine: ./hindcast demo",
                cause);
    }

    private static String reason(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return "unknown host";
            }
            if (t instanceof HttpConnectTimeoutException || t instanceof TimeoutException) {
                return "no answer within the time limit";
            }
            if (t instanceof ConnectException && t.getCause() == null) {
                return t.getMessage() == null ? "connection refused" : t.getMessage();
            }
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
