# Greets every client with the PROXY header that it sent, then echoes.
trap 'exit 0' TERM
nc -ll -p 5432 -e sh -c 'read -r header; echo "$header" | tr -d "\\r"; exec cat' &
wait
