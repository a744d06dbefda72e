#!/usr/bin/env python3
"""boto3 as a client of the sandbox's AWS endpoint, and botocore's service models as the judge of every answer.

    aws_judge.py ENDPOINT SCENARIO

Credentials come from the environment, as boto3 has it. Each raw answer is walked beside the model's output shape: members that
the model does not have, values of another type, enumeration values that it does not know. botocore's own parser would drop
these in silence. Exits 0 when the scenario held and no answer broke its model; otherwise prints why and exits 1.
"""
import json
import sys
import xml.etree.ElementTree as ElementTree

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.exceptions

import aws_scenarios
import sandbox_callers
import sandbox_members
from aws_shapes import walk_json, walk_xml

FAULTS = []
ANSWERS = []


def judge_rest(name, shape, status, headers, body):
    """S3's answers: members in header fields, the rest in a document of any root."""
    if 'x-amz-request-id' not in headers:
        FAULTS.append(f'{name}: no x-amz-request-id')
    if status >= 300:
        return
    members = shape.members if shape else {}
    known = {member.serialization.get('name', '').lower() for member in members.values()
             if member.serialization.get('location') == 'header'}
    ours = {key for key in headers if key.startswith('x-amz-') and not key.startswith('x-amz-meta-')}
    for key in sorted(ours - known - {'x-amz-request-id'}):
        FAULTS.append(f'{name}: the model has no header {key}')
    if not body or shape and shape.serialization.get('payload'):
        return
    if headers.get('content-type') != 'application/xml':
        FAULTS.append(f"{name}: Content-Type {headers.get('content-type')}")
    walk_xml(shape, ElementTree.fromstring(body), name, FAULTS)


def judge(operation_model, response_dict, **_):
    name = f'{operation_model.service_model.service_name}.{operation_model.name}'
    ANSWERS.append(name)
    headers = {key.lower(): value for key, value in response_dict['headers'].items()}
    body = response_dict['body']
    if operation_model.service_model.metadata['protocol'] == 'rest-xml':
        return judge_rest(name, operation_model.output_shape, response_dict['status_code'], headers, body)
    if 'x-amzn-requestid' not in headers:
        FAULTS.append(f'{name}: no x-amzn-RequestId')
    is_json = operation_model.service_model.metadata['protocol'] == 'json'
    wanted = 'application/x-amz-json-1.1' if is_json else 'text/xml'
    if headers.get('content-type') != wanted:
        FAULTS.append(f"{name}: Content-Type {headers.get('content-type')}, not {wanted}")
    shape = operation_model.output_shape
    if response_dict['status_code'] >= 300 or shape is None:
        return
    if is_json:
        walk_json(shape, json.loads(body or b'{}'), name, FAULTS)
    else:
        root = ElementTree.fromstring(body)
        result = [child for child in root if child.tag.endswith('Result')]
        for element in result:
            walk_xml(shape, element, name, FAULTS)


class Sandbox:
    """What a scenario works with."""

    def __init__(self, endpoint):
        self.endpoint = endpoint

    def client(self, service, judged=True, **options):
        options.setdefault('region_name', 'us-east-1')
        config = botocore.config.Config(retries={'total_max_attempts': 1}, parameter_validation=False)
        if 'config' in options:
            config = config.merge(options.pop('config'))
        client = boto3.client(service, endpoint_url=self.endpoint, config=config, **options)
        if judged:
            client.meta.events.register(f'before-parse.{service}', judge)
        return client

    def refused(self, code, call, *, says='', status=None, **arguments):
        """Makes a call that must be refused with a code, and with words in its message."""
        try:
            call(**arguments)
        except botocore.exceptions.ClientError as error:
            got = error.response['Error']
            assert got['Code'] == code, f"{got['Code']}: {got['Message']}, but {code} was expected"
            assert says in got['Message'], f"{got['Message']!r} does not say {says!r}"
            got_status = error.response['ResponseMetadata']['HTTPStatusCode']
            assert status is None or status == got_status, f'HTTP {got_status}, but {status} was expected'
            return got['Message']
        raise AssertionError(f'{call.__name__} was not refused; {code} was expected')


def main():
    endpoint, name = sys.argv[1:3]
    scenario = next(getattr(module, name) for module in (aws_scenarios, sandbox_callers, sandbox_members)
                    if hasattr(module, name))
    scenario(Sandbox(endpoint))
    assert ANSWERS or name == 'unknown_services', 'no answer was judged'
    if FAULTS:
        print('\n'.join(FAULTS))
        return 1
    print(f'{len(ANSWERS)} answers, {len(set(ANSWERS))} operations')
    return 0


if __name__ == '__main__':
    sys.exit(main())
