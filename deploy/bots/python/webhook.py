#!/usr/bin/env python3
"""Takes FeedWatch's webhooks: checks who signed them and when, drops repeats, prints. Needs nothing but Python.

    webhook.py 8090 SECRET_FILE

SECRET_FILE holds what the channel's Token or TokenFile holds: one secret, or two, one a line, while they are changed.
"""
import base64
import collections
import hashlib
import hmac
import http.server
import json
import pathlib
import sys
import time

TOLERANCE = 300  # seconds between the sender's clock and ours; an older request may be a recorded one
MOST_BYTES = 64 * 1024
REMEMBERED = 100_000


def fault(headers, body, secrets, now):
    """Why the request is not to be believed; None where it is."""
    identity, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signed = f"{identity}.{timestamp}.".encode() + body
    ours = [hmac.new(base64.b64decode(s.removeprefix("whsec_")), signed, hashlib.sha256).digest() for s in secrets]
    theirs = [s.removeprefix("v1,").encode() for s in headers.get("webhook-signature", "").split() if s.startswith("v1,")]
    if not any(hmac.compare_digest(base64.b64encode(mine), other) for mine in ours for other in theirs):
        return "the signature is wrong"
    if abs(now - int(timestamp)) > TOLERANCE:
        return f"it was signed {now - int(timestamp):.0f} seconds ago"
    return None


class Receiver(http.server.BaseHTTPRequestHandler):
    told = collections.OrderedDict()  # keep it in a file or a database where a repeat after a restart matters

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BYTES:
            return self.answer(413, "too large")
        body = self.rfile.read(length)
        secrets = pathlib.Path(self.server.secret_file).read_text().split()
        if wrong := fault(self.headers, body, secrets, time.time()):
            return self.answer(401, wrong)
        identity = self.headers["webhook-id"]
        if identity not in self.told:
            event = json.loads(body)
            event = event.get("data", event)  # structured mode has the event in data
            print(event["type"], event["id"], event.get("title", ""), flush=True)
            self.told[identity] = None
            if len(self.told) > REMEMBERED:
                self.told.popitem(last=False)
        return self.answer(204)

    def answer(self, status, why=""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(why)))
        self.end_headers()
        self.wfile.write(why.encode())

    def log_message(self, *_):
        pass


def main(port, secret_file):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Receiver)
    server.secret_file = secret_file
    print(f"waiting on port {server.server_port}", file=sys.stderr, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
