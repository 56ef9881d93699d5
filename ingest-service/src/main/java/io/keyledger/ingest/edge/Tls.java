package io.keyledger.ingest.edge;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The TLS of new connections, from one of Boot's bundles: a certificate that is renewed there is used at once. */
final class Tls implements Supplier<SslContext> {

    private volatile SslContext context;

    /** @throws org.springframework.boot.ssl.NoSuchSslBundleException if there is none of that name */
    Tls(SslBundles bundles, String name) {
        context = context(bundles.getBundle(name));
        bundles.addBundleUpdateHandler(name, renewed -> context = context(renewed));
    }

    @Override
    public SslContext get() {
        return context;
    }

    private static SslContext context(SslBundle bundle) {
        var options = bundle.getOptions();
        try {
            return SslContextBuilder.forServer(bundle.getManagers().getKeyManagerFactory())
                    .protocols(options.getEnabledProtocols())
                    .ciphers(options.getCiphers() == null ? null : List.copyOf(Arrays.asList(options.getCiphers())))
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("Expected an SSL bundle with a key and its certificate.", e);
        }
    }
}
