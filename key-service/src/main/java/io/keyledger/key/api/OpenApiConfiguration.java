package io.keyledger.key.api;

import io.keyledger.credential.CredentialHeaders;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.secret.Secret;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.method.HandlerMethod;

/** The API's own description. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String SCHEME = "token";

    static {
        var types = SpringDocUtils.getConfig();
        types.addRequestWrapperToIgnore(
                Read.class, Change.class, Operator.class, CommandResource.Asking.class, Onlooker.class);
        for (var id : new Class<?>[] {
            CommandId.class, EventId.class, KeyId.class, OrganizationId.class, SystemId.class, UserId.class
        }) {
            types.replaceWithSchema(id, new UUIDSchema());
        }
        types.replaceWithSchema(Secret.class, new StringSchema());
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Keyledger")
                        .version("v1")
                        .description("""
                                Issues, rotates and revokes the keys of telemetry agents.

                                Errors are problem documents (RFC 9457) with a stable `code`. What a change allows is \
                                never refused from its answer on; what it takes away is refused within milliseconds \
                                of it, and `wait=enforced` answers when that is so everywhere. `Keyledger-Revision` \
                                of an answer may be sent as `Keyledger-Min-Revision` to another instance, to read \
                                what was just changed.""")
                        .license(new License().name("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                SCHEME,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name(CredentialHeaders.API_KEY)
                                        .description("A user's token, tc-apiv1_…")))
                .addSecurityItem(new SecurityRequirement().addList(SCHEME));
    }

    @Bean
    OpenApiCustomizer problemSchema() {
        return api -> ModelConverters.getInstance()
                .read(Problem.class)
                .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
    }

    /** The headers and errors that calls have in common. */
    @Bean
    OperationCustomizer commonParts() {
        return (operation, method) -> {
            if (isChange(method)) {
                operation.addParametersItem(header(
                        IdempotencyKey.HEADER, "makes a repeated request one request: the first answer comes again"));
                operation.addParametersItem(query(EnforcementWait.WAIT, """
                                "enforced": the answer waits until all Collectors have confirmed the change, or time is \
                                out, and has the member "enforcement". Where there was no body (204) it is then the \
                                whole answer (200).""")
                        .schema(new StringSchema()._enum(List.of(EnforcementWait.ENFORCED))));
                operation.addParametersItem(query(
                                EnforcementWait.TIMEOUT,
                                "for how long it waits: an ISO-8601 duration up to " + EnforcementWait.LONGEST)
                        .schema(new StringSchema()._default(EnforcementWait.DEFAULT.toString())));
            }
            if (isEdit(method)) {
                operation.addParametersItem(
                        header(HttpHeaders.IF_MATCH, "the ETag of what is edited; 412 if it has changed since"));
            }
            if (takes(method, CommandResource.Asking.class)) {
                operation.addParametersItem(
                        query(CommandResource.Asking.PARAMETER, "for the operator, who belongs to none: whose it is")
                                .schema(new UUIDSchema()));
            }
            if (takes(method, Read.class)) {
                operation.addParametersItem(header(
                        CallerResolver.MIN_REVISION,
                        "a Keyledger-Revision of this organization that the answer must not be older than"));
            }
            var schema = new Schema<>().$ref("#/components/schemas/Problem");
            var content = new Content().addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(schema));
            operation
                    .getResponses()
                    .addApiResponse(
                            "default",
                            new ApiResponse().description("A problem").content(content));
            return operation;
        };
    }

    /** Whether the ledger is asked for it. */
    private static boolean isChange(HandlerMethod method) {
        return takes(method, Change.class)
                || (takes(method, Operator.class) && method.getBeanType() != DirectoryResource.class);
    }

    /** Whether two people may do it to one thing. */
    private static boolean isEdit(HandlerMethod method) {
        return method.hasMethodAnnotation(PatchMapping.class)
                || method.hasMethodAnnotation(PutMapping.class)
                || (method.getBeanType() == SystemResource.class && method.hasMethodAnnotation(DeleteMapping.class));
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return Arrays.stream(method.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static Parameter query(String name, String description) {
        return new QueryParameter().name(name).description(description);
    }

    private static Parameter header(String name, String description) {
        return new HeaderParameter().name(name).description(description).schema(new StringSchema());
    }
}
