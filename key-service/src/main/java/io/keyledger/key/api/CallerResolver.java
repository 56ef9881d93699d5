package io.keyledger.key.api;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.event.Topics;
import io.keyledger.key.directory.LedgerPosition;
import io.keyledger.key.directory.ReadBarrier;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a resource what its request may do, by the type of the parameter: {@link Read}, {@link Change},
 * {@link Operator} or {@link Onlooker}. A resource without one of them can do nothing.
 */
final class CallerResolver implements HandlerMethodArgumentResolver {

    static final String MIN_REVISION = "Keyledger-Min-Revision";

    /** A name that can be repeated in an answer. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z]{1,32}");

    private static final Set<Class<?>> TYPES =
            Set.of(Read.class, Change.class, Operator.class, CommandResource.Asking.class, Onlooker.class);

    private final Credentials credentials;
    private final Changes changes;
    private final ReadBarrier barrier;
    private final int partitions;

    /**
     * Resolves callers.
     *
     * @param partitions of the ledger
     */
    CallerResolver(Credentials credentials, Changes changes, ReadBarrier barrier, int partitions) {
        this.credentials = credentials;
        this.changes = changes;
        this.barrier = barrier;
        this.partitions = partitions;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return TYPES.contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binderFactory) {
        var request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("Expected a servlet request.");
        }
        var caller = resolve(parameter, request);
        requireOnce(request);
        return caller;
    }

    /** Of two values one would be passed over in silence. */
    private static void requireOnce(HttpServletRequest request) {
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 1) {
                throw ProblemException.invalid("Expected each parameter of the query once, but one is there "
                        + values.length + " times" + (PLAIN.matcher(name).matches() ? ": " + name + "." : "."));
            }
        });
    }

    private Object resolve(MethodParameter parameter, HttpServletRequest request) {
        if (parameter.getParameterType() == Operator.class) {
            credentials.requireOperator(request);
            return new Operator(changes, request);
        }
        if (parameter.getParameterType() == Change.class) {
            return new Change(changes, credentials.user(request, Permission.KEYS_WRITE), request);
        }
        if (parameter.getParameterType() == Onlooker.class) {
            return onlooker(request);
        }
        return parameter.getParameterType() == CommandResource.Asking.class ? asking(request) : read(request);
    }

    private Onlooker onlooker(HttpServletRequest request) {
        boolean isOperator = credentials.isOperator(request);
        if (!isOperator) {
            var _ = credentials.user(request, Permission.KEYS_READ);
        }
        return new Onlooker(isOperator);
    }

    private CommandResource.Asking asking(HttpServletRequest request) {
        if (!credentials.isOperator(request)) {
            return new CommandResource.Asking(
                    credentials.user(request, Permission.KEYS_READ).organization());
        }
        var named = request.getParameter(CommandResource.Asking.PARAMETER);
        if (named == null) {
            throw ProblemException.invalid("Expected the organization's id in the query, as the operator has none.");
        }
        try {
            return new CommandResource.Asking(OrganizationId.of(named));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private Read read(HttpServletRequest request) {
        var organization = credentials.user(request, Permission.KEYS_READ).organization();
        int partition = Topics.partition(organization, partitions);
        var named = request.getHeader(MIN_REVISION);
        var asked = named == null ? null : parse(named, partition);
        return new Read(organization, asked, () -> {
            if (asked != null) {
                barrier.await(asked);
            }
            barrier.await(barrier.lastKnown(partition));
        });
    }

    /** Another partition's would tell of other organizations, and says nothing of this one. */
    private static LedgerPosition parse(String text, int partition) {
        LedgerPosition position;
        try {
            position = LedgerPosition.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("Expected " + MIN_REVISION
                    + " as a Keyledger-Revision was answered, partition:revision such as 3:1042.");
        }
        if (position.partition() != partition) {
            throw ProblemException.invalid(
                    "Expected " + MIN_REVISION + " as a change of this organization has answered,"
                            + " in its partition " + partition + ", but it is of another one.");
        }
        return position;
    }
}
