# The processes of the cluster in $folder, and what its master says of it on its web interface at $host: for jobs/cluster.

# --- Processes ----------------------------------------------------------------------------------------------------

# Ids of all processes of the cluster, whoever their parent is now; a process that has ended has no environment any more.
processes() {
  grep -lzxF -- "SPARKAE_CLUSTER=$folder" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3 || true
}

count_of() { # class
  local pid count=0
  for pid in $(processes); do
    if grep -qzxF -- "$1" "/proc/$pid/cmdline" 2>/dev/null; then count=$((count + 1)); fi
  done
  echo "$count"
}

# What start noted of the cluster; empty if it did not come so far.
fact() { # master|ui|workers
  if [[ -r $folder/facts ]]; then
    sed -n "s/^$1=//p" "$folder/facts"
  fi
}

master_class=org.apache.spark.deploy.master.Master
worker_class=org.apache.spark.deploy.worker.Worker
executor_class=org.apache.spark.executor.CoarseGrainedExecutorBackend
driver_class=org.apache.spark.deploy.worker.DriverWrapper

is_whole() {
  [[ $(count_of $master_class) == 1 ]] &&
    [[ $(count_of $worker_class) == "$(fact workers)" ]]
}

await() { # seconds command: polls until it is true
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [[ $SECONDS -lt $end ]] || return 1
    sleep 0.1
  done
}

are_gone() {
  [[ -z $(processes) ]]
}

signal() { # name
  local pids
  pids=$(processes)
  # shellcheck disable=SC2086
  [[ -z $pids ]] || kill -s "$1" $pids 2>/dev/null || true
}

killed() { # again, for what a dying worker may just have started
  signal KILL
  are_gone
}

# --- The master's web interface -----------------------------------------------------------------------------------

ask_master() { # GET|POST path [form]
  local ui form=${3:-}
  ui=$(fact ui)
  [[ -n $ui ]] || return 1
  (
    exec 3<>"/dev/tcp/$host/${ui##*:}"
    printf '%s %s HTTP/1.0\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s' \
      "$1" "$2" "$host" ${#form} "$form" >&3
    timeout 5 cat <&3
  ) 2>/dev/null
}

# The driver of an application whose cluster just vanishes waits forever.
end_applications() {
  local id
  for id in $(running_applications); do
    ask_master POST /app/kill/ "id=$id&terminate=true" >/dev/null || true
  done
}

running_applications() {
  local answer
  answer=$(ask_master GET /json/activeapps) || return 0
  grep -o '"id" *: *"app-[0-9-]*"' <<<"$answer" | grep -o 'app-[0-9-]*' || true
}

registered() {
  ask_master GET /json/ | sed -n 's/.*"aliveworkers" *: *\([0-9]*\).*/\1/p'
}
