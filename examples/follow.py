#!/usr/bin/env python3
"""Follows what happens in Samsyn, as the party whose key it has: one JSON object per line on standard output.

    SAMSYN_KEY=samsyn_... python3 follow.py https://samsyn.example/graphql [--cursor-file cursor.txt] [--every 2]

Nothing but Python's standard library (3.8 or later). Begins with a snapshot of the tasks, then tells every change, each once and in
order, wherever it was stopped and however often the hub restarts. The place in the stream is saved after a batch has been printed:
if this program itself is killed between the two, that batch comes again when it is started; a change's `id` is always the same.
"""

import argparse
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request

SNAPSHOT = """query ($place: String) { cursor collaboration { tasks(first: 100, after: $place) {
  nodes { id title state audience dueOn version } pageInfo { hasNextPage endCursor } } } }"""
CHANGES = """query ($after: Cursor!) { changes(after: $after) { __typename
  ... on ChangeBatch { cursor hasMore changes {
    id kind at gone subjectId subjectVersion actor { name } party { name } changes { field from to } } }
  ... on Resync { reason cursor } } }"""
LONGEST_PAUSE = 5
stopping = False


class Hub:
    def __init__(self, address, key):
        self.address, self.key = address, key

    def ask(self, query, **variables):
        """The answer's data. A hub that is away, restarting or busy is asked again; a key that does not hold ends the program."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Authorization": "Bearer " + self.key}
        pause = 0.2
        while True:
            try:
                request = urllib.request.Request(self.address, body, headers)
                with urllib.request.urlopen(request, timeout=30) as response:
                    answer = json.load(response)
                if "errors" not in answer:
                    return answer["data"]
                problem = answer["errors"][0]["message"]
                if answer["errors"][0].get("extensions", {}).get("code") not in ("TRY_AGAIN", "INTERNAL_SERVER_ERROR"):
                    sys.exit("the hub refuses: " + problem)
            except urllib.error.HTTPError as error:
                if error.code < 500 and error.code != 429:
                    sys.exit("the hub refuses: %s %s" % (error.code, error.read(500).decode(errors="replace")))
                problem = str(error)
            except (OSError, ValueError) as error:  # not reached, or cut in the middle of an answer
                problem = str(error)
            if stopping:
                sys.exit(0)
            print("asking again: " + problem, file=sys.stderr)
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def stop(*_):
    global stopping
    stopping = True


def tell(what):
    print(json.dumps(what, ensure_ascii=False), flush=True)


def save(path, cursor):
    """Whole or not at all, also when the power goes."""
    with open(path + ".new", "w") as file:
        file.write(cursor)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)


def snapshot(hub):
    """All tasks as they are. The cursor of the first page is the place to follow from: what changes meanwhile comes after it."""
    cursor, place = None, None
    while True:
        answer = hub.ask(SNAPSHOT, place=place)
        cursor = cursor or answer["cursor"]
        tasks = answer["collaboration"]["tasks"]
        for task in tasks["nodes"]:
            tell({"snapshot": task})
        if not tasks["pageInfo"]["hasNextPage"]:
            return cursor
        place = tasks["pageInfo"]["endCursor"]


def follow(hub, path, every):
    try:
        with open(path) as file:
            cursor = file.read().strip()
    except FileNotFoundError:
        cursor = snapshot(hub)
        save(path, cursor)
    while not stopping:
        batch = hub.ask(CHANGES, after=cursor)["changes"]
        if batch["__typename"] == "Resync":
            # The place is not one of this stream any more, for example after a backup was restored: begin anew.
            print("beginning anew: " + batch["reason"], file=sys.stderr)
            cursor = snapshot(hub)
        else:
            for change in batch["changes"]:
                tell(change)
            cursor = batch["cursor"]
        save(path, cursor)
        if not batch.get("hasMore"):
            time.sleep(every)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Follows what happens in Samsyn.")
    parser.add_argument("address", help="for example https://samsyn.example/graphql")
    parser.add_argument("--cursor-file", default="cursor.txt", help="where the place in the stream is kept")
    parser.add_argument("--every", type=float, default=2, help="seconds between questions")
    given = parser.parse_args()
    if not os.environ.get("SAMSYN_KEY"):
        sys.exit("SAMSYN_KEY is not set")
    # Told to stop, it stops when what is printed is saved too.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    follow(Hub(given.address, os.environ["SAMSYN_KEY"]), given.cursor_file, given.every)
