#!/usr/bin/python3
"""A mail server for tests, on aiosmtpd. Tells each message that it took as a JSON line, as Python's own mail parser reads it.

Usage: smtp_server.py none|starttls|tls [CERTIFICATE KEY] [USER PASSWORD]
Whom it refuses is told by the name before the @: see REFUSED. "cut" is taken, and the connection cut in the place of an answer.
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

REFUSED = {
    "sender": {"stranger": "553 5.7.1 that is not your address"},
    "recipient": {"gone": "550 5.1.1 no such user", "grey": "451 4.7.1 greylisted, come again"},
    "message": {"spam": "554 5.7.1 this looks like spam", "full": "452 4.2.2 mailbox full"},
}


def refusal(step, *addresses):
    return next((REFUSED[step][a.split("@")[0]] for a in addresses if a.split("@")[0] in REFUSED[step]), None)


class Taking:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if refused := refusal("sender", address):
            return refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if refused := refusal("recipient", address):
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if refused := refusal("message", *envelope.rcpt_tos):
            return refused
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in message.walk() if not part.is_multipart()}
        print(json.dumps({
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "encrypted": server.transport.get_extra_info("sslcontext") is not None,
            "user": session.auth_data.login.decode() if session.authenticated else None,
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": parts["text/plain"],
            "html": parts["text/html"],
            "raw": envelope.content.decode("ascii"),
        }), flush=True)
        if any(to.startswith("cut@") for to in envelope.rcpt_tos):
            server.transport.abort()
        return "250 OK"


def main():
    how, rest = sys.argv[1], sys.argv[2:]
    context = None
    if how != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(rest[0], rest[1])
        rest = rest[2:]

    def login(server, session, envelope, mechanism, data):
        good = [data.login.decode(), data.password.decode()] == rest
        return AuthResult(success=good, handled=False, auth_data=data)

    def protocol():
        return SMTP(
            Taking(),
            tls_context=context if how == "starttls" else None,
            require_starttls=how == "starttls",
            authenticator=login if rest else None,
            auth_required=bool(rest),
            auth_require_tls=how == "starttls",
        )

    async def serve():
        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=context if how == "tls" else None)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(serve())


main()
