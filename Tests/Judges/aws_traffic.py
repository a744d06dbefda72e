#!/usr/bin/env python3
"""Judges recorded traffic between the program and an AWS endpoint by botocore's service models and signer.

    aws_traffic.py EXCHANGES

EXCHANGES holds one JSON object a line: method, path, headers (pairs), body, status, answerHeaders (pairs), answer. The signing
key is that of the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION). Prints each fault after the
number of its exchange, from 0, then `judged N requests of M operations`. Exit status: 0 no fault, 1 faults, 3 something needed is missing.
"""
import datetime
import functools
import json
import os
import sys
from urllib.parse import parse_qsl
from xml.etree import ElementTree

try:
    import botocore.parsers
    import botocore.serialize
    import botocore.session
    import regex
    from botocore.auth import S3SigV4Auth, SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
except ImportError as error:
    print(f'missing: {error}')
    sys.exit(3)

from aws_shapes import form_value, walk_json, walk_xml

SESSION = botocore.session.Session()
# The services that the program speaks to.
SERVICES = ['codebuild', 'secretsmanager', 'iam', 'sts', 'kms', 'logs', 'ecr', 'organizations', 'events', 'sqs']
# "Common Errors" of the services' API references: any operation may answer these.
COMMON = {
    'AccessDenied', 'AccessDeniedException', 'ExpiredToken', 'ExpiredTokenException', 'IncompleteSignature',
    'IncompleteSignatureException', 'InternalFailure', 'InvalidClientTokenId', 'InvalidSignatureException',
    'MissingAuthenticationToken', 'MissingAuthenticationTokenException', 'RequestExpired', 'ServiceUnavailable',
    'SignatureDoesNotMatch', 'Throttling', 'ThrottlingException', 'UnknownOperationException', 'UnrecognizedClientException',
    'ValidationError', 'ValidationException',
}


# Secret access keys by access key id: the caller's own, and those that STS has handed out on the way.
KEYS = {}


@functools.cache
def model(service):
    return SESSION.get_service_model(service)


@functools.cache
def targets():
    return {
        model(name).metadata['targetPrefix']: name for name in SERVICES if 'targetPrefix' in model(name).metadata
    }


def operation_of(headers, body, faults):
    """The operation that a request names, its fields for a form; None where there is no such operation."""
    target = headers.get('x-amz-target')
    if target:
        prefix, _, name = target.partition('.')
        service = targets().get(prefix)
        fields = None
    else:
        fields = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
        name, version = fields.pop('Action', None), fields.pop('Version', None)
        service = next(
            (each for each in SERVICES
             if model(each).metadata['protocol'] == 'query' and model(each).api_version == version
             and name in model(each).operation_names), None)
    if service is None or name not in model(service).operation_names:
        faults.append(f'{target or name}: no such operation')
        return None, None
    return model(service).operation_model(name), fields


def judge_signature(case, headers, operation, path, faults):
    found = regex.fullmatch(
        r'AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), '
        r'Signature=([0-9a-f]{64})', headers.get('authorization', ''))
    if not found:
        return faults.append(f'{path}: Authorization {headers.get("authorization", "")[:60]!r}')
    key, day, region, service, signed, signature = found.groups()
    signed = signed.split(';')
    metadata = operation.service_model.metadata
    name = metadata.get('signingName', metadata['endpointPrefix'])
    regions = {os.environ['AWS_REGION']} | ({'us-east-1'} if service == 'iam' else set())
    if key not in KEYS:
        return faults.append(f'{path}: signed with the unknown key {key}')
    if service != name or region not in regions:
        faults.append(f'{path}: signed for {region}/{service}')
    if signed != sorted(set(signed)):
        faults.append(f'{path}: SignedHeaders {signed}')
    needed = {'host', 'x-amz-date', 'content-type'} | {header for header in headers if header.startswith('x-amz-')}
    faults += [f'{path}: {header} is not signed' for header in sorted(needed - set(signed)) if header in headers]
    stamp = headers.get('x-amz-date', '')
    if not regex.fullmatch(r'\d{8}T\d{6}Z', stamp) or stamp[:8] != day:
        return faults.append(f'{path}: X-Amz-Date {stamp!r} beside the day {day}')
    skew = datetime.datetime.strptime(stamp + '+0000', '%Y%m%dT%H%M%SZ%z') - datetime.datetime.now(datetime.timezone.utc)
    if abs(skew.total_seconds()) > 900:
        faults.append(f'{path}: X-Amz-Date is {skew} off')
    request = AWSRequest(method=case['method'], url=f'http://{headers["host"]}{case["path"]}', data=case['body'].encode())
    for header, value in case['headers']:
        if header.lower() in signed:
            request.headers.add_header(header, value)
    request.context['timestamp'] = stamp
    signer = (S3SigV4Auth if service == 's3' else SigV4Auth)(
        Credentials(key, KEYS[key]), service, region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    if signer.signature(text, request) != signature:
        faults.append(f'{path}: botocore signs another way; its string to sign is {text!r}')


def judge_request(case, headers, operation, fields, path, faults):
    shape, metadata = operation.input_shape, operation.service_model.metadata
    http = operation.http
    if (case['method'], case['path']) != (http.get('method', 'POST'), http.get('requestUri', '/')):
        faults.append(f"{path}: {case['method']} {case['path']}")
    if fields is None:
        wanted = f"application/x-amz-json-{metadata['jsonVersion']}"
        walk_json(shape, json.loads(case['body']), path, faults)
    else:
        wanted = 'application/x-www-form-urlencoded; charset=utf-8'
        value = form_value(fields, shape, path, faults) if shape else {}
        if shape:
            walk_json(shape, value, path, faults)
            own = botocore.serialize.create_serializer('query').serialize_to_request(value, operation)['body']
            own = {key: str(text) for key, text in own.items() if key not in ('Action', 'Version')}
            if own != fields:
                faults.append(f'{path}: botocore writes {own}, this is {fields}')
    if headers.get('content-type') != wanted:
        faults.append(f"{path}: Content-Type {headers.get('content-type')!r}, not {wanted!r}")


def judge_answer(case, operation, path, faults):
    protocol, shape = operation.service_model.metadata['protocol'], operation.output_shape
    headers = {name.lower(): value for name, value in case['answerHeaders']}
    if 'x-amzn-requestid' not in headers:
        faults.append(f'{path}: no x-amzn-RequestId')
    parsed = botocore.parsers.create_parser(protocol).parse(
        {'status_code': case['status'], 'headers': headers, 'body': case['answer'].encode()}, shape)
    if case['status'] >= 300:
        code = parsed.get('Error', {}).get('Code')
        known = {name for each in operation.error_shapes for name in (each.name, each.error_code)} | COMMON
        if code not in known:
            faults.append(f'{path}: the error {code!r} is none of this operation')
    elif shape is None:
        return
    elif protocol == 'json':
        walk_json(shape, json.loads(case['answer']), path, faults)
    else:
        result = [each for each in ElementTree.fromstring(case['answer']) if each.tag.endswith(f'{operation.name}Result')]
        if len(result) != 1:
            return faults.append(f'{path}: {len(result)} results')
        walk_xml(shape, result[0], path, faults)


def judge(case, faults):
    headers = {name.lower(): value for name, value in case['headers']}
    operation, fields = operation_of(headers, case['body'], faults)
    if operation is None:
        return None
    path = f'{operation.service_model.service_name} {operation.name}'
    judge_signature(case, headers, operation, path, faults)
    judge_request(case, headers, operation, fields, path, faults)
    judge_answer(case, operation, f'{path} answer', faults)
    if operation.name == 'AssumeRole' and case['status'] == 200:
        texts = {each.tag.split('}')[-1]: each.text for each in ElementTree.fromstring(case['answer']).iter()}
        KEYS[texts['AccessKeyId']] = texts['SecretAccessKey']
    return path


def main():
    found, seen, count = [], set(), 0
    KEYS[os.environ['AWS_ACCESS_KEY_ID']] = os.environ['AWS_SECRET_ACCESS_KEY']
    with open(sys.argv[1], encoding='utf-8') as lines:
        for case in map(json.loads, lines):
            faults = []
            try:
                seen.add(judge(case, faults))
            except Exception as error:  # a message that breaks the judge is a fault like any other
                faults.append(f"{case['path']} {case['body'][:80]}: {type(error).__name__}: {error}")
            found += [f'{count}: {fault}' for fault in faults]
            count += 1
    for fault in found:
        print(fault)
    print(f'judged {count} requests of {len(seen)} operations')
    return 1 if found or not count else 0


if __name__ == '__main__':
    sys.exit(main())
