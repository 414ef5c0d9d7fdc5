#!/usr/bin/env python3
"""A FeedWatch bot in Python: prints every breaking incident once. Needs pika (apt-get install python3-pika).

    bot.py amqp://guest:guest@127.0.0.1:5672/ [ROUTING_KEY]

Put your chat's send function where it prints.
"""
import json
import signal
import sys

import pika

EXCHANGE, QUEUE = "feedwatch.events", "bot.python"
told = set()  # keep it in a file or a database where a restart must not repeat: ids never change


def on_event(channel, method, properties, body):
    event = json.loads(body)
    if event["id"] not in told:
        networks = ", ".join(n["name"] for n in event["networks"] if n["about"]) or "unnamed network"
        figures = "; ".join(f'{f["kind"]} {f["value"]:,} {f["unit"]} {f["scope"]}'.rstrip() for f in event["figures"])
        print(f'{event["severity"].upper()} {event["type"]} {networks}: {event["title"]} | {figures} | {event["article"].get("link", "")}', flush=True)
        told.add(event["id"])
    channel.basic_ack(method.delivery_tag)  # only now: a crash before this line brings the event again


def main(url, key="incident.*.breaking.#"):
    channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
    channel.exchange_declare(EXCHANGE, "topic", durable=True)
    channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
    channel.queue_bind(QUEUE, EXCHANGE, key)
    channel.basic_consume(QUEUE, on_event)
    print(f"waiting for {key} on {EXCHANGE}", file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    channel.start_consuming()


if __name__ == "__main__":
    main(*sys.argv[1:])
