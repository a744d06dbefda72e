#!/usr/bin/env python3
"""botocore's signer: the Authorization header of each request.

    aws_signatures.py REQUESTS

REQUESTS holds one JSON object a line: method, url, headers (pairs), body, region, service, timestamp and maybe token. One
JSON text a line goes out.
"""
import json
import sys

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def authorization(case):
    request = AWSRequest(method=case['method'], url=case['url'], data=case['body'].encode())
    for name, value in case['headers']:
        request.headers.add_header(name, value)
    kind = S3SigV4Auth if case['service'] == 's3' else SigV4Auth
    signer = kind(Credentials('AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG', case.get('token')), case['service'], case['region'])
    # add_auth takes the present time; these are its steps.
    request.context['timestamp'] = case['timestamp']
    signer._modify_request_before_signing(request)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    signer._inject_signature_to_request(request, signer.signature(text, request))
    return request.headers['Authorization']


with open(sys.argv[1]) as file:
    for line in file:
        print(json.dumps(authorization(json.loads(line))))
