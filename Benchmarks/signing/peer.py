#!/usr/bin/env python3
"""botocore's side: signs the requests of a file over and over on one thread, and prints how many it signed in a second.

    peer.py REQUESTS SECONDS

The requests are made once, as on the other side; only signing is timed.
"""
import json
import sys
import time

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

CREDENTIALS = Credentials('AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'token' * 100)


def load(path):
    with open(path) as file:
        for line in map(json.loads, file):
            request = AWSRequest(line['method'], line['url'], dict(line['headers']), line['body'].encode())
            yield SigV4Auth(CREDENTIALS, line['service'], line['region']), request


requests, seconds = list(load(sys.argv[1])), float(sys.argv[2])
signed, start = 0, time.perf_counter()
while time.perf_counter() - start < seconds:
    for signer, request in requests:
        signer.add_auth(request)
    signed += len(requests)
print(int(signed / (time.perf_counter() - start)))
