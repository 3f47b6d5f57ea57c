package io.hindcast.app.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.springframework.util.StringUtils;

/**
 * Protects the API from foreign web pages. The API has no authentication and listens on the loopback interface, so
 * requests must address this machine by name; otherwise a foreign page could reach it by DNS rebinding. All responses
 * carry headers that prevent the dashboard from being framed and from loading foreign content.
 */
final class BrowserSecurityFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final boolean loopbackOnly;

    BrowserSecurityFilter(String address) {
        this.loopbackOnly = isLoopback(address);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (loopbackOnly && !LOOPBACK_NAMES.contains(request.getServerName())) {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN,
                    "This Hindcast answers to localhost only, not to "
                            + StringUtils.trimAllWhitespace(request.getServerName()));
            return;
        }
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        chain.doFilter(request, response);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
