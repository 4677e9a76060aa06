"""Reads messages with Python's email package and says what they hold, as one line of JSON for each file.

Usage: judge.py FILE[@OFFSET]...   (OFFSET octets are passed over: what a server put above the message)

Nothing here was written with the composer in mind: it is how another program understands the message. Content comes
as its length and SHA-256, text that is to be read at once decoded too. Header fields in UTF-8 (RFC 6532) are read as
such. The groups of fields of a message/delivery-status are its parts.
"""
import email.policy
import hashlib
import json
import re
import sys
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import getaddresses

POLICY = email.policy.SMTPUTF8
ENCODED_WORD = re.compile(rb"=\?[!-~]*?\?[BbQq]\?[!->@-~]*?\?=")


def decode_utf8_headers(part):
    """The parser keeps octets over 127 as surrogates; RFC 6532 says that they are UTF-8."""
    fields = []
    for name, raw in part.raw_items():
        fields.append((name, raw.encode("ascii", "surrogateescape").decode("utf-8") if isinstance(raw, str) else raw))
    part._headers = fields


def header_fields(part):
    return [[name, str(part.policy.header_fetch_parse(name, raw))] for name, raw in part.raw_items()]


def addresses(part, name):
    field = part[name]
    if field is None:
        return None
    found = [[group.display_name, address.display_name, address.addr_spec]
             for group in field.groups for address in group.addresses]
    # Python before 3.13.2 keeps the space between adjacent encoded words of a display name (gh-128110), against
    # RFC 2047, section 6.2; the older parser does not.
    older = getaddresses([raw for key, raw in part.raw_items() if key.lower() == name])
    if len(older) == len(found):
        for address, (display_name, _) in zip(found, older):
            if "=?" in display_name:
                address[1] = str(make_header(decode_header(display_name)))
    return found


def defects(part):
    found = [repr(defect) for defect in part.defects]
    for name in part.keys():
        for field in part.get_all(name):
            found += [f"{name}: {defect!r}" for defect in getattr(field, "defects", ())]
    return found


def describe(part, path):
    decode_utf8_headers(part)
    told = {
        "path": path,
        "type": part.get_content_type(),
        "parameters": dict(part["content-type"].params) if part["content-type"] else {},
        "encoding": str(part["content-transfer-encoding"] or "7bit").lower(),
        "disposition": part.get_content_disposition(),
        "fileName": part.get_filename(),
        "contentId": str(part["content-id"]).strip("<> ") if part["content-id"] else None,
        "parts": [],
    }
    if part.is_multipart():
        told["parts"] = [describe(inner, path + [number]) for number, inner in enumerate(part.get_payload())]
    else:
        content = part.get_payload(decode=True) or b""
        told["length"] = len(content)
        told["sha256"] = hashlib.sha256(content).hexdigest()
        if part.get_content_maintype() == "text" and told["disposition"] != "attachment":
            told["text"] = content.decode(part.get_content_charset("us-ascii"), "strict").replace("\r\n", "\n")
    told["fields"] = header_fields(part)
    told["defects"] = defects(part)
    return told


def judge(argument):
    name, _, offset = argument.partition("@")
    with open(name, "rb") as file:
        file.seek(int(offset or 0))
        octets = file.read()
    head = re.split(rb"\r?\n\r?\n", octets, maxsplit=1)[0]
    message = BytesParser(policy=POLICY).parsebytes(octets)
    body = describe(message, [])
    return {
        "from": addresses(message, "from"),
        "sender": addresses(message, "sender"),
        "to": addresses(message, "to"),
        "cc": addresses(message, "cc"),
        "bcc": addresses(message, "bcc"),
        "replyTo": addresses(message, "reply-to"),
        "subject": str(message["subject"]) if "subject" in message else None,
        "date": message["date"].datetime.isoformat() if "date" in message else None,
        "messageId": str(message["message-id"]).strip("<> ") if "message-id" in message else None,
        "body": body,
        "longestLine": max(len(line.rstrip(b"\r")) for line in octets.split(b"\n")),
        "longestHeaderLine": max(len(line.rstrip(b"\r")) for line in head.split(b"\n")),
        "longestEncodedWord": max(map(len, ENCODED_WORD.findall(head)), default=0),
        "bareCarriageReturns": len(re.findall(rb"\r(?!\n)", octets)),
        "eightBitHead": any(octet > 127 for octet in head),
        "eightBit": any(octet > 127 for octet in octets),
    }


for path in sys.argv[1:]:
    print(json.dumps(judge(path)))
