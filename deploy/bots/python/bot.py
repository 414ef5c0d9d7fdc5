#!/usr/bin/env python3
"""A FeedWatch bot in Python: prints every breaking incident once.

    apt-get install python3-pika python3-jsonschema     (or pip install pika jsonschema; it runs without jsonschema)
    bot.py amqp://guest:guest@127.0.0.1:5672/ [ROUTING_KEY] [FILE_OF_IDS]

Put your chat's send function where it prints. All texts come from news feeds: escape them for your chat.
"""
import json
import pathlib
import signal
import sys

import pika

try:
    import jsonschema
except ImportError:
    jsonschema = None

EXCHANGE, QUEUE = "feedwatch.events", "bot.python"
SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "contract" / "schemas"


def faults(event):
    """Why it is no event as the contract describes it; None where it is one, or of a type newer than our schemas."""
    path = SCHEMAS / f'{event["type"]}.json'
    if jsonschema is None or not path.exists():
        return None
    error = next(jsonschema.Draft202012Validator(json.loads(path.read_text("utf-8"))).iter_errors(event), None)
    return error and f"{error.json_path}: {error.message[:200]}"


def line(event):
    networks = ", ".join(n["name"] for n in event.get("networks", []) if n["about"])
    figures = "; ".join(" ".join(filter(None, [f["kind"], f'{f["value"]:,}', f["unit"], f["scope"]])) for f in event.get("figures", []))
    article, feed = event.get("article", {}), event.get("feed", event.get("channel", ""))
    words = [event.get("severity", "").upper(), event["type"], feed if isinstance(feed, str) else feed["name"], networks,
             event.get("title") or article.get("title", ""), event.get("reason", ""), figures, article.get("link", "")]
    return " | ".join("".join(c if c.isprintable() else " " for c in w) for w in words if w)


def main(url, key="incident.*.breaking.#", file_of_ids=None):
    ids = pathlib.Path(file_of_ids) if file_of_ids else None
    told = set(ids.read_text().split()) if ids and ids.exists() else set()

    def on_event(channel, method, properties, body):
        try:
            event = json.loads(body)
            wrong = faults(event)
        except (ValueError, KeyError, TypeError) as error:
            wrong = f"no event: {error!r}"
        if wrong:
            print(f"refused {properties.message_id}: {wrong}", file=sys.stderr, flush=True)
            channel.basic_reject(method.delivery_tag, requeue=False)
            return
        if event["id"] not in told:
            print(line(event), flush=True)
            told.add(event["id"])
            if ids:
                with ids.open("a") as file:
                    file.write(event["id"] + "\n")
        channel.basic_ack(method.delivery_tag)  # only now: a crash before this line brings the event again

    channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
    channel.exchange_declare(EXCHANGE, "topic", durable=True)
    channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
    channel.queue_bind(QUEUE, EXCHANGE, key)
    channel.basic_qos(prefetch_count=20)
    channel.basic_consume(QUEUE, on_event)
    print(f"waiting for {key} on {EXCHANGE}", file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    channel.start_consuming()


if __name__ == "__main__":
    main(*sys.argv[1:])
