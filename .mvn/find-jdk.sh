# Sourced by ./mvnw and ./hindcast: points JAVA_HOME at a JDK of at least the version Hindcast needs.
# Looks at JAVA_HOME, the java on the PATH, and the places where package managers put JDKs.
HINDCAST_JDK=25

jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  path_java=$(command -v javac 2>/dev/null || true)
  if [ -n "$path_java" ]; then
    path_java=$(readlink -f "$path_java" 2>/dev/null || printf %s "$path_java")
    path_java=${path_java%/bin/javac}
  fi
  set +f
  for home in "${JAVA_HOME:-}" "$path_java" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] || continue
    major=$(jdk_major "$home") || continue
    if [ "${major:-0}" -ge "$HINDCAST_JDK" ]; then
      printf %s "$home"
      return 0
    fi
  done
  return 1
}

if found=$(find_jdk); then
  JAVA_HOME=$found
  export JAVA_HOME
else
  cat >&2 <<MISSING
Hindcast needs a JDK of version $HINDCAST_JDK or newer (with javac) and found none.
Looked at JAVA_HOME (${JAVA_HOME:-not set}), at the java on the PATH, and under /usr/lib/jvm and the usual JDK folders.
Install one (for example Eclipse Temurin $HINDCAST_JDK), or set JAVA_HOME to it, and run the same command again.
MISSING
  exit 1
fi
