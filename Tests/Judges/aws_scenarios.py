"""What boto3 asks of the sandbox, one function a scenario; see aws_judge.py."""
import datetime
import json
import os
import time
import urllib.request
import uuid

ACCOUNT = '123456789012'
TRUST = json.dumps({'Version': '2012-10-17', 'Statement': [{
    'Effect': 'Allow', 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]})


def policy(action, resource, **more):
    return json.dumps({'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Action': action, 'Resource': resource, **more}]})


def secrets_life(sandbox):
    client = sandbox.client('secretsmanager')
    token = str(uuid.uuid4())
    made = client.create_secret(
        Name='dockerhub', SecretString='{"username":"u","password":"p"}', Description='Docker Hub',
        ClientRequestToken=token, Tags=[{'Key': 'team', 'Value': 'web'}])
    suffix = made['ARN'].rsplit('-', 1)[1]
    assert made['ARN'].startswith(f'arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:dockerhub-'), made
    assert len(suffix) == 6 and suffix.isalnum() and made['VersionId'] == token
    again = client.create_secret(
        Name='dockerhub', SecretString='{"username":"u","password":"p"}', ClientRequestToken=token)
    assert again['ARN'] == made['ARN'], 'the same request again must be harmless'
    sandbox.refused('ResourceExistsException', client.create_secret, Name='dockerhub', SecretString='x',
                    says='The operation failed because the secret dockerhub already exists.')
    # A name whose case differs is another secret.
    other = client.create_secret(Name='Dockerhub', SecretBinary=b'\x00\x01')
    assert client.get_secret_value(SecretId='Dockerhub')['SecretBinary'] == b'\x00\x01'
    client.delete_secret(SecretId=other['ARN'], ForceDeleteWithoutRecovery=True)
    sandbox.refused('ResourceNotFoundException', client.describe_secret, SecretId='Dockerhub',
                    says="Secrets Manager can't find the specified secret.", status=400)
    # Name, whole ARN and ARN without its suffix.
    for name in ('dockerhub', made['ARN'], made['ARN'][:-7]):
        got = client.get_secret_value(SecretId=name)
        assert got['SecretString'] == '{"username":"u","password":"p"}' and got['VersionStages'] == ['AWSCURRENT']
    second = client.put_secret_value(SecretId='dockerhub', SecretString='two')
    assert second['VersionStages'] == ['AWSCURRENT']
    assert client.get_secret_value(SecretId='dockerhub')['SecretString'] == 'two'
    old = client.get_secret_value(SecretId='dockerhub', VersionStage='AWSPREVIOUS')
    assert old['VersionId'] == token and old['SecretString'].startswith('{')
    assert client.get_secret_value(SecretId='dockerhub', VersionId=token)['VersionStages'] == ['AWSPREVIOUS']
    repeat = client.put_secret_value(SecretId='dockerhub', SecretString='two', ClientRequestToken=second['VersionId'])
    assert repeat['VersionId'] == second['VersionId']
    sandbox.refused('ResourceExistsException', client.put_secret_value, SecretId='dockerhub', SecretString='three',
                    ClientRequestToken=second['VersionId'])
    third = client.put_secret_value(SecretId='dockerhub', SecretString='three', VersionStages=['next'])
    assert third['VersionStages'] == ['next']
    assert client.get_secret_value(SecretId='dockerhub')['SecretString'] == 'two'
    sandbox.refused('ResourceNotFoundException', client.get_secret_value, SecretId='dockerhub', VersionStage='nowhere',
                    says="can't find the specified secret value for staging label: nowhere")
    sandbox.refused('InvalidRequestException', client.get_secret_value, SecretId='dockerhub', VersionStage='AWSPREVIOUS',
                    VersionId=second['VersionId'])
    client.tag_resource(SecretId='dockerhub', Tags=[{'Key': 'team', 'Value': 'api'}, {'Key': 'by', 'Value': 'me'}])
    updated = client.update_secret(SecretId='dockerhub', Description='new words')
    assert 'VersionId' not in updated
    told = client.describe_secret(SecretId='dockerhub')
    assert told['Description'] == 'new words' and told['Name'] == 'dockerhub' and 'KmsKeyId' not in told
    assert {t['Key']: t['Value'] for t in told['Tags']} == {'team': 'api', 'by': 'me'}
    assert told['VersionIdsToStages'][second['VersionId']] == ['AWSCURRENT'], told['VersionIdsToStages']
    assert isinstance(told['CreatedDate'], datetime.datetime) and 'LastAccessedDate' in told
    assert client.update_secret(SecretId='dockerhub', SecretString='four')['VersionId']
    assert client.get_resource_policy(SecretId='dockerhub')['ARN'] == made['ARN']


def secrets_deletion(sandbox):
    client = sandbox.client('secretsmanager')
    client.create_secret(Name='gone', SecretString='x')
    sandbox.refused('InvalidParameterException', client.delete_secret, SecretId='gone', RecoveryWindowInDays=6,
                    says='between 7 and 30 days')
    sandbox.refused('InvalidParameterException', client.delete_secret, SecretId='gone', RecoveryWindowInDays=7,
                    ForceDeleteWithoutRecovery=True)
    deleted = client.delete_secret(SecretId='gone', RecoveryWindowInDays=7)
    days = (deleted['DeletionDate'] - datetime.datetime.now(datetime.timezone.utc)).total_seconds() / 86400
    assert 6.9 < days < 7.1, days
    sandbox.refused('InvalidRequestException', client.create_secret, Name='gone', SecretString='y',
                    says="You can't create this secret because a secret with this name is already scheduled for deletion.")
    for call, more in ((client.get_secret_value, {}), (client.put_secret_value, {'SecretString': 'z'}),
                       (client.delete_secret, {}), (client.update_secret, {'Description': 'z'})):
        sandbox.refused('InvalidRequestException', call, SecretId='gone', **more,
                        says="You can't perform this operation on the secret because it was marked for deletion.")
    assert 'DeletedDate' in client.describe_secret(SecretId='gone')
    assert client.list_secrets()['SecretList'] == []
    assert len(client.list_secrets(IncludePlannedDeletion=True)['SecretList']) == 1
    client.restore_secret(SecretId='gone')
    assert client.get_secret_value(SecretId='gone')['SecretString'] == 'x'
    assert 'DeletedDate' not in client.describe_secret(SecretId='gone')
    client.delete_secret(SecretId='gone', ForceDeleteWithoutRecovery=True)
    client.delete_secret(SecretId='gone', ForceDeleteWithoutRecovery=True)
    sandbox.refused('ResourceNotFoundException', client.restore_secret, SecretId='gone')


def secrets_rules(sandbox):
    client = sandbox.client('secretsmanager')
    sandbox.refused('ValidationException', client.create_secret, Name='a b', SecretString='x', says='Invalid name.')
    sandbox.refused('ValidationException', client.create_secret, Name='n' * 513, SecretString='x', says='512')
    sandbox.refused('ValidationException', client.create_secret, Name='n', SecretString='x' * 65537, says='65536')
    sandbox.refused('ValidationException', client.create_secret, SecretString='x', says="Value null at 'name'")
    sandbox.refused('InvalidParameterException', client.create_secret, Name='n', SecretString='x', SecretBinary=b'x')
    sandbox.refused('EncryptionFailure', client.create_secret, Name='n', SecretString='x', KmsKeyId=str(uuid.uuid4()))
    sandbox.refused('ResourceNotFoundException', client.get_secret_value, SecretId='n')
    client.create_secret(Name='empty')
    sandbox.refused('ResourceNotFoundException', client.get_secret_value, SecretId='empty',
                    says='staging label: AWSCURRENT')
    sandbox.refused('InvalidRequestException', client.put_secret_value, SecretId='empty')
    for number in range(7):
        client.create_secret(Name=f'list/{number}', SecretString='x', Tags=[{'Key': 'k', 'Value': f'v{number}'}])
    pages = client.get_paginator('list_secrets').paginate(
        Filters=[{'Key': 'name', 'Values': ['list/']}], PaginationConfig={'PageSize': 3})
    sizes = [len(page['SecretList']) for page in pages]
    assert sizes == [3, 3, 1], sizes
    named = client.list_secrets(Filters=[{'Key': 'tag-value', 'Values': ['v3']}])['SecretList']
    assert [secret['Name'] for secret in named] == ['list/3']
    sandbox.refused('InvalidNextTokenException', client.list_secrets, NextToken='nonsense')
    sandbox.refused('ValidationException', client.list_secrets, MaxResults=101)


def iam_roles(sandbox):
    client = sandbox.client('iam')
    made = client.create_role(RoleName='web', AssumeRolePolicyDocument=TRUST, Path='/service/', Description='builds')['Role']
    assert made['Arn'] == f'arn:aws:iam::{ACCOUNT}:role/service/web' and made['RoleId'].startswith('AROA')
    assert made['AssumeRolePolicyDocument']['Statement'][0]['Principal'] == {'Service': 'codebuild.amazonaws.com'}
    sandbox.refused('EntityAlreadyExists', client.create_role, RoleName='WEB', AssumeRolePolicyDocument=TRUST, status=409,
                    says='Role with name WEB already exists.')
    sandbox.refused('MalformedPolicyDocument', client.create_role, RoleName='x', AssumeRolePolicyDocument='{', status=400,
                    says='This policy contains invalid Json')
    sandbox.refused('ValidationError', client.create_role, RoleName='a b', AssumeRolePolicyDocument=TRUST)
    sandbox.refused('NoSuchEntity', client.get_role, RoleName='nobody', status=404,
                    says='The role with name nobody cannot be found.')
    got = client.get_role(RoleName='web')['Role']
    assert got['Description'] == 'builds' and got['MaxSessionDuration'] == 3600 and got['CreateDate'] == made['CreateDate']
    document = policy('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:é&<>*')
    sandbox.refused('MalformedPolicyDocument', client.put_role_policy, RoleName='web', PolicyName='p', PolicyDocument='[]')
    sandbox.refused('NoSuchEntity', client.put_role_policy, RoleName='nobody', PolicyName='p', PolicyDocument=document)
    sandbox.refused('LimitExceeded', client.put_role_policy, RoleName='web', PolicyName='p', status=409,
                    PolicyDocument=policy(['a:' + 'b' * 60 + str(n) for n in range(300)], '*'))
    for name in ('one', 'two', 'three'):
        client.put_role_policy(RoleName='web', PolicyName=name, PolicyDocument=document)
    assert client.get_role_policy(RoleName='web', PolicyName='one')['PolicyDocument'] == json.loads(document)
    sandbox.refused('NoSuchEntity', client.get_role_policy, RoleName='web', PolicyName='four',
                    says='The role policy with name four cannot be found.')
    pages = client.get_paginator('list_role_policies').paginate(RoleName='web', PaginationConfig={'PageSize': 2})
    assert [page['PolicyNames'] for page in pages] == [['one', 'three'], ['two']]
    sandbox.refused('DeleteConflict', client.delete_role, RoleName='web', status=409)
    for name in ('one', 'two', 'three'):
        client.delete_role_policy(RoleName='web', PolicyName=name)
    sandbox.refused('NoSuchEntity', client.delete_role_policy, RoleName='web', PolicyName='one')
    managed = client.create_policy(PolicyName='read', PolicyDocument=document, Description='words')['Policy']
    assert managed['Arn'] == f'arn:aws:iam::{ACCOUNT}:policy/read' and managed['AttachmentCount'] == 0
    sandbox.refused('EntityAlreadyExists', client.create_policy, PolicyName='read', PolicyDocument=document)
    client.attach_role_policy(RoleName='web', PolicyArn=managed['Arn'])
    client.attach_role_policy(RoleName='web', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
    sandbox.refused('NoSuchEntity', client.attach_role_policy, RoleName='web', PolicyArn=managed['Arn'] + 'x')
    names = [p['PolicyName'] for p in client.list_attached_role_policies(RoleName='web')['AttachedPolicies']]
    assert names == ['read', 'AdministratorAccess'], names
    policy_told = client.get_policy(PolicyArn=managed['Arn'])['Policy']
    assert policy_told['AttachmentCount'] == 1 and policy_told['Description'] == 'words'
    version = client.get_policy_version(PolicyArn=managed['Arn'], VersionId=policy_told['DefaultVersionId'])
    assert version['PolicyVersion']['Document'] == json.loads(document) and version['PolicyVersion']['IsDefaultVersion']
    sandbox.refused('NoSuchEntity', client.get_policy_version, PolicyArn=managed['Arn'], VersionId='v2')
    sandbox.refused('InvalidInput', client.get_policy, PolicyArn='arn:aws:iam::123456789012:role/web')
    sandbox.refused('DeleteConflict', client.delete_role, RoleName='web', says='must detach all policies first')
    for arn in (managed['Arn'], 'arn:aws:iam::aws:policy/AdministratorAccess'):
        client.detach_role_policy(RoleName='web', PolicyArn=arn)
    sandbox.refused('NoSuchEntity', client.detach_role_policy, RoleName='web', PolicyArn=managed['Arn'])
    assert client.list_instance_profiles_for_role(RoleName='web')['InstanceProfiles'] == []
    client.delete_role(RoleName='web')
    sandbox.refused('NoSuchEntity', client.get_role, RoleName='web')
    sandbox.refused('InvalidAction', client.list_groups, status=400, says='ListGroups')


def kms_keys(sandbox):
    client = sandbox.client('kms')
    key = client.create_key(Description='secrets', Tags=[{'TagKey': 'a', 'TagValue': 'b'}])['KeyMetadata']
    assert key['Arn'] == f"arn:aws:kms:us-east-1:{ACCOUNT}:key/{key['KeyId']}" and key['KeyManager'] == 'CUSTOMER'
    assert client.describe_key(KeyId=key['Arn'])['KeyMetadata'] == key
    managed = client.describe_key(KeyId='alias/aws/secretsmanager')['KeyMetadata']
    assert managed['KeyManager'] == 'AWS'
    default = client.get_key_policy(KeyId=key['KeyId'], PolicyName='default')
    assert default['PolicyName'] == 'default'
    document = json.loads(default['Policy'])
    assert document['Statement'][0]['Principal'] == {'AWS': f'arn:aws:iam::{ACCOUNT}:root'}
    sandbox.refused('MalformedPolicyDocumentException', client.put_key_policy, KeyId=key['KeyId'], PolicyName='default',
                    Policy='{"Statement":')
    locked = {'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Allow', 'Principal': {'AWS': f'arn:aws:iam::{ACCOUNT}:root'}, 'Action': 'kms:Decrypt', 'Resource': '*'}]}
    sandbox.refused('MalformedPolicyDocumentException', client.put_key_policy, KeyId=key['KeyId'], PolicyName='default',
                    Policy=json.dumps(locked), says='will not allow you to update the key policy in the future')
    document['Statement'][0]['Sid'] = 'mine'
    client.put_key_policy(KeyId=key['KeyId'], PolicyName='default', Policy=json.dumps(document))
    assert json.loads(client.get_key_policy(KeyId=key['KeyId'])['Policy']) == document
    sandbox.refused('NotFoundException', client.describe_key, KeyId=str(uuid.uuid4()), says='does not exist')
    sandbox.refused('NotFoundException', client.describe_key, KeyId='alias/none', says='is not found')
    sandbox.refused('InvalidCiphertextException', client.decrypt, CiphertextBlob=b'nonsense')
    sealed = client.encrypt(KeyId=key['KeyId'], Plaintext=b'words', EncryptionContext={'a': 'b'})['CiphertextBlob']
    opened = client.decrypt(CiphertextBlob=sealed, EncryptionContext={'a': 'b'})
    assert opened['Plaintext'] == b'words' and opened['KeyId'] == key['Arn'] and b'words' not in sealed
    for context in ({}, {'a': 'c'}):
        sandbox.refused('InvalidCiphertextException', client.decrypt, CiphertextBlob=sealed, EncryptionContext=context)
    sandbox.refused('IncorrectKeyException', client.decrypt, CiphertextBlob=sealed, EncryptionContext={'a': 'b'},
                    KeyId='alias/aws/secretsmanager')
    sandbox.refused('UnsupportedOperationException', client.create_key, KeySpec='RSA_2048')
    sandbox.refused('UnknownOperationException', client.list_grants, KeyId=key['KeyId'], says='ListGrants')


def project(name='web', **environment):
    return {
        'name': name, 'serviceRole': f'arn:aws:iam::{ACCOUNT}:role/builds',
        'source': {'type': 'NO_SOURCE', 'buildspec': 'version: 0.2\nphases: {}\n'}, 'artifacts': {'type': 'NO_ARTIFACTS'},
        'environment': {'type': 'LINUX_CONTAINER', 'image': 'docker:dind', 'computeType': 'BUILD_GENERAL1_SMALL',
                        **environment}}


def codebuild_projects(sandbox):
    client = sandbox.client('codebuild')
    sandbox.refused('InvalidInputException', client.create_project, **project(),
                    says='CodeBuild is not authorized to perform: sts:AssumeRole on service role')
    sandbox.client('iam').create_role(RoleName='builds', AssumeRolePolicyDocument=TRUST)
    made = client.create_project(**project(environmentVariables=[{'name': 'A', 'value': 'b'}]), description='first')['project']
    assert made['arn'] == f'arn:aws:codebuild:us-east-1:{ACCOUNT}:project/web'
    assert made['environment']['environmentVariables'] == [{'name': 'A', 'value': 'b', 'type': 'PLAINTEXT'}]
    assert made['environment']['imagePullCredentialsType'] == 'CODEBUILD' and not made['environment']['privilegedMode']
    assert (made['timeoutInMinutes'], made['queuedTimeoutInMinutes']) == (60, 480)
    sandbox.refused('ResourceAlreadyExistsException', client.create_project, **project(), says='Project already exists:')
    changed = client.update_project(name='web', environment={
        'type': 'LINUX_CONTAINER', 'image': 'docker:dind', 'computeType': 'BUILD_GENERAL1_SMALL',
        'imagePullCredentialsType': 'SERVICE_ROLE', 'privilegedMode': True,
        'registryCredential': {'credential': 'dockerhub', 'credentialProvider': 'SECRETS_MANAGER'},
        'dockerServer': {'computeType': 'BUILD_GENERAL1_SMALL'}})['project']
    assert changed['environment']['environmentVariables'] == [], 'environment is replaced whole'
    assert changed['environment']['dockerServer'] == {'computeType': 'BUILD_GENERAL1_SMALL'}
    assert changed['description'] == 'first' and changed['source'] == made['source'], 'other members stay'
    assert changed['created'] == made['created'] and changed['lastModified'] >= made['lastModified']
    assert client.update_project(name='web', tags=[{'key': 'a', 'value': 'b'}])['project']['environment'] == \
        changed['environment']
    sandbox.refused('ResourceNotFoundException', client.update_project, name='none', description='x',
                    says=f'Project cannot be found: arn:aws:codebuild:us-east-1:{ACCOUNT}:project/none')
    told = client.batch_get_projects(names=['web', 'none', made['arn']])
    assert [p['name'] for p in told['projects']] == ['web', 'web'] and told['projectsNotFound'] == ['none']
    for names in ([], [f'p{n}' for n in range(101)]):
        sandbox.refused('InvalidInputException', client.batch_get_projects, names=names)
    for number in range(105):
        client.create_project(**project(f'p{number:03}'))
    pages = [page['projects'] for page in client.get_paginator('list_projects').paginate()]
    assert [len(page) for page in pages] == [100, 6] and pages[0][0] == 'p000' and pages[1][-1] == 'web'
    last = client.list_projects(sortBy='NAME', sortOrder='DESCENDING')['projects'][0]
    assert last == 'web'
    sandbox.refused('InvalidInputException', client.list_projects, nextToken='nonsense')
    client.delete_project(name=made['arn'])
    client.delete_project(name='web')
    assert client.batch_get_projects(names=['web'])['projectsNotFound'] == ['web']


def codebuild_rules(sandbox):
    client = sandbox.client('codebuild')
    iam = sandbox.client('iam')
    iam.create_role(RoleName='builds', AssumeRolePolicyDocument=TRUST)
    iam.create_role(RoleName='other', AssumeRolePolicyDocument=TRUST.replace('codebuild', 'ec2'))
    credential = {'credential': 'dockerhub', 'credentialProvider': 'SECRETS_MANAGER'}
    curated = 'aws/codebuild/amazonlinux-x86_64-standard:5.0'
    ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1'
    bad = [
        (project(registryCredential=credential), 'SERVICE_ROLE'),
        (project(registryCredential=credential, imagePullCredentialsType='CODEBUILD'), 'SERVICE_ROLE'),
        (project(registryCredential=credential, image=curated), 'curated'),
        (project(registryCredential=credential, image=ecr, imagePullCredentialsType='SERVICE_ROLE'), 'ECR'),
        (project(image=curated, imagePullCredentialsType='SERVICE_ROLE'),
         'cannot use a CodeBuild curated image with imagePullCredentialsType SERVICE_ROLE'),
        (project(registryCredential={**credential, 'credentialProvider': 'SECRETSMANAGER'},
                 imagePullCredentialsType='SERVICE_ROLE'), 'enum value set: [SECRETS_MANAGER]'),
        (project(imagePullCredentialsType='SERVICEROLE'), 'enum value set'),
        (project(type='LINUX'), 'enum value set'), (project(computeType='SMALL'), 'enum value set'),
        (project(type='LINUX_LAMBDA_CONTAINER'), 'compute type'),
        (project(environmentVariables=[{'name': '1A', 'value': ''}]), '1A'),
        (project(environmentVariables=[{'name': 'CODEBUILD_X', 'value': ''}]), 'reserved'),
        (project(environmentVariables=[{'name': 'A', 'value': '', 'type': 'SECRET_MANAGER'}]), 'enum value set'),
        (project(environmentVariables=[{'name': 'A', 'value': '1'}, {'name': 'A', 'value': '2'}]), 'duplicated'),
        (project('a b'), 'regular expression'), (project('x'), 'length'), (project('-x'), 'start with'),
        ({**project(), 'source': {'type': 'NO_SOURCE'}}, 'buildspec'),
        ({**project(), 'source': {'type': 'NO_SOURCE', 'buildspec': 'buildspec.yml'}}, 'valid YAML'),
        ({**project(), 'source': {'type': 'NO_SOURCE', 'location': 'x', 'buildspec': 'version: 0.2'}}, 'location'),
        ({**project(), 'source': {'type': 'GITHUB'}}, 'location'),
        ({**project(), 'source': {'type': 'GIT', 'location': 'x'}}, 'enum value set'),
        ({**project(), 'artifacts': {'type': 'CODEPIPELINE'}}, 'CODEPIPELINE'),
        ({**project(), 'timeoutInMinutes': 4}, 'greater than or equal to 5'),
        ({**project(), 'serviceRole': 'builds'}, 'Invalid service role'),
        ({**project(), 'serviceRole': 'arn:aws:iam::999999999999:role/builds'}, 'account ID does not match'),
        ({**project(), 'serviceRole': f'arn:aws:iam::{ACCOUNT}:role/Builds'}, 'sts:AssumeRole on service role'),
        ({**project(), 'serviceRole': f'arn:aws:iam::{ACCOUNT}:role/other'}, 'sts:AssumeRole on service role'),
    ]
    for wrong, words in bad:
        sandbox.refused('InvalidInputException', client.create_project, **wrong, says=words)
    incomplete = project()
    del incomplete['environment']['image']
    sandbox.refused('InvalidInputException', client.create_project, **incomplete, says="Value null at 'environment.image'")
    assert 'projects' not in client.list_projects(), 'a refused project must leave nothing'
    client.create_project(**project(registryCredential=credential, imagePullCredentialsType='SERVICE_ROLE'))
    sandbox.refused('InvalidInputException', client.update_project, name='web', environment={
        **project(image=curated)['environment'], 'registryCredential': credential}, says='curated')
    sandbox.refused('ResourceNotFoundException', client.list_builds_for_project, projectName='none')
    assert 'ids' not in client.list_builds_for_project(projectName='web') and 'ids' not in client.list_builds()
    absent = client.batch_get_builds(ids=['web:' + str(uuid.uuid4())])
    assert absent['builds'] == [] and len(absent['buildsNotFound']) == 1
    sandbox.refused('UnknownOperationException', client.list_fleets)


def signatures(sandbox):
    keys = {'aws_access_key_id': os.environ['AWS_ACCESS_KEY_ID']}
    me = sandbox.client('sts').get_caller_identity()
    assert me['Account'] == ACCOUNT and me['Arn'] == f'arn:aws:iam::{ACCOUNT}:user/sandbox' and me['UserId']
    for service, call, unknown, wrong, status in (
            ('sts', 'get_caller_identity', 'InvalidClientTokenId', 'SignatureDoesNotMatch', 403),
            ('secretsmanager', 'list_secrets', 'UnrecognizedClientException', 'InvalidSignatureException', 400)):
        client = sandbox.client(service, aws_access_key_id='AKIANOBODY', aws_secret_access_key='x')
        sandbox.refused(unknown, getattr(client, call), status=status, says='security token included in the request is invalid')
        client = sandbox.client(service, **keys, aws_secret_access_key='wrong')
        sandbox.refused(wrong, getattr(client, call), status=status, says='does not match the signature you provided')
        secret = {'aws_secret_access_key': os.environ['AWS_SECRET_ACCESS_KEY']}
        client = sandbox.client(service, **keys, **secret, aws_session_token='none of ours')
        sandbox.refused(unknown, getattr(client, call), status=status)
        client = sandbox.client(service, region_name='eu-west-1')
        sandbox.refused(wrong, getattr(client, call), status=status, says='valid region')
    request = urllib.request.Request(sandbox.endpoint, b'{}', {
        'X-Amz-Target': 'secretsmanager.ListSecrets', 'Content-Type': 'application/x-amz-json-1.1'})
    try:
        urllib.request.urlopen(request)
        raise AssertionError('an unsigned request must be refused')
    except urllib.error.HTTPError as error:
        assert json.load(error)['__type'] == 'MissingAuthenticationTokenException' and error.code == 400
    health = json.load(urllib.request.urlopen(sandbox.endpoint + '/_sandbox/health'))
    assert health['status'] == 'ok'


def build_session(sandbox):
    """As a build: the container credentials endpoint, and every call judged by the role's policies. ADMIN_* are the operator's keys."""
    admin = {'aws_access_key_id': os.environ['ADMIN_KEY'], 'aws_secret_access_key': os.environ['ADMIN_SECRET']}
    secrets = sandbox.client('secretsmanager', **admin)
    iam = sandbox.client('iam', **admin)
    kms = sandbox.client('kms', **admin)
    session = f'arn:aws:sts::{ACCOUNT}:assumed-role/builds/AWSCodeBuild-1'
    mine = sandbox.client('secretsmanager')
    assert sandbox.client('sts').get_caller_identity()['Arn'] == session
    arn = secrets.create_secret(Name='dockerhub', SecretString='{"username":"u"}')['ARN']
    denied = (f'User: {session} is not authorized to perform: secretsmanager:GetSecretValue on resource: dockerhub because no '
              'identity-based policy allows the secretsmanager:GetSecretValue action')
    sandbox.refused('AccessDeniedException', mine.get_secret_value, SecretId='dockerhub', says=denied, status=400)
    sandbox.refused('AccessDenied', sandbox.client('iam').get_role, RoleName='builds', status=403, says='iam:GetRole')
    for resource in (arn + '*', arn[:-6] + '??????', arn):
        iam.put_role_policy(RoleName='builds', PolicyName='p', PolicyDocument=policy(['secretsmanager:GetSecretValue'], [resource]))
        assert mine.get_secret_value(SecretId='dockerhub')['SecretString'] == '{"username":"u"}'
        assert mine.get_secret_value(SecretId=arn)['ARN'] == arn
    sandbox.refused('AccessDeniedException', mine.describe_secret, SecretId='dockerhub')
    sandbox.refused('AccessDeniedException', mine.put_secret_value, SecretId='dockerhub', SecretString='x')
    sandbox.refused('AccessDeniedException', mine.get_secret_value, SecretId='other', says='on resource: other')
    # A key of the customer's own asks for kms:Decrypt as well.
    key = kms.create_key()['KeyMetadata']
    secrets.update_secret(SecretId='dockerhub', KmsKeyId=key['KeyId'])
    sandbox.refused('AccessDeniedException', mine.get_secret_value, SecretId='dockerhub', says='Access to KMS is not allowed')
    via = {'StringEquals': {'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com'}}
    grants = [
        ({'StringEquals': {'kms:ViaService': 'ssm.us-east-1.amazonaws.com'}}, False),
        ({'StringEquals': {'kms:EncryptionContext:SecretARN': arn + 'x'}}, False),
        ({'StringLike': {'kms:EncryptionContext:SecretARN': arn[:-6] + '*'}}, True), (via, True)]
    for condition, allowed in grants:
        iam.put_role_policy(RoleName='builds', PolicyName='k', PolicyDocument=policy(
            'kms:Decrypt', key['Arn'], Condition=condition))
        if allowed:
            mine.get_secret_value(SecretId='dockerhub')
        else:
            sandbox.refused('AccessDeniedException', mine.get_secret_value, SecretId='dockerhub', says='Access to KMS')
    # The key's policy without the account's delegation: IAM's grant counts for nothing.
    only = {'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Allow', 'Principal': {'AWS': f'arn:aws:iam::{ACCOUNT}:user/sandbox'}, 'Action': 'kms:*', 'Resource': '*'}]}
    kms.put_key_policy(KeyId=key['KeyId'], PolicyName='default', Policy=json.dumps(only))
    sandbox.refused('AccessDeniedException', mine.get_secret_value, SecretId='dockerhub', says='Access to KMS is not allowed')
    only['Statement'].append({'Effect': 'Allow', 'Principal': {'AWS': f'arn:aws:iam::{ACCOUNT}:role/builds'},
                              'Action': 'kms:Decrypt', 'Resource': '*'})
    kms.put_key_policy(KeyId=key['KeyId'], PolicyName='default', Policy=json.dumps(only))
    mine.get_secret_value(SecretId='dockerhub')
    # An explicit deny wins.
    iam.put_role_policy(RoleName='builds', PolicyName='d', PolicyDocument=json.dumps({
        'Version': '2012-10-17', 'Statement': {'Effect': 'Deny', 'Action': 'secretsmanager:*', 'Resource': '*'}}))
    sandbox.refused('AccessDeniedException', mine.get_secret_value, SecretId='dockerhub',
                    says='with an explicit deny in an identity-based policy')
