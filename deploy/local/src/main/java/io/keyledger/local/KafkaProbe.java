package io.keyledger.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a broker the smallest question of Kafka's protocol: a port that is open is not yet a broker that answers. */
final class KafkaProbe {
    private static final int TIMEOUT_MS = 1_000;
    private static final short API_VERSIONS = 18;
    private static final int CORRELATION = 7;

    private KafkaProbe() {}

    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(10); // bytes that follow
            out.writeShort(API_VERSIONS);
            out.writeShort(0); // version
            out.writeInt(CORRELATION);
            out.writeShort(-1); // no client id
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            return in.readInt() > 0 && in.readInt() == CORRELATION && in.readShort() == 0;
        } catch (IOException nobody) {
            return false;
        }
    }
}
