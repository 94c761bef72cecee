// What a program sends, written out for this hub's address. The whole programs are in `examples/`, run by the tests.

/** Once: where the stream is. Then, again and again: what has happened since. */
export const curl = (address: string) => `ask() {
  curl -s ${address} -H 'Content-Type: application/json' \\
    -H "Authorization: Bearer $SAMSYN_KEY" -d "$1"
}
ask '{"query":"{ cursor }"}'
ask '{"query":"query ($after: Cursor!) { changes(after: $after) { ... on ChangeBatch { cursor hasMore changes { id kind at } } ... on Resync { cursor } } }",
  "variables":{"after":"…"}}'`

/** A list as a table, filtered and ordered as a query is. */
export const csv = (
  origin: string,
  slug: string,
) => `curl -OJG ${origin}/c/${slug}/export/tasks.csv -H "Authorization: Bearer $SAMSYN_KEY" \\
  --data-urlencode 'variables={"filter":{"states":["ONGOING"]},"sort":"DUE_ON"}'`

/** The same with its price. */
export const priced = (address: string) => `curl -s ${address} -H 'Content-Type: application/json' \\
  -H "Authorization: Bearer $SAMSYN_KEY" \\
  -d '{"query":"{ cursor }","extensions":{"cost":true}}'`

export const python = (address: string) => `import json, os, time, urllib.request

def ask(query, **variables):
    request = urllib.request.Request("${address}",
        json.dumps({"query": query, "variables": variables}).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["SAMSYN_KEY"]})
    return json.load(urllib.request.urlopen(request))["data"]

cursor = ask("{ cursor }")["cursor"]
while True:
    batch = ask("""query ($after: Cursor!) { changes(after: $after) {
        ... on ChangeBatch { cursor hasMore changes { id kind at } } ... on Resync { cursor } } }""", after=cursor)["changes"]
    for change in batch.get("changes", []):
        print(change)
    cursor = batch["cursor"]
    if not batch.get("hasMore"):
        time.sleep(2)`
