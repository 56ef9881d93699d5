-- Whoever the service logs in as works as the writer (SET ROLE); done each time, for that name may change.
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO keyledger_audit_writer;
DO $$
BEGIN
    -- A member already: nothing to grant, and who migrates need not be allowed to.
    IF NOT pg_has_role('${service_user}', 'keyledger_audit_writer', 'MEMBER') THEN
        GRANT keyledger_audit_writer TO "${service_user}";
    END IF;
END
$$;
