#!/usr/bin/env python3
"""Asks FeedWatch for something and prints its answer.

    ask.py amqp://guest:guest@127.0.0.1:5672/ SECRET_FILE mute '{"network": "EncroChat", "minutes": 120, "by": "@anna"}'

SECRET_FILE holds what Bus:CommandSecret holds in FeedWatch's settings. Exit code 0 where it was done, 1 where it was not.
"""
import hashlib
import hmac
import json
import pathlib
import sys
import time
import uuid

import pika

EXCHANGE = "feedwatch.commands"
PATIENCE = 10  # seconds


def signed(secret, body):
    timestamp = str(int(time.time()))
    signature = hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"feedwatch-timestamp": timestamp, "feedwatch-signature": signature}


def main(url, secret_file, command, fields="{}"):
    secret = pathlib.Path(secret_file).read_bytes().rstrip(b"\r\n")
    request = {"command": command, "id": str(uuid.uuid4()), **json.loads(fields)}
    body = json.dumps(request).encode()

    channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
    channel.confirm_delivery()
    answers = channel.queue_declare("", exclusive=True, auto_delete=True).method.queue
    properties = pika.BasicProperties(reply_to=answers, correlation_id=request["id"], headers=signed(secret, body))
    try:
        channel.basic_publish(EXCHANGE, command, body, properties, mandatory=True)
    except pika.exceptions.UnroutableError:
        sys.exit(f"Nobody takes the command {command}: Bus:CommandSecret is not set, or the service or the bot never ran.")

    for _, properties, answer in channel.consume(answers, auto_ack=True, inactivity_timeout=PATIENCE):
        if answer is None:
            sys.exit("No answer: is the secret the right one? FeedWatch's log says.")
        if properties.correlation_id == request["id"]:
            reply = json.loads(answer)
            print(json.dumps(reply, indent=2, ensure_ascii=False))
            sys.exit(0 if reply["done"] else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
