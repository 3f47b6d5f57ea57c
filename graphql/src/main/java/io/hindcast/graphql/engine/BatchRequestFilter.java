package io.hindcast.graphql.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PushbackInputStream;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a batch, which is a JSON array of requests, with a GraphQL error that asks for single requests. It looks only
 * at the first character of the body that is not white space.
 */
public final class BatchRequestFilter extends OncePerRequestFilter {

    private static final String ANSWER = """
            {"errors":[{"message":"The body was an array of requests, expected one request; send each by itself (BATCH_NOT_SUPPORTED)",\
            "extensions":{"classification":"BAD_REQUEST","code":"BATCH_NOT_SUPPORTED","field":"body",\
            "value":"an array of requests","expected":"one request"}}]}""";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        PushbackInputStream body = new PushbackInputStream(request.getInputStream(), 1);
        int first = body.read();
        while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
            first = body.read();
        }
        if (first == '[') {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setContentType("application/json");
            response.getWriter().write(ANSWER);
            return;
        }
        if (first >= 0) {
            body.unread(first);
        }
        chain.doFilter(new Peeked(request, new Body(request.getInputStream(), body)), response);
    }

    /** The request with its body from that character on. */
    private static final class Peeked extends HttpServletRequestWrapper {

        private final ServletInputStream body;

        Peeked(HttpServletRequest request, ServletInputStream body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }
    }

    private static final class Body extends ServletInputStream {

        private final ServletInputStream original;
        private final PushbackInputStream bytes;

        Body(ServletInputStream original, PushbackInputStream bytes) {
            this.original = original;
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bytes.read(target, offset, length);
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return original.isFinished();
        }

        @Override
        public boolean isReady() {
            return original.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            original.setReadListener(listener);
        }
    }
}
