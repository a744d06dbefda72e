"""Members that change what an operation does, one function a scenario: the sandbox follows each or refuses it; see aws_judge.py."""
import datetime
import hashlib
import json
import os
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree

import botocore.config

ACCOUNT = '123456789012'
OTHER = '999999999999'
MEBI = 1 << 20


def object_copies(sandbox):
    """CopyObject is no PutObject: it is refused by name, and what stands under the key stays."""
    client = sandbox.client('s3')
    client.create_bucket(Bucket='copies')
    client.put_object(Bucket='copies', Key='source', Body=b'words')
    client.put_object(Bucket='copies', Key='target', Body=b'old words')
    sandbox.refused('NotImplemented', client.copy_object, Bucket='copies', Key='target', CopySource='copies/source',
                    status=501, says='CopyObject')
    sandbox.refused('NotImplemented', client.upload_part_copy, Bucket='copies', Key='target', CopySource='copies/source',
                    UploadId='u', PartNumber=1, status=501, says='UploadPartCopy')
    signer = sandbox.client('s3', config=botocore.config.Config(signature_version='s3v4'))
    url = signer.generate_presigned_url('copy_object', ExpiresIn=60, Params={
        'Bucket': 'copies', 'Key': 'target', 'CopySource': 'copies/source'})
    got, code, _ = fetch(url, 'PUT', headers={'x-amz-copy-source': 'copies/source'})
    assert (got, code) == (501, 'NotImplemented'), (got, code)
    assert client.get_object(Bucket='copies', Key='target')['Body'].read() == b'old words'
    for name, arguments in (('upload_part', {'UploadId': 'u', 'PartNumber': 1}), ('put_object_tagging', {
            'Tagging': {'TagSet': []}}), ('put_object_acl', {'ACL': 'private'})):
        sandbox.refused('NotImplemented', getattr(client, name), Bucket='copies', Key='target', **arguments, status=501)


def object_members(sandbox):
    """S3: conditions on deletes, versions, owners, keys, access lists and tags."""
    client = sandbox.client('s3')
    client.create_bucket(Bucket='members', ACL='private', ObjectOwnership='BucketOwnerEnforced')
    key = {'Bucket': 'members', 'Key': 'k'}
    tag = client.put_object(**key, Body=b'0123456789', ACL='bucket-owner-full-control', StorageClass='STANDARD',
                            ServerSideEncryption='AES256')['ETag']
    sandbox.refused('PreconditionFailed', client.delete_object, **key, IfMatch='"other"', status=412)
    sandbox.refused('PreconditionFailed', client.delete_object, Bucket='members', Key='none', IfMatch='*', status=412)
    assert client.get_object(**key, VersionId='null')['Body'].read() == b'0123456789'
    head = client.head_object(**key, Range='bytes=2-4')
    assert (head['ContentLength'], head['ContentRange']) == (3, 'bytes 2-4/10'), head
    assert head['ResponseMetadata']['HTTPStatusCode'] == 206
    for name in ('get_object', 'delete_object'):
        sandbox.refused('InvalidArgument', getattr(client, name), **key, VersionId='3/L4kqtJlcpXroDTDmJ', status=400,
                        says='Invalid version id')
    owned = [(client.get_object, key), (client.delete_object, key), (client.put_object, {**key, 'Body': b''}),
             (client.list_objects_v2, {'Bucket': 'members'}), (client.delete_bucket, {'Bucket': 'members'})]
    for call, arguments in owned:
        sandbox.refused('AccessDenied', call, **arguments, ExpectedBucketOwner=OTHER, status=403)
    sandbox.refused('403', client.head_object, **key, ExpectedBucketOwner=OTHER, status=403)
    sandbox.refused('403', client.head_bucket, Bucket='members', ExpectedBucketOwner=OTHER, status=403)
    assert client.get_object(**key, ExpectedBucketOwner=ACCOUNT)['ETag'] == tag
    secret = 'k' * 32
    sealed = {'SSECustomerAlgorithm': 'AES256', 'SSECustomerKey': secret}
    for more, named in (
            (sealed, 'customer'), ({'ServerSideEncryption': 'aws:kms'}, 'aws:kms'), ({'Tagging': 'a=b'}, 'x-amz-tagging'),
            ({'ServerSideEncryption': 'aws:kms', 'SSEKMSKeyId': 'x'}, 'not implemented'), ({'StorageClass': 'GLACIER'}, 'GLACIER'),
            ({'ObjectLockLegalHoldStatus': 'ON'}, 'legal-hold'), ({'WebsiteRedirectLocation': '/x'}, 'website'),
            ({'Expires': datetime.datetime(2030, 1, 1)}, 'Expires')):
        sandbox.refused('NotImplemented', client.put_object, **key, Body=b'new', **more, status=501, says=named)
    sandbox.refused('NotImplemented', client.get_object, **key, **sealed, status=501)
    for more in ({'ACL': 'public-read'}, {'GrantRead': 'id=x'}):
        sandbox.refused('AccessControlListNotSupported', client.put_object, **key, Body=b'new', **more, status=400)
    sandbox.refused('InvalidBucketAclWithObjectOwnership', client.create_bucket, Bucket='open-bucket', ACL='public-read')
    sandbox.refused('NotImplemented', client.create_bucket, Bucket='locked-bucket', ObjectLockEnabledForBucket=True)
    assert client.get_object(**key)['Body'].read() == b'0123456789', 'what is refused must change nothing'
    client.delete_object(**key, IfMatch=tag)
    sandbox.refused('404', client.head_object, **key, status=404)
    # A presigned URL carries such members in its query, or has its reader send them.
    signer = sandbox.client('s3', config=botocore.config.Config(signature_version='s3v4'))
    url = signer.generate_presigned_url('get_object', Params={**key, 'ExpectedBucketOwner': OTHER}, ExpiresIn=60)
    assert fetch(url, headers={'x-amz-expected-bucket-owner': OTHER})[:2] == (403, 'AccessDenied')


def bucket_lists(sandbox):
    """S3: buckets by pages and prefix, and the names that there can be."""
    client = sandbox.client('s3')
    for name in ('192.168.1.1', 'xn--abc', 'a..b', 'abc-', 'x--ol-s3', 'ab'):
        sandbox.refused('InvalidBucketName', client.create_bucket, Bucket=name)
    names = [f'list-{number}' for number in range(5)] + ['other']
    for name in names:
        client.create_bucket(Bucket=name)
    assert [bucket['Name'] for bucket in client.list_buckets()['Buckets']] == names
    pages = [client.list_buckets(Prefix='list-', MaxBuckets=3)]
    pages.append(client.list_buckets(Prefix='list-', MaxBuckets=3, ContinuationToken=pages[0]['ContinuationToken']))
    assert [[bucket['Name'] for bucket in page['Buckets']] for page in pages] == [names[:3], names[3:5]]
    assert 'ContinuationToken' not in pages[1] and pages[0]['Prefix'] == 'list-'
    assert pages[0]['Buckets'][0]['BucketRegion'] == 'us-east-1'
    assert client.list_buckets(BucketRegion='eu-west-1')['Buckets'] == []


def object_sizes(sandbox):
    """S3 takes objects of 64 MiB; what is longer is refused in S3's form, and so are other services' long requests in theirs."""
    client = sandbox.client('s3')
    client.create_bucket(Bucket='sizes')
    body = os.urandom(5 * MEBI)
    client.put_object(Bucket='sizes', Key='k', Body=body)
    got = client.get_object(Bucket='sizes', Key='k')['Body'].read()
    assert hashlib.sha256(got).digest() == hashlib.sha256(body).digest()
    sandbox.refused('EntityTooLarge', client.put_object, Bucket='sizes', Key='k', Body=bytes(64 * MEBI + 1), status=400,
                    says='exceeds the maximum allowed size')
    assert client.head_object(Bucket='sizes', Key='k')['ContentLength'] == len(body)
    sandbox.refused('RequestEntityTooLargeException', sandbox.client('secretsmanager').create_secret, Name='n',
                    SecretString='x' * 2 * MEBI, status=413)
    sandbox.refused('RequestEntityTooLarge', sandbox.client('iam').create_policy, PolicyName='n',
                    PolicyDocument='x' * 2 * MEBI, status=413)


def unsigned_objects(sandbox):
    """S3 refuses in XML who signs nothing, and who signs as it was done before Signature Version 4."""
    client = sandbox.client('s3')
    client.create_bucket(Bucket='unsigned')
    key = {'Bucket': 'unsigned', 'Key': 'k'}
    client.put_object(**key, Body=b'words')
    url = f'{sandbox.endpoint}/unsigned/k'
    for method in ('GET', 'PUT', 'DELETE'):
        assert fetch(url, method) == (403, 'AccessDenied', 'Access Denied'), method
    assert fetch(f'{sandbox.endpoint}/unsigned?list-type=2')[:2] == (403, 'AccessDenied')
    old = sandbox.client('s3', config=botocore.config.Config(signature_version='s3'))
    presigned = old.generate_presigned_url('get_object', Params=key, ExpiresIn=60)
    assert 'AWSAccessKeyId=' in presigned and 'X-Amz' not in presigned, presigned
    status, code, message = fetch(presigned)
    assert (status, code) == (400, 'InvalidRequest') and 'AWS4-HMAC-SHA256' in message, (status, code, message)
    sandbox.refused('InvalidRequest', old.get_object, **key, status=400, says='AWS4-HMAC-SHA256')
    assert client.get_object(**key)['Body'].read() == b'words'
    # What is for a service that is not there still hears so.
    request = urllib.request.Request(f'{sandbox.endpoint}/clients', b'{}', {'Content-Type': 'application/json'})
    try:
        urllib.request.urlopen(request)
        raise AssertionError('a request for no service must be refused')
    except urllib.error.HTTPError as error:
        assert 'UnknownOperationException' in json.load(error)['__type'], error.code


def fetch(url, method='GET', headers=None):
    """Status, code and message of an answer that is S3's XML."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method, headers=headers or {})) as answer:
            return answer.status, None, None
    except urllib.error.HTTPError as error:
        assert error.headers['Content-Type'] == 'application/xml', error.headers['Content-Type']
        root = ElementTree.fromstring(error.read())
        return error.code, root.findtext('Code'), root.findtext('Message')


def key_members(sandbox):
    """KMS: ARNs of other places, rotation, algorithms, dry runs and grants."""
    client = sandbox.client('kms')
    key = client.create_key()['KeyMetadata']
    name = {'KeyId': key['KeyId']}
    client.create_alias(AliasName='alias/a', TargetKeyId=key['KeyId'])
    alias = f'arn:aws:kms:us-east-1:{ACCOUNT}:alias/a'
    for known in (key['KeyId'], key['Arn'], 'alias/a', alias):
        assert client.describe_key(KeyId=known)['KeyMetadata']['Arn'] == key['Arn']
    for arn in (key['Arn'], alias):
        sandbox.refused('NotFoundException', client.describe_key, KeyId=arn.replace('us-east-1', 'eu-west-1'),
                        says='Invalid arn eu-west-1')
        sandbox.refused('AccessDeniedException', client.describe_key, KeyId=arn.replace(ACCOUNT, OTHER), says=OTHER)
        sandbox.refused('NotFoundException', client.encrypt, KeyId=arn.replace('us-east-1', 'eu-west-1'), Plaintext=b'x')
    sandbox.refused('NotFoundException', client.disable_key, KeyId=key['Arn'].replace('us-east-1', 'eu-west-1'))
    sandbox.refused('NotFoundException', client.list_aliases, KeyId=key['Arn'].replace('us-east-1', 'eu-west-1'))
    sealed = client.encrypt(**name, Plaintext=b'words')['CiphertextBlob']
    sandbox.refused('NotFoundException', client.decrypt, CiphertextBlob=sealed,
                    KeyId=key['Arn'].replace('us-east-1', 'eu-west-1'))
    # A secret's key is found by the same rules.
    sandbox.refused('EncryptionFailure', sandbox.client('secretsmanager').create_secret, Name='n', SecretString='x',
                    KmsKeyId=key['Arn'].replace('us-east-1', 'eu-west-1'))
    assert client.get_key_rotation_status(**name)['KeyRotationEnabled'] is False
    client.enable_key_rotation(**name)
    assert client.get_key_rotation_status(**name)['RotationPeriodInDays'] == 365
    client.enable_key_rotation(**name, RotationPeriodInDays=180)
    status = client.get_key_rotation_status(**name)
    days = (status['NextRotationDate'] - datetime.datetime.now(datetime.timezone.utc)).total_seconds() / 86400
    assert status['RotationPeriodInDays'] == 180 and 179.9 < days < 180.1, status
    for wrong in (89, 2561):
        sandbox.refused('ValidationException', client.enable_key_rotation, **name, RotationPeriodInDays=wrong,
                        says='rotationPeriodInDays')
    assert client.get_key_rotation_status(KeyId=client.describe_key(
        KeyId='alias/aws/secretsmanager')['KeyMetadata']['KeyId'])['KeyRotationEnabled']
    for call, arguments in ((client.encrypt, {**name, 'Plaintext': b'x'}), (client.decrypt, {'CiphertextBlob': sealed}),
                            (client.generate_data_key, {**name, 'KeySpec': 'AES_256'})):
        sandbox.refused('DryRunOperationException', call, **arguments, DryRun=True, says='would have succeeded')
        sandbox.refused('InvalidGrantTokenException', call, **arguments, GrantTokens=['x'])
    sandbox.refused('DryRunOperationException', client.encrypt, **name, Plaintext=b'x', DryRun=True)
    for call, arguments in ((client.encrypt, {**name, 'Plaintext': b'x'}), (client.decrypt, {'CiphertextBlob': sealed})):
        sandbox.refused('InvalidKeyUsageException', call, **arguments, EncryptionAlgorithm='RSAES_OAEP_SHA_256')
        sandbox.refused('ValidationException', call, **arguments, EncryptionAlgorithm='ROT13', says='enum value set')
        call(**arguments, EncryptionAlgorithm='SYMMETRIC_DEFAULT')
    sandbox.refused('UnsupportedOperationException', client.create_key, CustomerMasterKeySpec='RSA_2048')
    sandbox.refused('ValidationException', client.create_key, CustomerMasterKeySpec='SYMMETRIC_DEFAULT',
                    KeySpec='SYMMETRIC_DEFAULT')
    assert client.create_key(CustomerMasterKeySpec='SYMMETRIC_DEFAULT')['KeyMetadata']['KeySpec'] == 'SYMMETRIC_DEFAULT'
    client.disable_key(**name)
    sandbox.refused('DisabledException', client.enable_key_rotation, **name)
    sandbox.refused('DisabledException', client.disable_key_rotation, **name)
    sandbox.refused('DisabledException', client.encrypt, **name, Plaintext=b'x', DryRun=True)
    assert client.get_key_rotation_status(**name)['KeyRotationEnabled']


def secret_members(sandbox):
    """Secrets Manager: the order of a list, and principals of a policy."""
    client = sandbox.client('secretsmanager')
    for name in ('b', 'c', 'a'):
        client.create_secret(Name=name, SecretString='x')
    client.get_secret_value(SecretId='c')
    client.update_secret(SecretId='b', Description='words')

    def listed(**arguments):
        return ''.join(secret['Name'] for secret in client.list_secrets(**arguments)['SecretList'])
    assert listed(SortBy='name') == 'abc' and listed(SortBy='name', SortOrder='desc') == 'cba'
    assert listed() == listed(SortBy='created-date') == 'bca'
    assert listed(SortBy='last-changed-date') == 'cab'
    assert listed(SortBy='last-accessed-date')[-1] == 'c'
    sandbox.refused('ValidationException', client.list_secrets, SortBy='size', says='enum value set')

    def grant(principal):
        return json.dumps({'Version': '2012-10-17', 'Statement': [{
            'Sid': 'a reader', 'Effect': 'Allow', 'Principal': {'AWS': principal}, 'Action': 'secretsmanager:GetSecretValue',
            'Resource': '*'}]})
    for kind in ('user', 'role'):
        sandbox.refused('MalformedPolicyDocumentException', client.put_resource_policy, SecretId='a',
                        ResourcePolicy=grant(f'arn:aws:iam::{ACCOUNT}:{kind}/nobody'), says='unsupported principal')
    for there in (f'arn:aws:iam::{ACCOUNT}:user/sandbox', f'arn:aws:iam::{ACCOUNT}:root', OTHER):
        client.put_resource_policy(SecretId='a', ResourcePolicy=grant(there))


def source_identities(sandbox):
    """STS: who stands behind a session, as trust policies ask for it and through one role after another."""
    iam, sts = sandbox.client('iam'), sandbox.client('sts')
    trust = {'Effect': 'Allow', 'Principal': {'AWS': ACCOUNT}, 'Action': ['sts:AssumeRole', 'sts:SetSourceIdentity'],
             'Condition': {'StringEquals': {'sts:SourceIdentity': 'ann'}}}

    def document(**more):
        return json.dumps({'Version': '2012-10-17', 'Statement': [{**trust, **more}]})
    for name in ('first', 'second'):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=document())
        iam.put_role_policy(RoleName=name, PolicyName='p', PolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [{
            'Effect': 'Allow', 'Action': 'sts:*', 'Resource': '*'}]}))
    iam.create_role(RoleName='plain', AssumeRolePolicyDocument=document(Action='sts:AssumeRole', Condition={}))
    first = {'RoleArn': f'arn:aws:iam::{ACCOUNT}:role/first', 'RoleSessionName': 'me'}
    sandbox.refused('AccessDenied', sts.assume_role, **first, status=403)
    sandbox.refused('AccessDenied', sts.assume_role, **first, SourceIdentity='bob', status=403)
    sandbox.refused('ValidationError', sts.assume_role, **first, SourceIdentity='a b', says='sourceIdentity')
    plain = {'RoleArn': f'arn:aws:iam::{ACCOUNT}:role/plain', 'RoleSessionName': 'me'}
    assert 'SourceIdentity' not in sts.assume_role(**plain)
    sandbox.refused('AccessDenied', sts.assume_role, **plain, SourceIdentity='ann', says='sts:SetSourceIdentity')
    session = sts.assume_role(**first, SourceIdentity='ann')
    assert session['SourceIdentity'] == 'ann'
    keys = session['Credentials']
    own = sandbox.client('sts', aws_access_key_id=keys['AccessKeyId'], aws_secret_access_key=keys['SecretAccessKey'],
                         aws_session_token=keys['SessionToken'])
    second = {'RoleArn': f'arn:aws:iam::{ACCOUNT}:role/second', 'RoleSessionName': 'me'}
    assert own.assume_role(**second)['SourceIdentity'] == 'ann', 'it stays through the next role'
    sandbox.refused('AccessDenied', own.assume_role, **second, SourceIdentity='bob', says='sts:SetSourceIdentity')


def statement_ids(sandbox):
    """IAM: statements' ids are letters and digits."""
    iam = sandbox.client('iam')
    document = json.dumps({'Version': '2012-10-17', 'Statement': [{
        'Sid': 'a b', 'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'}]})
    sandbox.refused('MalformedPolicyDocument', iam.create_policy, PolicyName='p', PolicyDocument=document,
                    says='Statement IDs (SID) must be alpha-numeric')
    iam.create_policy(PolicyName='p', PolicyDocument=document.replace('a b', 'ab1'))


def unread_members(sandbox):
    """A member of which the sandbox's operation knows nothing is refused by name, whatever the protocol."""
    kms, secrets, sts = sandbox.client('kms'), sandbox.client('secretsmanager'), sandbox.client('sts')
    key = kms.create_key()['KeyMetadata']['KeyId']
    sandbox.refused('ValidationException', kms.generate_data_key, KeyId=key, KeySpec='AES_256', Recipient={
        'KeyEncryptionAlgorithm': 'RSAES_OAEP_SHA_256', 'AttestationDocument': b'x'}, says='the member Recipient of GenerateDataKey')
    sandbox.refused('ValidationException', secrets.create_secret, Name='n', SecretString='x', Type='a', says='the member Type')
    assert secrets.list_secrets()['SecretList'] == [], 'what is refused must leave nothing'
    sandbox.client('iam').create_role(RoleName='r', AssumeRolePolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Allow', 'Principal': {'AWS': ACCOUNT}, 'Action': ['sts:AssumeRole', 'sts:TagSession']}]}))
    role = {'RoleArn': f'arn:aws:iam::{ACCOUNT}:role/r', 'RoleSessionName': 'me'}
    sandbox.refused('ValidationError', sts.assume_role, **role, TransitiveTagKeys=['a'], says='the member TransitiveTagKeys')
    sts.assume_role(**role, Tags=[], PolicyArns=[])
