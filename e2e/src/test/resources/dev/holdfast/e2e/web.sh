# Answers 200 to whoever knows the word, and 403 to others.
trap 'exit 0' TERM
nc -ll -p 8080 -e sh -c '
status=403
while read -r line && [ "${#line}" -gt 1 ]; do
  case $line in "X-Token: open sesame"*) status=200 ;; esac
done
printf "HTTP/1.0 %s x\r\nContent-Length: 0\r\n\r\n" "$status"' &
wait
