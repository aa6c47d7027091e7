"""Writes signatures.json: deliveries signed by Python's hmac and by the openssl program, which must agree.

`python3 tests/edge/make-signatures.py && npm run format` renews it.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import subprocess

KEY = "whsec_0123456789abcdef"

# What it is, the key, the body, and what a verified delivery of it is: a kind, or `refused`.
CASES = [
    ("a message", KEY, '{"event_type":"message.received","event_id":"e1","contact":{"id":1},"message":{"messageId":5}}', "event"),
    ("an echo", KEY, '{"event_type":"message.sent","event_id":"e2","contact":{"id":1}}', "event"),
    ("an unknown event", KEY, '{"event_type":"contact.sneezed","event_id":"e3","loud":true}', "unknown"),
    ("the test of the dashboard", KEY, '{"contact":{"id":1,"firstName":"Aida"}}', "test"),
    ("white space and line breaks", KEY, ' {\r\n\t"event_type" : "contact.created" ,\n "event_id" : "e4" } \n', "event"),
    ("characters beyond ASCII", KEY, '{"event_type":"contact.updated","event_id":"e5","contact":{"firstName":"Aïda 👋 李"}}', "event"),
    ("escapes", KEY, '{"event_type":"contact.updated","event_id":"e6","contact":{"firstName":"A\\u00efda \\ud83d\\udc4b \\/"}}', "event"),
    ("half of a surrogate pair", KEY, '{"event_type":"contact.updated","event_id":"e7","contact":{"firstName":"cut \\ud83d"}}', "event"),
    ("a byte order mark", KEY, '\ufeff{"event_type":"contact.updated","event_id":"e8"}', "event"),
    ("a key beyond ASCII", "schlüssel-👋", '{"event_type":"call.ended","event_id":"e9"}', "event"),
    ("a key of one character", "k", '{"event_type":"call.ended","event_id":"e10"}', "event"),
    ("a key as long as a block", "k" * 64, '{"event_type":"call.ended","event_id":"e11"}', "event"),
    ("a key longer than a block", "k" * 65, '{"event_type":"call.ended","event_id":"e12"}', "event"),
    ("RFC 4231, test case 2", "Jefe", "what do ya want for nothing?", "refused"),
    ("nothing", KEY, "", "refused"),
    ("an array", KEY, '[{"event_type":"message.received"}]', "refused"),
    ("a string", KEY, '"message.received"', "refused"),
    ("null", KEY, "null", "refused"),
    ("JSON that is cut off", KEY, '{"event_type":"message.received"', "refused"),
    ("two documents", KEY, "{}{}", "refused"),
    ("every byte", KEY, bytes(range(256)), "refused"),
    ("JSON that is no UTF-8", KEY, b'{"event_type":"contact.updated","contact":{"firstName":"A\xefda"}}', "refused"),
    ("as deep as it may be", KEY, '{"a":' * 100 + "1" + "}" * 100, "test"),
    ("too deep", KEY, '{"a":' * 101 + "1" + "}" * 101, "refused"),
    ("a long body", KEY, '{"event_type":"comment.created","event_id":"e13","text":"' + "long " * 2000 + '"}', "event"),
]


def by_python(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()


def by_openssl(key: bytes, body: bytes) -> bytes:
    command = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key.hex()}", "-binary"]
    return subprocess.run(command, input=body, capture_output=True, check=True).stdout


def signed(name, key, body, kind):
    data = body if isinstance(body, bytes) else body.encode()
    signatures = {by_python(key.encode(), data), by_openssl(key.encode(), data)}
    if len(signatures) != 1:
        raise SystemExit(f"{name}: Python and openssl disagree")
    text = lambda value: base64.b64encode(value).decode()
    return {"name": name, "key": key, "body": text(data), "signature": text(signatures.pop()), "kind": kind}


if __name__ == "__main__":
    lines = [json.dumps(signed(*case), ensure_ascii=False) for case in CASES]
    path = pathlib.Path(__file__).with_name("signatures.json")
    path.write_text("[\n  " + ",\n  ".join(lines) + "\n]\n")
