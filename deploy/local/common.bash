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
    echo "Keyledger needs a JDK 25, and none was found in JAVA_HOME, JDK_HOME, /usr/lib/jvm, ~/.jdks or sdkman: install one (Temurin 25, say), or set JAVA_HOME to it." >&2
    return 1
  }
}

require_maven() {
  command -v mvn >/dev/null || {
    echo "Keyledger is built with Maven 3.8 or later, and there is no mvn on the PATH: install it (Debian, Ubuntu: apt-get install maven)." >&2
    return 1
  }
}

# PostgreSQL refuses to run as root: root starts it in a user namespace.
require_unshare() {
  [ "$(id -u)" = 0 ] || return 0
  if ! command -v unshare >/dev/null; then
    echo "As root, PostgreSQL is started through unshare, which is not here: install util-linux, or start Keyledger as another user." >&2
    return 1
  elif ! unshare -U id >/dev/null 2>&1; then
    echo "As root, PostgreSQL is started in a user namespace, which this machine does not allow: start Keyledger as another user." >&2
    return 1
  fi
}

# Prints the process id of the suite that runs on this data folder, or fails. Ids come back: the command line must name the folder.
running_suite() {
  local pid
  pid=$(cut -d' ' -f1 "$1/run/suite.pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  # No pipe into grep -q: it stops reading at its match, and a command line longer than a pipe's write then counts as failed.
  case $'\n'$(tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline")$'\n' in
    *$'\n'"-Dkeyledger.data=$1"$'\n'*) echo "$pid" ;;
    *) return 1 ;;
  esac
}

# Prints the java command line of the suite's supervisor, a word a line: data folder, JDK, repository.
suite_command() {
  printf '%s\n' "$2/bin/java" -Xms16m -Xmx192m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 \
    -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 \
    -XX:ReservedCodeCacheSize=32m -Dlogback.configurationFile=io/keyledger/local/suite-logback.xml \
    "-Dkeyledger.data=$1" "-Dot.epg.working-dir=$1/postgres-binaries" "-Dkeyledger.registry.home=$3/deploy/local/target/registry" \
    -cp "$1/app/local/keyledger-local.jar:$(cat "$1/app/local/classpath")" io.keyledger.local.Suite
}
