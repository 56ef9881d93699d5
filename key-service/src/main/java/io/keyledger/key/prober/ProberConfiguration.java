package io.keyledger.key.prober;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.streams.OwnedPartitions;
import io.keyledger.key.receipt.Receipts;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.session.CommandSender;
import io.keyledger.key.session.NewOrganization;
import io.keyledger.key.session.NewSecrets;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** Puts the prober in place; it is off unless it is asked for. */
@Configuration(proxyBeanMethods = false)
public class ProberConfiguration {

    /** Also without a prober, for whoever asks. */
    @Bean
    Propagation propagation(MeterRegistry registry) {
        return new Propagation(registry, InstantSource.system());
    }

    /** Only where it is on. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("keyledger.prober.enabled")
    @EnableConfigurationProperties(ProberProperties.class)
    static class Enabled {

        @Bean
        HttpCanaryPush canaryPush(ProberProperties properties) {
            return new HttpCanaryPush(properties.requestTimeout());
        }

        @Bean(destroyMethod = "stop")
        Prober prober(
                ProberProperties properties,
                OwnedPartitions owned,
                CommandSender sender,
                NewOrganization newOrganization,
                NewSecrets secrets,
                DataKeySealer personal,
                Receipts receipts,
                HttpCanaryPush push,
                Propagation propagation,
                @Value("${keyledger.ledger.partitions}") int partitions) {
            int partition = Topics.partition(OrganizationId.PROBER, partitions);
            var parts = new LedgerCanary.Parts(sender, newOrganization, secrets, personal);
            return new Prober(
                    properties,
                    () -> owned.owns(partition),
                    parts::takeOver,
                    () -> Target.of(receipts.collectors()),
                    push,
                    propagation);
        }

        @Bean
        ApplicationListener<ApplicationReadyEvent> startsProber(Prober prober) {
            return _ -> prober.start();
        }

        /** Before the ledger ends, so that its end is no failure of a probe. */
        @Bean
        ApplicationListener<ContextClosedEvent> stopsProber(Prober prober) {
            return _ -> prober.stop();
        }
    }
}
