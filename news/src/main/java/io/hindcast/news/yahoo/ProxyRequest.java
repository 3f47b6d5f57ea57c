package io.hindcast.news.yahoo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A browser's request to its proxy.
 *
 * @param tunnel whether it is a CONNECT, after which bytes are passed through in both directions
 * @param target absolute address
 * @param host lower case, empty if the address has none
 * @param head request line and headers as received
 */
record ProxyRequest(boolean tunnel, URI target, String host, int port, String head) {

    private static final int MAX_HEAD = 32_768;
    private static final String END = "\r\n\r\n";

    /**
     * Reads a request up to the end of its headers; empty if its first line is no request line.
     *
     * @throws IllegalArgumentException if its target is no address
     */
    static Optional<ProxyRequest> read(InputStream in) throws IOException {
        String head = head(in);
        String[] line = head.lines().findFirst().orElse("").split(" ", -1);
        if (line.length != 3) {
            return Optional.empty();
        }
        boolean tunnel = line[0].equals("CONNECT");
        URI target = URI.create(tunnel ? "https://" + line[1] : line[1]);
        String host = target.getHost() == null ? "" : target.getHost().toLowerCase(Locale.ROOT);
        int port = target.getPort() > 0 ? target.getPort() : tunnel ? 443 : 80;
        return Optional.of(new ProxyRequest(tunnel, target, host, port, head));
    }

    boolean hasStandardPort() {
        return port == 80 || port == 443;
    }

    /**
     * Returns the head as the target server expects it from a client, with the connection closed after one response.
     */
    String forwardedHead() {
        String[] lines = head.split("\r\n", -1);
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        StringBuilder out = new StringBuilder(lines[0].split(" ", 2)[0])
                .append(' ')
                .append(path)
                .append(target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                .append(" HTTP/1.1\r\n");
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            String name = lines[i].toLowerCase(Locale.ROOT);
            if (!name.startsWith("connection:") && !name.startsWith("proxy-")) {
                out.append(lines[i]).append("\r\n");
            }
        }
        return out.append("Connection: close\r\n\r\n").toString();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        int matched = 0;
        while (matched < END.length()) {
            int b = in.read();
            if (b < 0 || head.size() > MAX_HEAD) {
                throw new IOException("incomplete request");
            }
            head.write(b);
            matched = b == END.charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
