#!/usr/bin/env bash
# How many predictions a second `mnist4j serve` makes, and how soon: serve.sh MODEL [SECONDS]
# Needs wrk and curl. Each request is a picture of 784 pixels as JSON, on a connection that is kept.
set -euo pipefail

model=${1:?usage: serve.sh MODEL [SECONDS]}
seconds=${2:-10}
program=$(dirname "$0")/../mnist4j
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -r "$folder"' EXIT

# Ten thousand connections are as many open files.
ulimit -n "$(ulimit -H -n)"
touch "$folder/stdout"
"$program" serve "$model" --port 0 --rate 0 --quiet >"$folder/stdout" &
server=$!
until grep -q Listening "$folder/stdout"; do
  kill -0 "$server"
  sleep 0.1
done
read -r _ _ address <"$folder/stdout"

cat >"$folder/request.lua" <<'LUA'
local pixels = {}
for i = 1, 784 do
  local row, column = math.floor((i - 1) / 28), (i - 1) % 28
  -- A one: few digits are simpler to make.
  pixels[i] = (column > 12 and column < 16 and row > 3 and row < 24) and 255 or 0
end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = "[" .. table.concat(pixels, ",") .. "]"
LUA

load() {
  wrk -t "$(($1 < 2 ? 1 : 2))" -c "$1" -d "$2s" --timeout 30s --latency \
    -s "$folder/request.lua" "${address}v1/predict"
}

load 64 "$seconds" >/dev/null # The JVM compiles what it will need.
echo '| connections | predictions/s | median | 99 % | lost |'
echo '|---|---|---|---|---|'
for connections in 1 16 64 256 1000 10000; do
  load "$connections" "$seconds" >"$folder/figures"
  awk -v connections="$connections" '
    $1 == "50%" { median = $2 }
    $1 == "99%" { slow = $2 }
    $1 == "Requests/sec:" { rate = $2 }
    /Socket errors/ { gsub(/[^0-9 ]/, ""); lost += $1 + $2 + $3 + $4 }
    /Non-2xx/ { lost += $NF }
    END { printf "| %s | %.0f | %s | %s | %d |\n", connections, rate, median, slow, lost }
  ' "$folder/figures"
done
curl -s "${address}metrics" | grep -E '^mnist4j_(heap|off_heap|batch_images_(sum|count))'
