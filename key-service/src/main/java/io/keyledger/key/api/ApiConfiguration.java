package io.keyledger.key.api;

import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.key.directory.ReadBarrier;
import io.keyledger.key.receipt.Receipts;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.secret.SecretSealer;
import io.keyledger.key.session.CommandSender;
import io.keyledger.key.session.Identification;
import io.keyledger.key.session.NewSecrets;
import io.keyledger.key.session.OperatorToken;
import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the API in place. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
class ApiConfiguration {

    @Bean
    Changes changes(CommandSender sender, ReadBarrier barrier, DataKeySealer personal, Receipts receipts) {
        return new Changes(sender, barrier, personal, receipts);
    }

    @Bean
    CollectorKeys collectorKeys(NewSecrets secrets, SecretSealer sealer) {
        return new CollectorKeys(secrets, sealer);
    }

    @Bean
    BodyFilter bodyFilter(
            ApiProperties properties, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new BodyFilter(properties.maxBody(), properties.maxBodies(), errors);
    }

    @Bean
    CallerResolver callerResolver(
            Identification identification,
            OperatorToken operator,
            Changes changes,
            ReadBarrier barrier,
            @Value("${keyledger.ledger.partitions}") int partitions) {
        return new CallerResolver(new Credentials(identification, operator), changes, barrier, partitions);
    }

    @Bean
    WebMvcConfigurer apiMvc(CallerResolver callers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(callers);
            }

            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addConverter(
                        String.class, OrganizationId.class, (Converter<String, OrganizationId>) OrganizationId::of);
                registry.addConverter(String.class, SystemId.class, (Converter<String, SystemId>) SystemId::of);
                registry.addConverter(String.class, CommandId.class, (Converter<String, CommandId>) CommandId::of);
                registry.addConverter(String.class, EventId.class, (Converter<String, EventId>) EventId::of);
            }

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/", "/swagger-ui/index.html");
            }
        };
    }

    /** A host's name may hold a slash: %2F in a path is one of its characters, not a separator. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInHosts() {
        return server -> server.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }
}
