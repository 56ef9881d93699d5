package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.LedgerState;
import io.keyledger.key.ledger.LedgerStateContract;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StateOverlayTest {

    /** Everything in the overlay, nothing below. */
    @Nested
    class Unwritten extends LedgerStateContract {
        @Override
        protected LedgerState create() {
            return new StateOverlay(new StateRecords.InMemory());
        }
    }

    /** Everything in the store below: what was written through reads the same. */
    @Nested
    class WrittenThrough extends LedgerStateContract {
        @Override
        protected LedgerState create() {
            var overlay = new StateOverlay(new StateRecords.InMemory());
            return (LedgerState) Proxy.newProxyInstance(
                    LedgerState.class.getClassLoader(), new Class<?>[] {LedgerState.class}, (_, method, arguments) -> {
                        var result = method.invoke(overlay, arguments);
                        overlay.writeThrough();
                        return result;
                    });
        }
    }

    @Test
    void nothingReachesTheStoreBeforeItIsWrittenThrough() {
        var store = new StateRecords.InMemory();
        var overlay = new StateOverlay(store);
        overlay.linkHost(Fixtures.ORGANIZATION, new HostName("web-1"), Fixtures.BILLING);
        assertThat(store.map()).isEmpty();
        overlay.writeThrough();
        assertThat(new StateOverlay(store).findSystemOfHost(Fixtures.ORGANIZATION, new HostName("web-1")))
                .contains(Fixtures.BILLING);
    }

    @Test
    void hostsBelowAndInTheOverlayAreOneListInOrder() {
        var store = new StateRecords.InMemory();
        var below = new StateOverlay(store);
        for (int i = 0; i < 10; i += 2) {
            below.linkHost(Fixtures.ORGANIZATION, new HostName("web-" + i), Fixtures.BILLING);
        }
        below.writeThrough();
        var overlay = new StateOverlay(store);
        overlay.unlinkHost(Fixtures.ORGANIZATION, new HostName("web-0"), Fixtures.BILLING);
        overlay.linkHost(Fixtures.ORGANIZATION, new HostName("web-4"), Fixtures.SHIPPING);
        overlay.linkHost(Fixtures.ORGANIZATION, new HostName("web-3"), Fixtures.BILLING);

        assertThat(overlay.hostsOf(Fixtures.ORGANIZATION, Fixtures.BILLING, null, 3))
                .extracting(HostName::value)
                .containsExactly("web-2", "web-3", "web-6");
        assertThat(overlay.hostsOf(Fixtures.ORGANIZATION, Fixtures.SHIPPING, null, 3))
                .extracting(HostName::value)
                .containsExactly("web-4");
    }

    @Test
    void hostsAreInTheOrderOfJavaAlsoPastTheBasicPlane() {
        var overlay = new StateOverlay(new StateRecords.InMemory());
        var names = new ArrayList<HostName>();
        for (var name : new String[] {"\uFFFD", "\uD83D\uDE00", "a", "\uE000"}) {
            names.add(new HostName(name));
            overlay.linkHost(Fixtures.ORGANIZATION, new HostName(name), Fixtures.BILLING);
        }
        assertThat(overlay.hostsOf(Fixtures.ORGANIZATION, Fixtures.BILLING, null, 10))
                .containsExactlyElementsOf(names.stream().sorted().toList());
    }
}
