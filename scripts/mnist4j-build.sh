# shellcheck shell=bash disable=SC2154
# The part of scripts/mnist4j that builds the program and the archive of its classes.
# It uses that script's functions and variables.

# Waits until no other launcher builds.
lock() {
  local code owner waits=0
  if type flock >/dev/null 2>&1 && exec 9>>"$state/lock"; then
    while :; do
      flock -n 9
      code=$?
      [ $code -ne 0 ] || return 0
      # Anything but "taken", such as a file system without locks: the other way.
      [ $code -eq 1 ] || break
      wait_for_other $((waits++))
    done
    exec 9>&-
  fi
  while ! mkdir "$state/lock.d" 2>/dev/null; do
    owner=
    { read -r owner <"$state/lock.d/pid"; } 2>/dev/null
    # No owner yet: it is about to write its number, or it was killed before it could.
    if { [ -n "$owner" ] && ! alive "$owner"; } || { [ -z "$owner" ] && [ $waits -gt 25 ]; }; then
      # Renaming succeeds for one of several that find the same dead owner.
      mv "$state/lock.d" "$state/lock.dead.$$" 2>/dev/null && rm -rf "$state/lock.dead.$$"
      continue
    fi
    wait_for_other $((waits++))
  done
  locked_directory=$state/lock.d
  echo $$ >"$locked_directory/pid"
}

# Another user's process cannot be signalled, but it is listed.
alive() { kill -0 "$1" 2>/dev/null || ps -p "$1" >/dev/null 2>&1; }

wait_for_other() {
  [ "$1" -ne 0 ] || say 'waiting for a build that another mnist4j has begun ...'
  sleep 0.2
}

unlock() {
  exec 9>&-
  [ -z "$locked_directory" ] || rm -rf "$locked_directory"
  locked_directory=
}

interrupted() {
  trap '' INT TERM HUP
  if [ -n "$child" ]; then
    kill -TERM -- "-$child" 2>/dev/null
    wait "$child" 2>/dev/null
  fi
  [ -z "$terminal" ] || printf '\r\033[K' >&2
  unlock
  exit "$1"
}

# Runs a function while no other launcher runs one so. Sets child where that starts a process.
exclusively() {
  locked_directory=
  child=
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  lock
  "$@"
  unlock
  trap - INT TERM HUP
}

build() {
  mvn=$(type -P mvn) || mvn=${MAVEN_HOME:-/none}/bin/mvn
  [ -x "$mvn" ] || fail "$NOT_AVAILABLE" \
    "no Maven found, and the program must be built ($reason): put mvn 3.8 or newer on the PATH"
  jdk=$java_home
  if [ -z "$jdk" ]; then
    jdk=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  fi
  [ -x "$jdk/bin/javac" ] || [ -x "$jdk/bin/javac.exe" ] || fail "$NOT_AVAILABLE" \
    "$jdk has no compiler, and the program must be built ($reason): set JAVA_HOME to a full JDK"
  if ! mkdir -p "$state" 2>/dev/null || [ ! -w "$state" ] || [ ! -w "$target" ]; then
    fail "$NOT_WRITABLE" "the program must be built ($reason), but $target is not writable"
  fi
  exclusively build_program
}

build_program() {
  local sources code
  ! up_to_date || return 0
  # Files of a build that was killed are not complete.
  [ ! -e "$state/building" ] || rm -rf "$target/classes" "$target/maven-status"
  # Removed, not overwritten: a program that runs from it keeps its open file.
  : >"$state/building"
  rm -f "$state/jar" "$jar"
  sources=$(list_sources)
  postdate "$state/building"
  run_maven
  code=$?
  if [ $code -ne 0 ] || [ ! -e "$jar" ]; then
    build_failed
  fi
  record "$state/building" "$sources"
  rm -f "$state/building"
}

# A source from the future (a clock set back, a share's other clock) would be newer at every start.
postdate() {
  local source
  while IFS= read -r source; do
    if [ "$home/$source" -nt "$1" ]; then
      touch -r "$home/$source" "$1"
    fi
  done <<<"$sources"
}

# What the build will fetch; nothing where it is there.
download() {
  local repository=${HOME:-/}/.m2/repository cuda=' ' size= megabytes=0
  if [ "$backend" = cuda ]; then
    for cuda in "$repository"/org/nd4j/nd4j-cuda-11.6/*/*x86_64*.jar; do
      [ -e "$cuda" ] || size=0.7
    done
    case " $MNIST4J_CUDA_FLAGS " in
      *' -Dcuda.redist= '*) ;;
      *)
        for cuda in "$repository"/org/bytedeco/cuda/*/*-redist.jar; do
          [ -e "$cuda" ] || case $size in
            '') size=1.8 ;;
            *) size=2.5 ;;
          esac
        done
        ;;
    esac
    if [ -n "$size" ]; then
      printf '; downloads about %s GB once, and needs %s GB of disk in all' "$size" \
        "$([ $size = 0.7 ] && echo 3 || echo 9)"
    fi
  else
    [ -d "$repository/org/nd4j/nd4j-native" ] || megabytes=150
    [ -z "$spark" ] || [ -d "$repository/org/apache/spark" ] || megabytes=$((megabytes + 130))
    [ $megabytes -eq 0 ] || printf '; downloads about %d MB once' $megabytes
  fi
}

run_maven() {
  local text activity='' last columns
  text="building ($reason$(download)) ..."
  # A group of its own, so that an interrupt ends Maven and whatever it has started.
  set -m
  (
    cd "$home" || exit
    export JAVA_HOME=$jdk
    set --
    case $natives in
      extension:*)
        extension=${natives%% *}
        set -- "-Dnatives.extension=${extension#extension:}"
        ;;
    esac
    if [ "$backend" = cuda ]; then
      # Split at spaces, but never matched against files.
      set -f
      # shellcheck disable=SC2086
      set -- -Pcuda $MNIST4J_CUDA_FLAGS "$@"
    else
      case $natives in
        # The first is the build for CPUs without AVX2, where the newer OpenBLAS is not tested.
        extension: | *' nd4j-openblas') set -- -Pnd4j-openblas "$@" ;;
      esac
    fi
    exec "$mvn" -B -Dquick ${spark:+-Pspark} package -DskipTests "$@"
  ) </dev/null >"$log" 2>&1 &
  child=$!
  set +m
  if [ -z "$terminal" ]; then
    say "$text"
  else
    terminal_columns
    while kill -0 "$child" 2>/dev/null; do
      last=$(tail -n 1 "$log" 2>/dev/null)
      case $last in
        Download*://*)
          activity=${last#*://}
          activity=${activity%% *}
          activity=", fetching ${activity##*/}"
          ;;
        '[INFO] --- '*)
          activity=${last#*--- }
          activity=${activity%% *}
          activity=", ${activity##*:}"
          ;;
      esac
      last="mnist4j: $text $SECONDS s$activity"
      # The last column stays free: a full line would wrap and could not be drawn over.
      printf '\r\033[K%s' "${last:0:$((columns - 1))}" >&2
      sleep 0.2
    done
    printf '\r\033[K' >&2
  fi
  wait "$child"
}

build_failed() {
  local why lines unreachable='UnknownHost|Unknown host|Connection refused|Network is unreachable|timed out'
  unreachable="$unreachable|name resolution|No route to host|in offline mode"
  if grep -Eq "Could not transfer|in offline mode" "$log" && grep -Eq "$unreachable" "$log"; then
    why='Maven Central could not be reached, and the build needs files from it'
  else
    why="the build failed"
    lines=$(
      grep -E '^\[(ERROR|FATAL)\]|^Error|^The ' "$log" |
        grep -Ev '^\[ERROR\] *($|-> |\[Help|To see|Re-run|For more|After correcting|COMPILATION)' |
        awk '!seen[$0]++' | head -n 5
    )
    printf '%s\n' "${lines:-$(tail -n 3 "$log")}" >&2
  fi
  unlock
  fail "$BUILD_FAILED" "$why; see $log"
}

# Lets the JVM write the program's classes, in the form that they have in memory, into an archive.
archive_classes() {
  if mkdir -p "$state" 2>/dev/null && [ -w "$state" ]; then
    exclusively run_rehearsal
  fi
}

run_rehearsal() {
  local new=$state/classes.new folder=$state/rehearsal
  ! archive_is_current || return 0
  [ -z "$terminal" ] || printf 'mnist4j: preparing quick starts ...' >&2
  # Left by a process that was killed.
  rm -rf "$folder" "$new"
  set -m
  "$java" "${flags[@]}" "-XX:ArchiveClassesAtExit=$new" -cp "$jar" io.mnist4j.cli.CdsWarmUp "$folder" \
    </dev/null >/dev/null 2>&1 &
  child=$!
  set +m
  if wait "$child" && [ -e "$new" ]; then
    # The JVM trusts what it maps: after a power failure a part of it would be worse than nothing.
    sync "$new" 2>/dev/null
    mv -f "$new" "$archive"
  else
    rm -f "$new" "$archive"
  fi
  rm -rf "$folder"
  # Also after a failure: a JVM that has no such archives is not asked at each start.
  printf '%s\n' "$archive_key" >"$archive.key" && touch -r "$jar" "$archive.key"
  [ -z "$terminal" ] || printf '\r\033[K' >&2
}
