# Shared by deploy/up, deploy/down and .ci/run.

# Prints the home of a JDK 25, or fails.
jdk25() {
  local home
  for home in "${JAVA_HOME:-}" "${JDK_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && [ -x "$home/bin/javac" ] && grep -qs '^JAVA_VERSION="25[."]' "$home/release"; then
      (cd "$home" && pwd -P)
      return
    fi
  done
  return 1
}

require_jdk25() {
  jdk25 || {
    echo "Keyledger needs a JDK 25, and none was found in JAVA_HOME, JDK_HOME, /usr/lib/jvm, ~/.jdks or sdkman: install one, or set JAVA_HOME to it." >&2
    return 1
  }
}

# Prints the process id of the suite that runs on this data folder, or fails.
running_suite() {
  local pid
  pid=$(cut -d' ' -f1 "$1/run/suite.pid" 2>/dev/null) && [ -n "$pid" ] &&
    ps -o args= -p "$pid" 2>/dev/null | grep -q 'io\.keyledger\.local\.Suite' && echo "$pid"
}

# Prints the java command line of the suite's supervisor, a word a line: data folder, JDK, repository.
suite_command() {
  printf '%s\n' "$2/bin/java" -Xms16m -Xmx192m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 \
    -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 \
    -XX:ReservedCodeCacheSize=32m -Dlogback.configurationFile=io/keyledger/local/suite-logback.xml \
    "-Dot.epg.working-dir=$1/postgres-binaries" "-Dkeyledger.registry.home=$3/deploy/local/target/registry" \
    -cp "$1/app/local/keyledger-local.jar:$(cat "$1/app/local/classpath")" io.keyledger.local.Suite
}
