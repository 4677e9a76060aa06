"""Sends the message on standard input with Python's smtplib, and prints as JSON which recipients were refused."""
import argparse
import json
import smtplib
import ssl
import sys

parser = argparse.ArgumentParser()
parser.add_argument("port", type=int)
parser.add_argument("--security", choices=["none", "starttls", "implicit"], default="none")
parser.add_argument("--ca", help="PEM file with the trusted root")
parser.add_argument("--certificate", help="PEM file with the client's key and certificate")
parser.add_argument("--user")
parser.add_argument("--password")
parser.add_argument("--mechanism", help="only this SASL mechanism")
parser.add_argument("--sender", default="")
parser.add_argument("--utf8", action="store_true")
parser.add_argument("recipients", nargs="+")
options = parser.parse_args()

tls = ssl.create_default_context(cafile=options.ca)
if options.certificate:
    tls.load_cert_chain(options.certificate)

if options.security == "implicit":
    client = smtplib.SMTP_SSL("localhost", options.port, timeout=60, context=tls)
else:
    client = smtplib.SMTP("localhost", options.port, timeout=60)
with client:
    client.ehlo()
    if options.security == "starttls":
        client.starttls(context=tls)
        client.ehlo()
    if options.user:
        if options.mechanism:
            client.esmtp_features["auth"] = options.mechanism
        client.login(options.user, options.password)
    refused = client.sendmail(
        options.sender, options.recipients, sys.stdin.buffer.read(), ["SMTPUTF8"] if options.utf8 else [])
print(json.dumps({address: reply[0] for address, reply in refused.items()}))
