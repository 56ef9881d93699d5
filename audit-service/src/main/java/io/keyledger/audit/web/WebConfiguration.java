package io.keyledger.audit.web;

import io.keyledger.audit.ledger.HeldTables;
import io.keyledger.credential.CredentialHeaders;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the API together. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private static final String KEY = "key";

    private final HeldTables tables;

    WebConfiguration(HeldTables tables) {
        this.tables = tables;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new CallerInterceptor(new CallerCheck(tables, Clock.systemUTC())))
                .addPathPatterns("/api/**");
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Keyledger audit-service")
                        .version("v1")
                        .description("The permanent record of your organization's keys. Errors are RFC 9457 problem"
                                + " documents with a stable code."))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name(CredentialHeaders.API_KEY)
                                        .description("A key with the permission audit:read.")))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
    }
}
