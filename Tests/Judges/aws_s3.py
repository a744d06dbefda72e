#!/usr/bin/env python3
"""botocore as a client of S3: what it would send for each call.

    aws_s3.py CALLS

CALLS holds one JSON object a line: operation, parameters, region, timestamp, and maybe: endpoint, token, body, seconds (for a presigned
URL). One JSON object a line goes out: method, url and headers with their signature. Nothing is sent.
"""
import datetime
import json
import os
import sys

# With awscrt there, botocore would sign in C, by a clock that cannot be set.
os.environ['BOTO_DISABLE_CRT'] = 'true'

import botocore.auth
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config

NOW = {}
botocore.auth.get_current_datetime = lambda *_: NOW['time']
# Not signed, or not part of the call: who asks, how often, and what the connection adds.
PASSED_OVER = {
    'user-agent', 'amz-sdk-invocation-id', 'amz-sdk-request', 'content-length', 'expect', 'accept-encoding', 'host',
}
CLIENTS = {}


class Raw:
    def stream(self, **_):
        return iter([b''])


def client(case):
    # Without an endpoint, botocore presigns for the address that S3 had before there were Regions, unless it is told the style.
    style = 'virtual' if case.get('seconds') and not case.get('endpoint') else 'auto'
    name = (case['region'], case.get('endpoint'), case.get('token'), style)
    if name not in CLIENTS:
        session = botocore.session.Session()
        made = session.create_client(
            's3', region_name=case['region'], endpoint_url=case.get('endpoint'), aws_access_key_id='AKIDEXAMPLE',
            aws_secret_access_key='wJalrXUtnFEMI/K7MDENG', aws_session_token=case.get('token'),
            config=Config(
                signature_version='s3v4', s3={'us_east_1_regional_endpoint': 'regional', 'addressing_style': style},
                retries={'total_max_attempts': 1}))
        made.sent = []

        def catch(request, **_):
            made.sent.append(request)
            return AWSResponse(request.url, 200, {}, Raw())

        made.meta.events.register('before-send.s3', catch)
        CLIENTS[name] = made
    return CLIENTS[name]


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def judge(case):
    NOW['time'] = datetime.datetime.strptime(case['timestamp'], '%Y%m%dT%H%M%SZ')
    made = client(case)
    parameters = dict(case['parameters'])
    if case.get('seconds'):
        name = {'GetObject': 'get_object', 'PutObject': 'put_object', 'HeadObject': 'head_object'}[case['operation']]
        url = made.generate_presigned_url(name, parameters, ExpiresIn=case['seconds'])
        return {'url': url}
    if 'body' in case:
        parameters['Body'] = case['body'].encode()
    made._make_api_call(case['operation'], parameters)
    request = made.sent.pop()
    headers = {name.lower(): text(value) for name, value in request.headers.items()}
    return {
        'method': request.method, 'url': request.url,
        'headers': {name: value for name, value in headers.items() if name not in PASSED_OVER},
    }


with open(sys.argv[1], encoding='utf-8') as file:
    for line in file:
        print(json.dumps(judge(json.loads(line))))
