# For scripts/contract, scripts/api-check, scripts/api-client and scripts/month-check, which source it in the project's folder: the
# judges, and the service and a simulated Stripe as processes. They end with the script, and so does its folder.

# Installs what judges.txt lists into a throwaway environment, unless it is there already.
install_judges() {
    judges=$PWD/.venv-contract/bin
    if ! "$judges/python" -c '' 2> /dev/null || ! cmp --quiet Tests/Support/judges.txt .venv-contract/judges.txt; then
        rm --recursive --force .venv-contract
        python3 -m venv .venv-contract
        "$judges/python" -m pip install --quiet --disable-pip-version-check --requirement Tests/Support/judges.txt
        cp Tests/Support/judges.txt .venv-contract/
    fi
}

# build_programs PRODUCT …
build_programs() {
    local product
    for product in "$@"; do scripts/swift-tested build --quiet --product "$product"; done
    programs=$(scripts/swift-tested build --show-bin-path)
}

folder=$(mktemp --directory)
running=()
goodbye() {
    [[ ${#running[@]} -eq 0 ]] || kill "${running[@]}" 2> /dev/null || true
    rm --recursive --force "$folder"
}
trap goodbye EXIT

# Port 0 lets the system choose a free one; the program's first line says which.
address() {
    local try
    for try in {1..100}; do
        grep --only-matching --max-count 1 'http://127\.0\.0\.1:[0-9]*' "$1" && return
        sleep 0.1
    done
    cat "$1" >&2
    return 1
}

# start_simulator [OPTION …]
start_simulator() {
    "$programs/stripe-simulator" --listen 127.0.0.1:0 "$@" > "$folder/simulator" 2>&1 &
    running+=("$!")
    STRIPE_URL=$(address "$folder/simulator")
    export STRIPE_URL LEDGER_SIMULATED_CLOCK=1 LEDGER_DB=$folder/ledger.db
}

# A verb; what it says beside its result is of interest only if it fails.
ledger() {
    "$programs/soferu-ledger" "$@" --format json 2> "$folder/said" || { cat "$folder/said" >&2 && return 1; }
}

# Gives the url, with one hotel, and an operator's token; the log is $folder/log.
start_service() {
    echo sk_test_seeblick > "$folder/key"
    echo whsec_seeblick > "$folder/webhook"
    ledger tenant add seeblick --name "Hotel Seeblick" > /dev/null
    ledger tenant stripe seeblick --secret-key-file "$folder/key" --webhook-secret-file "$folder/webhook" > /dev/null
    token=$(ledger token create --role operator --name check | grep --only-matching 'slt_[A-Za-z0-9_-]*')
    "$programs/soferu-ledger" serve --listen 127.0.0.1:0 --requests-per-second 1000000 > "$folder/service" 2> "$folder/log" &
    running+=("$!")
    url=$(address "$folder/service")
}
