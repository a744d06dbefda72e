#!/usr/bin/env python3
"""botocore's renewal of an `aws login` session, as the judge of another's.

    aws_login.py CASES

CASES holds one JSON object a line: session (the session's name), cache (the file that stands in the cache), region, url, headers and body of
the request that was sent for it, answer (what was answered), and kept (the file afterwards). The same cache goes through botocore; a line
goes out for each fault, then `judged N`. Needs botocore[crt].
"""
import base64
import hashlib
import json
import os
import sys
import tempfile

import botocore.session
from awscrt.crypto import EC
from botocore.awsrequest import AWSResponse
from botocore.credentials import LoginCredentialFetcher
from botocore.utils import JSONFileCache, LoginTokenLoader


class Raw:
    def __init__(self, text):
        self.text = text

    def stream(self, **_):
        return iter([self.text.encode()])


def decoded(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


def botocores(case, folder):
    """What botocore sends for the cache, and the file that it leaves."""
    name = hashlib.sha256(case['session'].encode()).hexdigest()
    path = os.path.join(folder, name + '.json')
    with open(path, 'w') as file:
        file.write(case['cache'])
    sent = []

    def creator(service, **options):
        client = botocore.session.Session().create_client(service, region_name=case['region'], **options)

        def catch(request, **_):
            sent.append(request)
            return AWSResponse(request.url, 200, {'content-type': 'application/json'}, Raw(case['answer']))

        client.meta.events.register('before-send.signin', catch)
        return client

    loader = LoginTokenLoader(JSONFileCache(folder))
    LoginCredentialFetcher(case['session'], loader, creator).refresh_credentials()
    with open(path) as file:
        return sent[0], json.load(file)


def proof(headers):
    value = {name.lower(): value for name, value in headers.items()}['dpop']
    value = value.decode() if isinstance(value, bytes) else value
    header, claims, signature = value.split('.')
    return json.loads(decoded(header)), json.loads(decoded(claims)), f'{header}.{claims}'.encode(), decoded(signature)


def judge(case):
    with tempfile.TemporaryDirectory() as folder:
        theirs, kept = botocores(case, folder)
    header, claims, signed, signature = proof(case['headers'])
    own_header, own_claims, _, _ = proof(theirs.headers)
    if case['url'] != theirs.url:
        yield f"the URL is {case['url']}, but botocore's {theirs.url}"
    if json.loads(case['body']) != json.loads(theirs.body):
        yield f"the body is {case['body']}, but botocore's {theirs.body}"
    if header != own_header:
        yield f'the proof begins {header}, but botocore\'s {own_header}'
    if set(claims) != set(own_claims) or any(claims[name] != own_claims[name] for name in ('htm', 'htu')):
        yield f'the proof claims {claims}, but botocore\'s {own_claims}'
    pem = json.loads(case['cache'])['dpopKey'].splitlines()
    key = EC.new_key_from_der_data(base64.b64decode(''.join(line for line in pem if not line.startswith('-----'))))
    der = EC.encode_raw_signature(signature) if hasattr(EC, 'encode_raw_signature') else der_signature(signature)
    if not key.verify(hashlib.sha256(signed).digest(), der):
        yield 'the signature is not of the session\'s key'
    after = json.loads(case['kept'])
    for text in (after, kept):
        # The clocks differ.
        text['accessToken'].pop('expiresAt')
    if after != kept:
        yield f'the file is {after}, but botocore\'s {kept}'


def der_signature(raw):
    def integer(value):
        value = value.lstrip(b'\0') or b'\0'
        value = b'\0' + value if value[0] & 0x80 else value
        return b'\x02' + bytes([len(value)]) + value
    body = integer(raw[:32]) + integer(raw[32:])
    return b'\x30' + bytes([len(body)]) + body


def main():
    faults, count = [], 0
    with open(sys.argv[1], encoding='utf-8') as file:
        for line in file:
            faults += judge(json.loads(line))
            count += 1
    for fault in faults:
        print(fault)
    print(f'judged {count}')
    sys.exit(1 if faults else 0)


main()
