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
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Keeps the body of an API request, for it is both parsed and fingerprinted. It is read when it is first asked for: by then
 * it is known who calls. All large bodies together have a bound; a small one, as each urgent change has it, never waits for others.
 */
final class BodyFilter extends OncePerRequestFilter {

    /** Up to so many bytes need no room: enough for any comment. There are no more of them than connections. */
    static final int SMALL = 16 << 10;

    private static final String BODY = BodyFilter.class.getName();

    private final int limit;
    private final int together;
    private final Semaphore bytesLeft;
    private final HandlerExceptionResolver errors;

    /**
     * Keeps bodies.
     *
     * @param limit of one
     * @param together of all at one time
     */
    BodyFilter(DataSize limit, DataSize together, HandlerExceptionResolver errors) {
        this.limit = Math.toIntExact(limit.toBytes());
        this.together = Math.toIntExact(together.toBytes());
        this.bytesLeft = new Semaphore(this.together);
        this.errors = errors;
    }

    /**
     * The body of a request that went through this filter.
     *
     * @throws ProblemException if it is too large, breaks off, or there is no room for it
     */
    static byte[] body(HttpServletRequest request) {
        return request.getAttribute(BODY) instanceof Kept kept ? kept.body() : new byte[0];
    }

    /** The body as it comes, for a call that reads it once and keeps none of it; then it has no limit. */
    static InputStream stream(HttpServletRequest request) throws IOException {
        return request.getAttribute(BODY) instanceof Kept kept
                ? kept.getRequest().getInputStream()
                : InputStream.nullInputStream();
    }

    /**
     * Counts what a call keeps of its body until it is answered.
     *
     * @throws ProblemException if there is no room for it
     */
    static void hold(HttpServletRequest request, int bytes) {
        if (request.getAttribute(BODY) instanceof Kept kept) {
            kept.hold(bytes);
        }
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
        var unread = BodyHeaders.refusal(request);
        if (unread.isPresent()) {
            errors.resolveException(request, response, null, unread.get());
            return;
        }
        var kept = new Kept(request);
        request.setAttribute(BODY, kept);
        try {
            chain.doFilter(kept, response);
        } finally {
            bytesLeft.release(kept.held);
        }
    }

    /** The request, with its body to be read again. */
    private final class Kept extends HttpServletRequestWrapper {

        private byte @Nullable [] body;
        private int held;

        Kept(HttpServletRequest request) {
            super(request);
        }

        byte[] body() {
            var known = body;
            if (known == null) {
                known = read();
                body = known;
            }
            return known;
        }

        private byte[] read() {
            long length = getContentLengthLong();
            if (length > limit) {
                throw tooLarge();
            }
            try {
                var input = getRequest().getInputStream();
                var head = new byte[SMALL];
                int read = input.readNBytes(head, 0, SMALL);
                if (read > limit) {
                    throw tooLarge();
                }
                return read < SMALL ? Arrays.copyOf(head, read) : whole(head, input, length < 0 ? limit : (int) length);
            } catch (IOException e) {
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST, "malformed_json", "Expected the whole body, but it breaks off.");
            }
        }

        private byte[] whole(byte[] head, InputStream input, int most) throws IOException {
            hold(most);
            var rest = input.readNBytes(limit + 1 - head.length);
            if (head.length + rest.length > limit) {
                throw tooLarge();
            }
            var all = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, all, head.length, rest.length);
            return all;
        }

        private void hold(int bytes) {
            if (bytes > together - held) {
                throw new ProblemException(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "too_large",
                        "Expected a body of which no more than " + together + " bytes have to be kept.");
            }
            if (!bytesLeft.tryAcquire(bytes)) {
                throw new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "overloaded",
                        "There is no room for one more body now. Try again.");
            }
            held += bytes;
        }

        private ProblemException tooLarge() {
            return new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE, "too_large", "Expected a body of at most " + limit + " bytes.");
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body()));
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
