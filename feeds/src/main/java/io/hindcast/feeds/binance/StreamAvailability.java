package io.hindcast.feeds.binance;

/** Reports to the monitor when the stream goes up or down. Not thread-safe. */
final class StreamAvailability {

    private final ExchangeMonitor monitor;
    private boolean up;
    private boolean everUp;

    StreamAvailability(ExchangeMonitor monitor) {
        this.monitor = monitor;
    }

    /** Reports that the stream is up, unless that is the last thing reported. */
    void up() {
        if (!up) {
            up = true;
            monitor.connected(everUp);
            everUp = true;
        }
    }

    /** Reports that the stream is down. */
    void down(String problem, String remedy) {
        up = false;
        monitor.disconnected(problem, remedy);
    }
}
