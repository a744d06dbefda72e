#!/usr/bin/env python3
"""Every operation of a running sandbox, called with boto3 and with the aws CLI.

    sandbox_operations.py

The endpoint and the keys come from the environment, as the sandbox exports them. The sandbox tells which operations it has
(/_sandbox/health); each must be in the story below, which is told twice, once by each client, and each answer is walked for
members, types and values that botocore's model does not have. The CLI is the real one (awscli's driver), run inside this
process, since a process of its own takes it a second a call. Exits 0 when every operation was called by both and held.
"""
import atexit
import base64
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
import urllib.request

import awscli.clidriver
import boto3
import botocore
import botocore.exceptions

import aws_judge

TRUST = json.dumps({'Version': '2012-10-17', 'Statement': [{
    'Effect': 'Allow', 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]})
OPEN = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]})
BUILDSPEC = 'version: 0.2\nphases:\n  build:\n    commands:\n      - echo "a line to find"\n'


class Boto:
    """The operations through boto3."""

    def __init__(self):
        self.clients = {}

    def __call__(self, service, operation, /, **arguments):
        if service not in self.clients:
            self.clients[service] = boto3.client(service)
            self.clients[service].meta.events.register(f'before-parse.{service}', aws_judge.judge)
        answer = getattr(self.clients[service], botocore.xform_name(operation))(**arguments)
        answer.pop('ResponseMetadata', None)
        return answer


class CLI:
    """The operations through the aws CLI: arguments as --cli-input-json, bytes as files."""

    def __init__(self):
        self.driver = awscli.clidriver.create_clidriver()
        self.driver.session.register('before-parse', aws_judge.judge)
        self.folder = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, self.folder)

    def __call__(self, service, operation, /, **arguments):
        options = []
        for name, value in list(arguments.items()):
            if isinstance(value, bytes):
                path = f'{self.folder}/{name}'
                with open(path, 'wb') as file:
                    file.write(value)
                # A body is a stream, which the CLI takes by its path alone.
                options += [f"--{botocore.xform_name(name, '-')}", path if name == 'Body' else f'fileb://{path}']
                del arguments[name]
        if operation == 'GetObject':
            # Where the answer is a stream, the CLI has a file's name for it and no --cli-input-json.
            options += ['--bucket', arguments['Bucket'], '--key', arguments['Key'], f'{self.folder}/out']
        else:
            options += ['--cli-input-json', json.dumps(arguments)]
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            status = self.driver.main([
                's3api' if service == 's3' else service, botocore.xform_name(operation, '-'), '--output', 'json',
                *options])
        assert status == 0, f'aws {service} {operation}: {status} {errors.getvalue()}'
        answer = json.loads(output.getvalue() or '{}')
        if operation == 'GetObject':
            with open(f'{self.folder}/out', 'rb') as file:
                answer['Body'] = io.BytesIO(file.read())
        return answer


def wait(call, build):
    while True:
        one = call('codebuild', 'BatchGetBuilds', ids=[build])['builds'][0]
        if one['buildComplete']:
            return one


def iam(call, name):
    def do(operation, /, **arguments):
        return call('iam', operation, **arguments)
    role = {'RoleName': name}
    do('CreateRole', **role, AssumeRolePolicyDocument=TRUST)
    do('GetRole', **role)
    assert name in [r['RoleName'] for r in do('ListRoles')['Roles']]
    do('UpdateRole', **role, MaxSessionDuration=7200)
    assert do('UpdateRoleDescription', **role, Description='words')['Role']['Description'] == 'words'
    do('UpdateAssumeRolePolicy', **role, PolicyDocument=TRUST)
    do('TagRole', **role, Tags=[{'Key': 'a', 'Value': 'b'}])
    assert do('ListRoleTags', **role)['Tags'] == [{'Key': 'a', 'Value': 'b'}]
    do('UntagRole', **role, TagKeys=['a'])
    do('PutRolePolicy', **role, PolicyName='p', PolicyDocument=OPEN)
    assert do('GetRolePolicy', **role, PolicyName='p')['PolicyDocument'] == json.loads(OPEN)
    assert do('ListRolePolicies', **role)['PolicyNames'] == ['p']
    managed = do('CreatePolicy', PolicyName=name, PolicyDocument=OPEN)['Policy']['Arn']
    do('GetPolicy', PolicyArn=managed)
    assert managed in [p['Arn'] for p in do('ListPolicies', Scope='Local')['Policies']]
    do('TagPolicy', PolicyArn=managed, Tags=[{'Key': 'a', 'Value': 'b'}])
    do('UntagPolicy', PolicyArn=managed, TagKeys=['a'])
    version = do('CreatePolicyVersion', PolicyArn=managed, PolicyDocument=OPEN)['PolicyVersion']['VersionId']
    do('SetDefaultPolicyVersion', PolicyArn=managed, VersionId=version)
    assert do('GetPolicyVersion', PolicyArn=managed, VersionId=version)['PolicyVersion']['IsDefaultVersion']
    do('DeletePolicyVersion', PolicyArn=managed, VersionId='v1')
    assert [v['VersionId'] for v in do('ListPolicyVersions', PolicyArn=managed)['Versions']] == [version]
    do('AttachRolePolicy', **role, PolicyArn=managed)
    assert do('ListAttachedRolePolicies', **role)['AttachedPolicies'][0]['PolicyArn'] == managed
    do('PutRolePermissionsBoundary', **role, PermissionsBoundary=managed)
    do('DeleteRolePermissionsBoundary', **role)
    assert do('ListInstanceProfilesForRole', **role)['InstanceProfiles'] == []
    result = do('SimulatePrincipalPolicy', PolicySourceArn=do('GetRole', **role)['Role']['Arn'], ActionNames=['s3:GetObject'])
    assert result['EvaluationResults'][0]['EvalDecision'] == 'allowed'
    user = {'UserName': name}
    made = do('CreateUser', **user)['User']
    assert do('GetUser', **user)['User'] == made and made in do('ListUsers')['Users']
    do('TagUser', **user, Tags=[{'Key': 'a', 'Value': 'b'}])
    assert do('ListUserTags', **user)['Tags'] == [{'Key': 'a', 'Value': 'b'}]
    do('UntagUser', **user, TagKeys=['a'])
    for operation, member in (
            ('ListGroupsForUser', 'Groups'), ('ListSSHPublicKeys', 'SSHPublicKeys'), ('ListMFADevices', 'MFADevices'),
            ('ListSigningCertificates', 'Certificates'), ('ListServiceSpecificCredentials', 'ServiceSpecificCredentials')):
        assert do(operation, **user)[member] == [], operation
    assert do('ListVirtualMFADevices', AssignmentStatus='Assigned')['VirtualMFADevices'] == []
    refused('NoSuchEntity', do, 'DeleteLoginProfile', **user)
    do('PutUserPolicy', **user, PolicyName='p', PolicyDocument=OPEN)
    assert do('GetUserPolicy', **user, PolicyName='p')['PolicyDocument'] == json.loads(OPEN)
    assert do('ListUserPolicies', **user)['PolicyNames'] == ['p']
    do('AttachUserPolicy', **user, PolicyArn=managed)
    assert do('ListAttachedUserPolicies', **user)['AttachedPolicies'][0]['PolicyArn'] == managed
    do('PutUserPermissionsBoundary', **user, PermissionsBoundary=managed)
    do('DeleteUserPermissionsBoundary', **user)
    key = do('CreateAccessKey', **user)['AccessKey']['AccessKeyId']
    do('UpdateAccessKey', **user, AccessKeyId=key, Status='Inactive')
    assert do('ListAccessKeys', **user)['AccessKeyMetadata'][0]['Status'] == 'Inactive'
    do('DeleteAccessKey', **user, AccessKeyId=key)
    identity = call('sts', 'GetCallerIdentity')
    do('UpdateAssumeRolePolicy', **role, PolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Allow', 'Principal': {'AWS': identity['Arn']}, 'Action': 'sts:AssumeRole'}]}))
    call('sts', 'AssumeRole', RoleArn=f"arn:aws:iam::{identity['Account']}:role/{name}", RoleSessionName='me', Policy=OPEN,
         PolicyArns=[{'arn': managed}])
    do('DetachUserPolicy', **user, PolicyArn=managed)
    do('DeleteUserPolicy', **user, PolicyName='p')
    do('DeleteUser', **user)
    do('DetachRolePolicy', **role, PolicyArn=managed)
    do('DeleteRolePolicy', **role, PolicyName='p')
    do('DeleteRole', **role)
    do('DeletePolicy', PolicyArn=managed)


def secretsmanager(call, name):
    def do(operation, /, **arguments):
        return call('secretsmanager', operation, **arguments)
    secret = {'SecretId': name}
    first = do('CreateSecret', Name=name, SecretString='one')['VersionId']
    do('DescribeSecret', **secret)
    assert name in [s['Name'] for s in do('ListSecrets')['SecretList']]
    second = do('PutSecretValue', **secret, SecretString='two')['VersionId']
    do('UpdateSecretVersionStage', **secret, VersionStage='AWSCURRENT', RemoveFromVersionId=second, MoveToVersionId=first)
    assert do('GetSecretValue', **secret)['SecretString'] == 'one'
    stages = {v['VersionId']: v['VersionStages'] for v in do('ListSecretVersionIds', **secret)['Versions']}
    assert stages == {first: ['AWSCURRENT'], second: ['AWSPREVIOUS']}, stages
    do('UpdateSecret', **secret, Description='words')
    do('TagResource', **secret, Tags=[{'Key': 'a', 'Value': 'b'}])
    do('UntagResource', **secret, TagKeys=['a'])
    document = {'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Deny', 'Principal': '*', 'Action': 'secretsmanager:DeleteSecret', 'Resource': '*',
        'Condition': {'StringEquals': {'aws:username': 'nobody'}}}]}
    do('PutResourcePolicy', **secret, ResourcePolicy=json.dumps(document))
    assert json.loads(do('GetResourcePolicy', **secret)['ResourcePolicy']) == document
    do('DeleteResourcePolicy', **secret)
    assert 'ResourcePolicy' not in do('GetResourcePolicy', **secret)
    assert len(do('GetRandomPassword', PasswordLength=20)['RandomPassword']) == 20
    do('DeleteSecret', **secret)
    do('RestoreSecret', **secret)


def kms(call, name):
    def do(operation, /, **arguments):
        return call('kms', operation, **arguments)
    key = {'KeyId': do('CreateKey')['KeyMetadata']['KeyId']}
    assert key['KeyId'] in [k['KeyId'] for k in do('ListKeys')['Keys']]
    do('CreateAlias', AliasName=f'alias/{name}', TargetKeyId=key['KeyId'])
    do('UpdateAlias', AliasName=f'alias/{name}', TargetKeyId=key['KeyId'])
    assert [a['AliasName'] for a in do('ListAliases', **key)['Aliases']] == [f'alias/{name}']
    do('DeleteAlias', AliasName=f'alias/{name}')
    do('UpdateKeyDescription', **key, Description='words')
    do('TagResource', **key, Tags=[{'TagKey': 'a', 'TagValue': 'b'}])
    assert do('ListResourceTags', **key)['Tags'] == [{'TagKey': 'a', 'TagValue': 'b'}]
    do('UntagResource', **key, TagKeys=['a'])
    do('EnableKeyRotation', **key)
    assert do('GetKeyRotationStatus', **key)['KeyRotationEnabled']
    do('DisableKeyRotation', **key)
    do('PutKeyPolicy', **key, PolicyName='default', Policy=do('GetKeyPolicy', **key)['Policy'])
    sealed = blob(do('Encrypt', **key, Plaintext=b'words')['CiphertextBlob'])
    assert blob(do('Decrypt', CiphertextBlob=sealed)['Plaintext']) == b'words'
    data = do('GenerateDataKey', **key, KeySpec='AES_256')
    assert blob(do('Decrypt', CiphertextBlob=blob(data['CiphertextBlob']))['Plaintext']) == blob(data['Plaintext'])
    do('DisableKey', **key)
    assert do('DescribeKey', **key)['KeyMetadata']['KeyState'] == 'Disabled'
    do('EnableKey', **key)
    do('ScheduleKeyDeletion', **key, PendingWindowInDays=7)
    do('CancelKeyDeletion', **key)


def refused(code, do, operation, /, **arguments):
    """A call that must be refused with a code, by either client."""
    try:
        do(operation, **arguments)
    except (botocore.exceptions.ClientError, AssertionError) as error:
        assert code in str(error), error
        return
    raise AssertionError(f'{operation} was not refused')


def blob(value):
    """Bytes as boto3 gives them, or as the CLI prints them."""
    return value if isinstance(value, bytes) else base64.b64decode(value)


def codebuild(call, name):
    def do(operation, /, **arguments):
        return call('codebuild', operation, **arguments)
    role = call('iam', 'CreateRole', RoleName=f'{name}-builds', AssumeRolePolicyDocument=TRUST)['Role']
    call('iam', 'PutRolePolicy', RoleName=role['RoleName'], PolicyName='logs', PolicyDocument=OPEN)
    do('CreateProject', name=name, serviceRole=role['Arn'], source={'type': 'NO_SOURCE', 'buildspec': BUILDSPEC},
       artifacts={'type': 'NO_ARTIFACTS'}, environment={
           'type': 'LINUX_CONTAINER', 'image': 'aws/codebuild/standard:7.0', 'computeType': 'BUILD_GENERAL1_SMALL'})
    do('UpdateProject', name=name, description='words')
    assert do('BatchGetProjects', names=[name])['projects'][0]['description'] == 'words'
    assert name in do('ListProjects')['projects']
    build = do('StartBuild', projectName=name)['build']['id']
    ended = wait(call, build)
    assert ended['buildStatus'] == 'SUCCEEDED', ended
    again = wait(call, do('RetryBuild', id=build)['build']['id'])
    assert again['buildStatus'] == 'SUCCEEDED' and again['buildNumber'] == 2
    do('StopBuild', id=build)
    assert do('ListBuildsForProject', projectName=name)['ids'] == [again['id'], build]
    assert build in do('ListBuilds')['ids']
    assert do('ListBuildBatchesForProject', projectName=name)['ids'] == []
    assert do('BatchGetBuildBatches', ids=[build])['buildBatchesNotFound'] == [build]
    group, stream = ended['logs']['groupName'], ended['logs']['streamName']
    found = call('logs', 'FilterLogEvents', logGroupName=group, filterPattern='"a line to find" -Running')['events']
    assert [event['message'] for event in found] == ['a line to find\n'] * 2, found
    assert call('logs', 'GetLogEvents', logGroupName=group, logStreamName=stream)['events']
    assert group in [g['logGroupName'] for g in call('logs', 'DescribeLogGroups')['logGroups']]
    streams = call('logs', 'DescribeLogStreams', logGroupName=group, orderBy='LastEventTime', descending=True)['logStreams']
    assert [s['logStreamName'] for s in streams][1] == stream
    call('logs', 'DeleteLogGroup', logGroupName=group)
    do('DeleteProject', name=name)


def s3(call, name):
    def do(operation, /, **arguments):
        return call('s3', operation, **arguments)
    bucket = {'Bucket': name}
    assert do('CreateBucket', **bucket)['Location'] == f'/{name}'
    do('HeadBucket', **bucket)
    assert name in [b['Name'] for b in do('ListBuckets')['Buckets']]
    key = {**bucket, 'Key': 'a folder/ü&<>+.txt'}
    tag = do('PutObject', **key, Body=b'words', ContentType='text/plain', Metadata={'by': 'me'})['ETag']
    head = do('HeadObject', **key)
    assert (head['ETag'], head['ContentLength'], head['ContentType'], head['Metadata']) == (tag, 5, 'text/plain', {'by': 'me'})
    assert do('GetObject', **key)['Body'].read() == b'words'
    listed = do('ListObjectsV2', **bucket)['Contents']
    assert [(o['Key'], o['Size'], o['ETag']) for o in listed] == [(key['Key'], 5, tag)]
    do('DeleteObject', **key)
    do('DeleteBucket', **bucket)


STORIES = [s3, iam, secretsmanager, kms, codebuild]


def main():
    with urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/_sandbox/health') as answer:
        has = {f'{service}.{name}' for service, names in json.load(answer)['operations'].items() for name in names}
    problems = []
    for name, client in (('boto', Boto()), ('cli', CLI())):
        aws_judge.ANSWERS.clear()
        for story in STORIES:
            story(client, f'{name}-{story.__name__}')
        missing = sorted(has - set(aws_judge.ANSWERS))
        if missing:
            problems.append(f"{name}: no call of {', '.join(missing)}")
        print(f'{name}: {len(aws_judge.ANSWERS)} answers of {len(set(aws_judge.ANSWERS))} operations, {len(has)} are there')
    problems += aws_judge.FAULTS
    print('\n'.join(problems))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
