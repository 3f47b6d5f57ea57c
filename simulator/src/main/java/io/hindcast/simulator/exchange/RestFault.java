package io.hindcast.simulator.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A wrong answer, or none, to one REST request. */
sealed interface RestFault {

    /** An error of the exchange. */
    record Status(int status, Optional<Duration> retryAfter) implements RestFault {}

    /** No answer at all. */
    record Stall() implements RestFault {}

    /** An answer that is cut in the middle. */
    record CutBody() implements RestFault {}

    /** An answer that is not JSON. */
    record WrongBody() implements RestFault {}

    /** An answer that is not the exchange's own, or not about the request. */
    record Other(int status, String contentType, String body, Map<String, String> headers) implements RestFault {}
}
