# One connection for as long as it lasts, ten echoes a second. When it ends, another.
trap 'exit 0' TERM
talk='
read -r -t 10 name || exit
echo "$EPOCHREALTIME $EPOCHREALTIME OPENED $name" >&3
n=0
while :; do
  n=$((n + 1))
  begin=$EPOCHREALTIME
  echo $n
  read -r -t 10 got || exit
  outcome=ECHOED
  [ "$got" = $n ] || outcome=FAILED
  echo "$begin $EPOCHREALTIME $outcome $n" >&3
  sleep 0.1
done'
while :; do
  begin=$EPOCHREALTIME
  nc "$HOST" "$PORT" -e sh -c "$talk" 3>&1 2>/dev/null
  echo "$begin $EPOCHREALTIME ENDED"
  sleep 0.1
done
