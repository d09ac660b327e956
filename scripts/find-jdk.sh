# Sourced by ./thalweg and ./verify: finds a JDK 25 or later and exports it as JAVA_HOME, whatever java is on the PATH.
# Reads each candidate's release file rather than starting it, so that looking costs a millisecond.

# jdk_version HOME: sets version to the full one and major, recent to 25.0.3-or-later; fails where HOME is no JDK >= 25.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    version=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in JAVA_VERSION=*) version=${line#JAVA_VERSION=}; version=${version#\"}; version=${version%%\"*} ;; esac
    done < "$1/release"
    major=${version%%[!0-9]*}
    [ -n "$major" ] && [ "$major" -ge 25 ] || return 1
    case $version in 25 | 25-* | 25.0.[012] | 25.0.[012][!0-9]*) recent=false ;; *) recent=true ;; esac
}

# consider HOME: keeps the first JDK that will do; one that is too early a build only until a better one comes.
consider() {
    [ "$found_recent" = false ] && [ -n "$1" ] && jdk_version "$1" || return 0
    if [ "$recent" = true ] || [ -z "$found" ]; then
        found=$1 found_version=$version found_recent=$recent
    fi
}

find_jdk() {
    found='' found_version='' found_recent=false
    consider "${JAVA_HOME-}"
    [ "$found_recent" = true ] && return
    java=$(command -v java) && java=$(readlink -f "$java" 2>/dev/null) && consider "${java%/bin/java}"
    for candidate in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /usr/local/openjdk* /usr/local/java/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
        "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        consider "$candidate"
    done
    if [ "$found_recent" = false ] && [ -r "$HOME/.m2/toolchains.xml" ]; then
        toolchains=$(sed -n 's:.*<jdkHome>[[:space:]]*\(.*[^[:space:]]\)[[:space:]]*</jdkHome>.*:\1:p' "$HOME/.m2/toolchains.xml")
        while IFS= read -r candidate; do consider "$candidate"; done <<EOF
$toolchains
EOF
    fi
}

find_jdk
if [ -z "$found" ]; then
    echo "Thalweg needs JDK 25 or later and found none: install one, for instance from https://adoptium.net, or point JAVA_HOME at it." >&2
    exit 1
fi
if [ "$found_recent" = false ]; then
    echo "Warning: JDK $found_version in $found can move arrays that native code is reading; install 25.0.3 or later." >&2
fi
JAVA_HOME=$found
export JAVA_HOME
