# One new connection after the other: a line, then half-close; the backend's name and the line must come back.
trap 'exit 0' TERM
n=0
while :; do
  n=$((n + 1))
  begin=$EPOCHREALTIME
  answer=$(echo "line $n" | timeout 15 nc "$HOST" "$PORT" 2>&1)
  case $answer in
    *"
line $n") outcome=ANSWERED ;;
    *) outcome=FAILED ;;
  esac
  # shellcheck disable=SC2086 # the answer's lines become one
  echo "$begin $EPOCHREALTIME $outcome" $answer
  sleep 0.05
done
