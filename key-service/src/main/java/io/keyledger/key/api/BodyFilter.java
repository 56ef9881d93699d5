package io.keyledger.key.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Reads the body of an API request once, as far as it is not too large, for it is both parsed and fingerprinted. */
final class BodyFilter extends OncePerRequestFilter {

    private static final String BODY = BodyFilter.class.getName();

    private final DataSize limit;
    private final HandlerExceptionResolver errors;

    BodyFilter(DataSize limit, HandlerExceptionResolver errors) {
        this.limit = limit;
        this.errors = errors;
    }

    /** The body of a request that went through this filter. */
    static byte[] body(HttpServletRequest request) {
        return request.getAttribute(BODY) instanceof byte[] body ? body : new byte[0];
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // What is read here is one organization's: no shared cache may keep it.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        int bytes = Math.toIntExact(limit.toBytes());
        byte[] body = request.getContentLengthLong() > bytes
                ? null
                : request.getInputStream().readNBytes(bytes + 1);
        if (body == null || body.length > bytes) {
            errors.resolveException(request, response, null, tooLarge());
            return;
        }
        request.setAttribute(BODY, body);
        chain.doFilter(new Again(request, body), response);
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE, "too_large", "Expected a body of at most " + limit.toBytes() + " bytes.");
    }

    /** The request, with its body to be read again. */
    private static final class Again extends HttpServletRequestWrapper {

        private final byte[] body;

        Again(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body has been read: nobody needs to be told.");
        }
    }
}
