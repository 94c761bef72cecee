#!/bin/sh
# Follows what happens in Samsyn, as the party whose key it has: each batch of changes as one line of JSON on standard output.
#
#   SAMSYN_KEY=samsyn_... sh follow.sh https://samsyn.example/graphql [cursor.txt] [seconds between questions]
#
# Needs curl and nothing else. Begins with what happens from now on, and goes on where it was, however often the hub restarts. The
# place in the stream is saved after a batch has been printed. The key goes to curl on standard input, so that no list of processes
# shows it.
set -eu
address=$1
file=${2:-cursor.txt}
every=${3:-2}
: "${SAMSYN_KEY:?is not set}"
# Told to stop, it stops when what is printed is saved too.
stop=
trap 'stop=1' TERM INT

# The answer to a query without variables, in $answer; asked again while the hub is away. A key that does not hold ends the program.
ask() {
  while :; do
    status=0
    answer=$(printf 'header = "Authorization: Bearer %s"\n' "$SAMSYN_KEY" |
      curl --silent --show-error --max-time 30 --config - --write-out '\n%{http_code}' \
        --header 'Content-Type: application/json' --header 'Accept: application/json' --data "{\"query\":\"$1\"}" "$address") || status=$?
    code=${answer##*
}
    answer=${answer%
*}
    case "$status $code" in
      '0 200') case $answer in *'"errors":'*'TRY_AGAIN'* | *'"errors":'*'INTERNAL_SERVER_ERROR'*) ;; *'"errors":['*) break ;; *) return ;; esac ;;
      '0 4'??) break ;;
    esac
    [ -z "$stop" ] || exit 0
    echo "asking again: the hub does not answer ($code)" >&2
    sleep 1
  done
  echo "the hub refuses: $answer" >&2
  exit 1
}

# A value of the answer by its name. Inside a text every quote has a backslash before it, so no text can look like a name.
value() { printf '%s' "$answer" | sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p"; }

save() {
  printf '%s' "$1" >"$file.new"
  mv "$file.new" "$file"
}

if [ ! -s "$file" ]; then
  ask '{ place: cursor }'
  save "$(value place)"
fi
while [ -z "$stop" ]; do
  ask "{ changes(after: \\\"$(cat "$file")\\\") { ... on ChangeBatch { place: cursor more: hasMore changes { id kind at gone subjectId actor { name } changes { field from to } } } ... on Resync { reason place: cursor } } }"
  case $answer in
    *'"reason":"'*) echo "beginning anew, what happened before is not told: $(value reason)" >&2 ;;
    *'"changes":[]'*) ;;
    *) printf '%s\n' "$answer" ;;
  esac
  save "$(value place)"
  case $answer in *'"more":true'*) ;; *) sleep "$every" ;; esac
done
