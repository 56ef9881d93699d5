package io.keyledger.key.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Adds {@code enforcement} to the answer of a change that waited for it. An answer without a body gets one: 200. */
@RestControllerAdvice
class EnforcementAdvice implements ResponseBodyAdvice<Object> {

    static final String MEMBER = "enforcement";

    private final JsonMapper json;

    EnforcementAdvice(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(MethodParameter type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter type,
            MediaType mediaType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof Problem || !(request instanceof ServletServerHttpRequest servlet)) {
            return body;
        }
        return with(body, servlet.getServletRequest(), response);
    }

    private @Nullable Object with(@Nullable Object body, HttpServletRequest request, ServerHttpResponse response) {
        var kept = EnforcementWait.kept(request);
        if (kept.isEmpty()) {
            return body;
        }
        if (body == null) {
            response.setStatusCode(HttpStatus.OK);
        }
        var answer = body == null ? json.createObjectNode() : json.<ObjectNode>valueToTree(body);
        answer.set(MEMBER, json.valueToTree(kept.get().orElse(null)));
        return answer;
    }
}
