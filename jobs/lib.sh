# What the scripts of this folder share: complaints, Java, and the job jar, which is built when the sources are newer.
# The script that takes it in sets program, the name under which it complains.

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
target=$home/target

complain() {
  echo "$program: $*" >&2
}

fail() { # the run failed
  complain "$@"
  exit 1
}

refuse() { # the run cannot start as asked
  complain "$@"
  exit 2
}

is_count() { # text
  [[ $1 =~ ^[1-9][0-9]*$ ]]
}

warn_of_pinned_kernels() {
  local pinned=()
  [[ -z ${OPENBLAS_CORETYPE:-} ]] || pinned+=(OPENBLAS_CORETYPE)
  [[ -z ${OPENBLAS_L2_SIZE:-} ]] || pinned+=(OPENBLAS_L2_SIZE)
  if [[ ${#pinned[@]} -gt 0 ]]; then
    complain "${pinned[*]} set in the environment: OpenBLAS obeys and may run slower (unset ${pinned[*]})"
  fi
}

# --- Java ---------------------------------------------------------------------------------------------------------

find_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/java}
  java=${java:-java}
  command -v "$java" >/dev/null || fail "no Java at '$java': install Java 17 or newer, or set JAVA_HOME to one"
  local version
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
  [[ ${version:-0} -ge 17 ]] || fail "'$java' is Java ${version:-unknown}: set JAVA_HOME to Java 17 or newer"
}

# --- The job jar --------------------------------------------------------------------------------------------------

find_job_jar() { # the newest: after a change of version an old one may lie beside it
  job_jar=$(ls -t "$target"/spark-autoencoders-*-job.jar 2>/dev/null | head -n 1 || true)
}

is_stale() {
  find_job_jar
  [[ ! -f $job_jar || ! -f $target/spark-classpath.txt ]] && return 0
  [[ -n $(find "$home/src/main" "$home/pom.xml" -newer "$job_jar" -print 2>/dev/null | head -n 1) ]]
}

# What Maven says that a person waiting for it wants to read: how far the downloads are, each part of the build, errors.
tell_build() {
  awk -v program="$program" '
    BEGIN { told = 1 } # what the wrapper says, then errors with the lines that belong to them
    /^\[/ { told = /^\[ERROR\]/ }
    /^(\[INFO\] )?Downloaded from .*\.jar / { if (++jars % 25 == 0) say(jars " libraries downloaded") }
    /^\[INFO\] --- (compiler:.*:compile|shade:)/ { say($3 ~ /^compiler/ ? "compiling" : "packing the job jar") }
    told && !/^(Download|Progress)/ { print; fflush() }
    function say(what) { print program ": " what; fflush() }' >&2
}

build_if_stale() {
  is_stale || return 0
  mkdir -p "$target"
  (
    # Two runs started together build once.
    if command -v flock >/dev/null; then flock 9; fi
    is_stale || exit 0
    complain "building (the first time takes a few minutes)"
    cd "$home"
    ./mvnw -B -Dmaven.test.skip=true -Dcyclonedx.skip=true package 2>&1 | tell_build
  ) 9>"$target/.build.lock" || fail "the build failed; its messages stand above"
  find_job_jar
}
