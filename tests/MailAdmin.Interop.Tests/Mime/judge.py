"""Reads every .eml of a folder with Python's email package and prints what it understood as JSON."""
import email
import email.policy
import hashlib
import json
import pathlib
import sys


def part_of(part):
    content = part.get_payload(decode=True)
    return {
        "type": part.get_content_type(),
        "disposition": part.get_content_disposition(),
        "name": part.get_filename(),
        "id": part["content-id"],
        "text": part.get_content() if part.get_content_maintype() == "text" else None,
        "sha256": hashlib.sha256(content).hexdigest() if content is not None else None,
        "defects": [repr(d) for d in part.defects],
    }


def mailboxes(message, name):
    field = message[name]
    return [[a.display_name, a.addr_spec] for a in field.addresses] if field is not None else []


def message_of(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return {
        "subject": message["subject"],
        "headers": {name: str(value) for name, value in message.items()},
        "from": mailboxes(message, "from"),
        "to": mailboxes(message, "to"),
        "cc": mailboxes(message, "cc"),
        "date": message["date"].datetime.isoformat(),
        "structure": [part.get_content_type() for part in message.walk()],
        "parts": [part_of(part) for part in message.walk() if not part.is_multipart()],
        "defects": [repr(d) for part in message.walk() for d in part.defects]
        + [repr(d) for value in message.values() for d in value.defects],
    }


sys.stdout.reconfigure(encoding="utf-8")
print(json.dumps({p.name: message_of(p) for p in sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))}))
