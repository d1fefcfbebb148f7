# Listens on port 8080; SIGUSR1 ends that, SIGUSR2 begins it again.
serve() {
  nc -ll -p 8080 -e true &
  server=$!
}
trap 'kill $server' USR1
trap serve USR2
trap 'exit 0' TERM
serve
while :; do
  sleep 1 &
  wait $!
done
