package io.keyledger.audit.record;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Fails now and then: before a commit (its connection is lost, its disk is full), and after one, when nobody can know whether it was done. */
final class UnreliableDataSource extends DelegatingDataSource {

    private final Random random;
    private final AtomicInteger planted;

    UnreliableDataSource(DataSource target, long seed, AtomicInteger planted) {
        super(target);
        this.random = new Random(seed);
        this.planted = planted;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    boolean isCommit = method.getName().equals("commit");
                    if (isCommit && random.nextInt(4) == 0) {
                        planted.incrementAndGet();
                        connection.rollback();
                        throw random.nextBoolean()
                                ? new SQLRecoverableException("Planted: lost before the commit")
                                : new SQLException("Planted: no space left on device", "53100");
                    }
                    try {
                        var result = method.invoke(connection, arguments);
                        if (isCommit && random.nextInt(4) == 0) {
                            planted.incrementAndGet();
                            throw new SQLRecoverableException("Planted: lost after the commit");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
