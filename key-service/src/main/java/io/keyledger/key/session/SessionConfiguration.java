package io.keyledger.key.session;

import io.keyledger.key.ledger.CommandGateway;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.secret.OwnerToken;
import io.keyledger.key.secret.Secret;
import io.keyledger.key.secret.SecretGenerator;
import io.keyledger.key.secret.SecretSealer;
import io.keyledger.table.Freshness;
import io.keyledger.table.KeyCheck;
import io.keyledger.table.LedgerTables;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts identification and provisioning in place. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SessionProperties.class, TableProperties.class})
public class SessionConfiguration {

    @Bean
    Identification identification(
            LedgerTables tables, Freshness freshness, SessionProperties properties, TableProperties table) {
        return new Identification(
                new KeyCheck(tables), freshness, table.maxStaleness(), properties.proofTimeout(), Clock.systemUTC());
    }

    @Bean
    ImportCheck importCheck(LedgerTables tables, Freshness freshness, SessionProperties properties) {
        return new ImportCheck(tables, freshness, properties.proofTimeout());
    }

    @Bean
    OperatorToken operatorToken(SessionProperties properties) {
        return new OperatorToken(properties.operatorToken());
    }

    @Bean
    CommandSender commandSender(
            CommandGateway gateway,
            SessionProperties properties,
            @Value("${keyledger.ledger.instance-id}") String instance) {
        return new CommandSender(gateway, instance, properties.commandTimeout(), Clock.systemUTC());
    }

    @Bean
    NewSecrets newSecrets(SecretGenerator generator, SecretSealer sealer, CommandSender sender) {
        return new NewSecrets(generator, sealer, sender::newId);
    }

    @Bean
    NewOrganization newOrganization(NewSecrets secrets, DataKeySealer personal, CommandSender sender) {
        return new NewOrganization(secrets, personal, sender::newId);
    }

    @Bean(destroyMethod = "stop")
    Provisioning provisioning(
            CommandSender sender,
            NewOrganization newOrganization,
            NewSecrets secrets,
            DataKeySealer personal,
            ImportCheck imports,
            SessionProperties properties) {
        return new Provisioning(
                sender, newOrganization, secrets, personal, imports, ownerToken(properties.ownerToken()));
    }

    /** Part of readiness: who starts the suite uses the owner token at once. */
    @Bean
    HealthIndicator provisioningHealthIndicator(Provisioning provisioning) {
        return () -> (provisioning.isDone() ? Health.up() : Health.outOfService()).build();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> startsProvisioning(Provisioning provisioning) {
        return _ -> provisioning.start();
    }

    private static @Nullable Secret ownerToken(@Nullable String value) {
        return value == null || value.isBlank() ? null : OwnerToken.parse("keyledger.owner-token", value.strip());
    }
}
