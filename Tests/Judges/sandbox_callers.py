"""Callers besides the sandbox's operator: users with keys, roles assumed with STS, what each may and may not do, in AWS's words.

Scenarios for aws_judge.py; see aws_scenarios.py.
"""
import datetime
import json

from aws_scenarios import ACCOUNT, TRUST, policy

ROOT = f'arn:aws:iam::{ACCOUNT}:root'


def trust(principal, **condition):
    statement = {'Effect': 'Allow', 'Principal': {'AWS': principal}, 'Action': 'sts:AssumeRole'}
    return json.dumps({'Version': '2012-10-17', 'Statement': [{**statement, **condition}]})


def keys(made):
    return {'aws_access_key_id': made['AccessKeyId'], 'aws_secret_access_key': made['SecretAccessKey'],
            'aws_session_token': made.get('SessionToken')}


def person(sandbox, name, **more):
    """A user with a key, made as a person would make one."""
    iam = sandbox.client('iam')
    user = iam.create_user(UserName=name, **more)['User']
    return user, keys(iam.create_access_key(UserName=name)['AccessKey'])


def callers_users(sandbox):
    iam, admin = sandbox.client('iam'), sandbox.client('secretsmanager')
    arn = admin.create_secret(Name='dockerhub', SecretString='{"username":"u"}')['ARN']
    user, mine = person(sandbox, 'ann', Path='/team/', Tags=[{'Key': 'team', 'Value': 'web'}])
    assert user['Arn'] == f'arn:aws:iam::{ACCOUNT}:user/team/ann' and user['UserId'].startswith('AIDA')
    me = sandbox.client('sts', **mine).get_caller_identity()
    assert (me['Arn'], me['UserId']) == (user['Arn'], user['UserId'])
    secrets, own = sandbox.client('secretsmanager', **mine), sandbox.client('iam', **mine)

    def denied(action, resource, why=None):
        why = why or f'because no identity-based policy allows the {action} action'
        return f"User: {user['Arn']} is not authorized to perform: {action} on resource: {resource} {why}"
    assert sandbox.refused('AccessDeniedException', secrets.get_secret_value, SecretId='dockerhub', status=400) == denied(
        'secretsmanager:GetSecretValue', 'dockerhub')
    assert sandbox.refused('AccessDenied', own.get_user, status=403) == denied('iam:GetUser', user['Arn'])
    # Permission comes before existence.
    assert sandbox.refused('AccessDenied', own.get_role, RoleName='none') == denied(
        'iam:GetRole', f'arn:aws:iam::{ACCOUNT}:role/none')
    project = f'arn:aws:codebuild:us-east-1:{ACCOUNT}:project/web'
    assert sandbox.refused('AccessDeniedException', sandbox.client('codebuild', **mine).start_build, projectName='web') == \
        denied('codebuild:StartBuild', project)
    group = f'arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/g:log-stream:s'
    assert sandbox.refused('AccessDeniedException', sandbox.client('logs', **mine).get_log_events, logGroupName='/g',
                           logStreamName='s') == denied('logs:GetLogEvents', group)
    # Inline, managed, and both with a deny.
    iam.put_user_policy(UserName='ann', PolicyName='read', PolicyDocument=policy('secretsmanager:GetSecretValue', arn))
    assert secrets.get_secret_value(SecretId=arn)['Name'] == 'dockerhub'
    sandbox.refused('AccessDeniedException', secrets.put_secret_value, SecretId='dockerhub', SecretString='x')
    managed = iam.create_policy(PolicyName='me', PolicyDocument=policy(
        'iam:GetUser', f'arn:aws:iam::{ACCOUNT}:user/team/${{aws:username}}',
        Condition={'StringEquals': {'aws:PrincipalTag/team': 'web'}}))['Policy']['Arn']
    iam.attach_user_policy(UserName='ann', PolicyArn=managed)
    assert own.get_user()['User']['UserName'] == 'ann'
    iam.tag_user(UserName='ann', Tags=[{'Key': 'team', 'Value': 'api'}])
    sandbox.refused('AccessDenied', own.get_user)
    iam.put_user_policy(UserName='ann', PolicyName='deny', PolicyDocument=json.dumps({
        'Version': '2012-10-17', 'Statement': {'Effect': 'Deny', 'Action': 'secretsmanager:*', 'Resource': '*'}}))
    assert sandbox.refused('AccessDeniedException', secrets.get_secret_value, SecretId='dockerhub') == denied(
        'secretsmanager:GetSecretValue', 'dockerhub', 'with an explicit deny in an identity-based policy')
    iam.delete_user_policy(UserName='ann', PolicyName='deny')
    # A boundary allows nothing by itself, and nothing goes beyond it.
    bound = iam.create_policy(PolicyName='bound', PolicyDocument=policy('iam:*', '*'))['Policy']['Arn']
    iam.put_user_permissions_boundary(UserName='ann', PermissionsBoundary=bound)
    assert iam.get_user(UserName='ann')['User']['PermissionsBoundary']['PermissionsBoundaryArn'] == bound
    assert sandbox.refused('AccessDeniedException', secrets.get_secret_value, SecretId='dockerhub') == denied(
        'secretsmanager:GetSecretValue', 'dockerhub',
        'because no permissions boundary allows the secretsmanager:GetSecretValue action')
    sandbox.refused('AccessDenied', own.list_users)
    iam.delete_user_permissions_boundary(UserName='ann')
    secrets.get_secret_value(SecretId='dockerhub')
    # The secret's own policy.
    iam.delete_user_policy(UserName='ann', PolicyName='read')
    sandbox.refused('AccessDeniedException', secrets.get_secret_value, SecretId='dockerhub')
    resource = {'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Allow', 'Principal': {'AWS': user['Arn']}, 'Action': 'secretsmanager:GetSecretValue', 'Resource': '*'}]}
    admin.put_resource_policy(SecretId='dockerhub', ResourcePolicy=json.dumps(resource))
    assert json.loads(admin.get_resource_policy(SecretId='dockerhub')['ResourcePolicy']) == resource
    assert secrets.get_secret_value(SecretId='dockerhub')['SecretString'] == '{"username":"u"}'
    resource['Statement'][0]['Effect'] = 'Deny'
    admin.put_resource_policy(SecretId='dockerhub', ResourcePolicy=json.dumps(resource))
    assert sandbox.refused('AccessDeniedException', secrets.get_secret_value, SecretId='dockerhub') == denied(
        'secretsmanager:GetSecretValue', 'dockerhub', 'with an explicit deny in a resource-based policy')
    resource['Statement'][0].update(Effect='Allow', Principal='*')
    sandbox.refused('PublicPolicyException', admin.put_resource_policy, SecretId='dockerhub', BlockPublicPolicy=True,
                    ResourcePolicy=json.dumps(resource))
    # Keys: two at most, switched off, and gone with their user.
    second = iam.create_access_key(UserName='ann')['AccessKey']
    sandbox.refused('LimitExceeded', iam.create_access_key, UserName='ann', status=409, says='AccessKeysPerUser: 2')
    iam.update_access_key(UserName='ann', AccessKeyId=second['AccessKeyId'], Status='Inactive')
    sandbox.refused('InvalidClientTokenId', sandbox.client('sts', **keys(second)).get_caller_identity, status=403)
    iam.update_access_key(UserName='ann', AccessKeyId=second['AccessKeyId'], Status='Active')
    sandbox.client('sts', **keys(second)).get_caller_identity()
    listed = iam.list_access_keys(UserName='ann')['AccessKeyMetadata']
    assert [key['Status'] for key in listed] == ['Active', 'Active'] and 'SecretAccessKey' not in listed[0]
    sandbox.refused('DeleteConflict', iam.delete_user, UserName='ann', says='must delete access keys first')
    for key in listed:
        iam.delete_access_key(UserName='ann', AccessKeyId=key['AccessKeyId'])
    sandbox.refused('InvalidClientTokenId', sandbox.client('sts', **mine).get_caller_identity)
    sandbox.refused('DeleteConflict', iam.delete_user, UserName='ann', says='must detach all policies first')
    iam.detach_user_policy(UserName='ann', PolicyArn=managed)
    iam.delete_user(UserName='ann')
    sandbox.refused('NoSuchEntity', iam.get_user, UserName='ann', says='The user with name ann cannot be found.', status=404)


def callers_roles(sandbox):
    iam, sts = sandbox.client('iam'), sandbox.client('sts')
    user, mine = person(sandbox, 'ben')
    caller = sandbox.client('sts', **mine)
    role = iam.create_role(RoleName='deploy', Path='/ops/', AssumeRolePolicyDocument=TRUST)['Role']
    no = f"User: {user['Arn']} is not authorized to perform: sts:AssumeRole on resource: {role['Arn']}"

    def assume(**more):
        return caller.assume_role(**{'RoleArn': role['Arn'], 'RoleSessionName': 'ben', **more})

    def refused(**more):
        got = sandbox.refused('AccessDenied', assume, status=403, **more)
        assert got == no, got
    # A trust policy that names a service, the account, the user.
    refused()
    iam.update_assume_role_policy(RoleName='deploy', PolicyDocument=trust(ROOT))
    refused()
    iam.put_user_policy(UserName='ben', PolicyName='assume', PolicyDocument=policy('sts:AssumeRole', role['Arn']))
    session = assume()
    assert session['AssumedRoleUser'] == {
        'Arn': f'arn:aws:sts::{ACCOUNT}:assumed-role/deploy/ben', 'AssumedRoleId': role['RoleId'] + ':ben'}
    left = session['Credentials']['Expiration'] - datetime.datetime.now(datetime.timezone.utc)
    assert 3590 < left.total_seconds() <= 3600, left
    iam.delete_user_policy(UserName='ben', PolicyName='assume')
    refused()
    iam.update_assume_role_policy(RoleName='deploy', PolicyDocument=trust(user['Arn']))
    assume()
    sandbox.refused('MalformedPolicyDocument', iam.update_assume_role_policy, RoleName='deploy',
                    PolicyDocument=trust(f'arn:aws:iam::{ACCOUNT}:user/nobody'), says='Invalid principal in policy')
    # A role that is not there is refused in the same words.
    sandbox.refused('AccessDenied', caller.assume_role, RoleArn=role['Arn'] + 'x', RoleSessionName='ben', status=403)
    # The external id, and the session's name.
    iam.update_assume_role_policy(RoleName='deploy', PolicyDocument=trust(
        user['Arn'], Condition={'StringEquals': {'sts:ExternalId': 'agreed'}}))
    refused()
    sandbox.refused('AccessDenied', assume, ExternalId='other')
    assume(ExternalId='agreed')
    iam.update_assume_role_policy(RoleName='deploy', PolicyDocument=trust(
        user['Arn'], Condition={'StringEquals': {'sts:RoleSessionName': '${aws:username}'}}))
    assume()
    sandbox.refused('AccessDenied', assume, RoleSessionName='other')
    iam.update_assume_role_policy(RoleName='deploy', PolicyDocument=trust(user['Arn']))
    # Durations.
    sandbox.refused('ValidationError', assume, DurationSeconds=899, says='greater than or equal to 900')
    sandbox.refused('ValidationError', assume, DurationSeconds=3601, status=400,
                    says='The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
    iam.update_role(RoleName='deploy', MaxSessionDuration=7200)
    long = assume(DurationSeconds=7200)['Credentials']
    # The session signs, and has the role's policies alone.
    own = keys(long)
    arn = f'arn:aws:sts::{ACCOUNT}:assumed-role/deploy/ben'
    assert sandbox.client('sts', **own).get_caller_identity()['Arn'] == arn
    secrets = sandbox.client('secretsmanager', **own)
    assert sandbox.refused('AccessDeniedException', secrets.create_secret, Name='a', SecretString='x').startswith(
        f'User: {arn} is not authorized to perform: secretsmanager:CreateSecret on resource: ')
    iam.put_role_policy(RoleName='deploy', PolicyName='p', PolicyDocument=policy('secretsmanager:*', '*'))
    secrets.create_secret(Name='a', SecretString='x')
    for wrong in ({'aws_session_token': None}, {'aws_session_token': 'x'}):
        sandbox.refused('InvalidClientTokenId', sandbox.client('sts', **{**own, **wrong}).get_caller_identity)
    # A session policy narrows, by document and by ARN; a role of a role lasts an hour at most.
    read = policy('secretsmanager:GetSecretValue', '*')
    narrow = sandbox.client('secretsmanager', **keys(assume(Policy=read)['Credentials']))
    narrow.get_secret_value(SecretId='a')
    got = sandbox.refused('AccessDeniedException', narrow.describe_secret, SecretId='a')
    assert got.endswith('because no session policy allows the secretsmanager:DescribeSecret action'), got
    sandbox.refused('MalformedPolicyDocument', assume, Policy='{')
    managed = iam.create_policy(PolicyName='read', PolicyDocument=policy('secretsmanager:DescribeSecret', '*'))['Policy']['Arn']
    both = sandbox.client('secretsmanager', **keys(assume(Policy=read, PolicyArns=[{'arn': managed}])['Credentials']))
    both.describe_secret(SecretId='a')
    sandbox.refused('AccessDeniedException', both.put_secret_value, SecretId='a', SecretString='y')
    iam.create_role(RoleName='next', AssumeRolePolicyDocument=trust(role['Arn']), MaxSessionDuration=7200)
    chained = sandbox.client('sts', **own)
    next_arn = f'arn:aws:iam::{ACCOUNT}:role/next'
    assert chained.assume_role(RoleArn=next_arn, RoleSessionName='ben')['AssumedRoleUser']['Arn'].endswith('/next/ben')
    sandbox.refused('ValidationError', chained.assume_role, RoleArn=next_arn, RoleSessionName='ben', DurationSeconds=3601,
                    says='1 hour session limit for roles assumed by role chaining')
    sandbox.refused('ValidationError', sandbox.client('iam', **own).get_user, says='non-User credentials')
    # The role is made again: its sessions are those of another.
    iam.delete_role_policy(RoleName='deploy', PolicyName='p')
    iam.delete_role(RoleName='deploy')
    iam.create_role(RoleName='deploy', Path='/ops/', AssumeRolePolicyDocument=TRUST)
    sandbox.refused('InvalidClientTokenId', chained.get_caller_identity)
    assert sts.get_caller_identity()['Arn'].endswith(':user/sandbox')


def callers_operators(sandbox):
    """An operator of a platform team, given too little, and then what is missing, one permission after the other."""
    iam, codebuild = sandbox.client('iam'), sandbox.client('codebuild')
    iam.create_role(RoleName='builds', AssumeRolePolicyDocument=TRUST)
    service_role = f'arn:aws:iam::{ACCOUNT}:role/builds'
    project = {
        'name': 'web', 'source': {'type': 'NO_SOURCE', 'buildspec': 'version: 0.2\nphases: {}\n'},
        'artifacts': {'type': 'NO_ARTIFACTS'}, 'serviceRole': service_role, 'tags': [{'key': 'team', 'value': 'web'}],
        'environment': {'type': 'LINUX_CONTAINER', 'image': 'docker:dind', 'computeType': 'BUILD_GENERAL1_SMALL'}}
    arn = codebuild.create_project(**project)['project']['arn']
    user, mine = person(sandbox, 'cleo')
    own = sandbox.client('codebuild', **mine)
    grants = []

    def grant(action, resource, **more):
        grants.append({'Effect': 'Allow', 'Action': action, 'Resource': resource, **more})
        iam.put_user_policy(UserName='cleo', PolicyName='p', PolicyDocument=json.dumps({
            'Version': '2012-10-17', 'Statement': grants}))
    environment = {**project['environment'], 'privilegedMode': True}
    sandbox.refused('AccessDeniedException', own.batch_get_projects, names=['web'], says='codebuild:BatchGetProjects')
    grant('codebuild:*', arn, Condition={'StringEquals': {'aws:ResourceTag/team': 'api'}})
    sandbox.refused('AccessDeniedException', own.batch_get_projects, names=['web'])
    grant('codebuild:*', arn, Condition={'StringEquals': {'aws:ResourceTag/team': 'web'}})
    own.batch_get_projects(names=['web'])
    sandbox.refused('AccessDeniedException', own.list_projects, says='codebuild:ListProjects on resource: *')
    got = sandbox.refused('AccessDeniedException', own.update_project, name='web', environment=environment)
    assert got == (f"User: {user['Arn']} is not authorized to perform: iam:PassRole on resource: {service_role} "
                   'because no identity-based policy allows the iam:PassRole action'), got
    grant('iam:PassRole', service_role, Condition={'StringEquals': {'iam:PassedToService': 'codebuild.amazonaws.com'}})
    own.update_project(name='web', environment=environment)
    simulated = iam.simulate_principal_policy(
        PolicySourceArn=user['Arn'], ActionNames=['codebuild:UpdateProject', 'iam:PassRole', 'iam:PutRolePolicy'],
        ResourceArns=[arn], ContextEntries=[
            {'ContextKeyName': 'aws:ResourceTag/team', 'ContextKeyType': 'string', 'ContextKeyValues': ['web']}])
    assert [r['EvalDecision'] for r in simulated['EvaluationResults']] == ['allowed', 'implicitDeny', 'implicitDeny']
    keys_of = sandbox.client('kms', **mine)
    sandbox.refused('AccessDeniedException', keys_of.list_keys, says='kms:ListKeys on resource: *')
    key = sandbox.client('kms').create_key()['KeyMetadata']
    sandbox.refused('AccessDeniedException', keys_of.decrypt, CiphertextBlob=sandbox.client('kms').encrypt(
        KeyId=key['KeyId'], Plaintext=b'x')['CiphertextBlob'], says=f"kms:Decrypt on resource: {key['Arn']}")
    grant('kms:Decrypt', key['Arn'])
    keys_of.decrypt(CiphertextBlob=sandbox.client('kms').encrypt(KeyId=key['KeyId'], Plaintext=b'x')['CiphertextBlob'])


def unknown_services(sandbox):
    for service, call, arguments, code in (
            ('dynamodb', 'list_tables', {}, 'UnknownOperationException'), ('sns', 'list_topics', {}, 'InvalidAction'),
            ('codebuild', 'list_fleets', {}, 'UnknownOperationException'), ('iam', 'list_groups', {}, 'InvalidAction')):
        client = sandbox.client(service, judged=False)
        got = sandbox.refused(code, getattr(client, call), **arguments)
        name = ''.join(part.capitalize() for part in call.split('_'))
        assert name in got or service in got, f'{service} {call}: {got!r} does not name what is missing'
    client = sandbox.client('lambda', judged=False)
    got = sandbox.refused('UnknownOperationException', client.list_functions, status=404)
    assert 'lambda' in got and 'codebuild' in got, got
