#!/usr/bin/env python3
"""The AWS article's procedure done by hand with boto3 on a running sandbox: every step, and every step left out.

    article_by_hand.py SCENARIO

The endpoint and the keys come from the environment, as the sandbox exports them; the Docker Hub account from
UNTHROTTLE_SANDBOX_HUB_USERNAME and UNTHROTTLE_SANDBOX_HUB_PASSWORD. The policy, the references and the buildspec are the
article's, word for word. Exits 0 when all builds end as they must; otherwise prints what came instead and exits 1.
"""
import json
import os
import sys
import time

import boto3

BUILDSPEC = '''version: 0.2

phases:
  install:
    commands:
      - echo "${DOCKERHUB_PASSWORD}" | docker login -u "${DOCKERHUB_USERNAME}" --password-stdin
  build:
    commands:
      - docker pull docker:dind
'''
POLICY = '''{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "secretsmanager:GetSecretValue"
      ],
      "Resource": [
        "YOUR_SECRET_ARN*"
      ]
    }
  ]
}'''
CURATED = 'aws/codebuild/amazonlinux-x86_64-standard:5.0'

codebuild, iam, kms = boto3.client('codebuild'), boto3.client('iam'), boto3.client('kms')
secrets, logs = boto3.client('secretsmanager'), boto3.client('logs')
account = {
    'username': os.environ['UNTHROTTLE_SANDBOX_HUB_USERNAME'],
    'password': os.environ['UNTHROTTLE_SANDBOX_HUB_PASSWORD'],
}
problems = []


def build(project):
    """Builds a project; its status, and all that a person could read about it."""
    started = codebuild.start_build(projectName=project)['build']
    while True:
        one = codebuild.batch_get_builds(ids=[started['id']])['builds'][0]
        if one.get('buildComplete'):
            break
        time.sleep(0.05)
    words = [context.get('statusCode', '') + ': ' + context.get('message', '')
             for phase in one['phases'] for context in phase.get('contexts', [])]
    place = one.get('logs', {})
    if place.get('streamName'):
        events = logs.get_log_events(
            logGroupName=place['groupName'], logStreamName=place['streamName'], startFromHead=True)['events']
        words += [event['message'].rstrip() for event in events]
    failed = [phase['phaseType'] for phase in one['phases'] if phase.get('phaseStatus') == 'FAILED']
    return one['buildStatus'], failed, '\n'.join(words)


def expect(project, what, status, *words, phase=None):
    got, failed, text = build(project)
    if got != status or not all(word in text for word in words) or phase and failed[:1] != [phase]:
        problems.append(f'{what}: {project} {got} in {failed}, not {status} {phase or ""} with {words}\n{text}\n')


def make(name, role, image, buildspec=BUILDSPEC):
    codebuild.create_project(
        name=name, source={'type': 'NO_SOURCE', 'buildspec': buildspec}, artifacts={'type': 'NO_ARTIFACTS'},
        environment={'type': 'LINUX_CONTAINER', 'image': image, 'computeType': 'BUILD_GENERAL1_SMALL',
                     'privilegedMode': True}, serviceRole=role)


def make_role(name):
    trust = {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Principal': {'Service': 'codebuild.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))['Role']['Arn']
    # What every service role of CodeBuild has from the start (user guide, "Create a CodeBuild service role").
    writing = {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Action': ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
         'Resource': '*'}]}
    iam.put_role_policy(RoleName=name, PolicyName='logs', PolicyDocument=json.dumps(writing))
    return arn


def store(name='dockerhub', value=None, **more):
    return secrets.create_secret(Name=name, SecretString=json.dumps(value or account), **more)['ARN']


def grant(role, arn):
    iam.put_role_policy(RoleName=role, PolicyName='dockerhub_secret_access',
                        PolicyDocument=POLICY.replace('YOUR_SECRET_ARN', arn))


def change(project, **members):
    environment = codebuild.batch_get_projects(names=[project])['projects'][0]['environment']
    environment.update({name: value for name, value in members.items() if value is not None})
    for name in [name for name, value in members.items() if value is None]:
        environment.pop(name, None)
    codebuild.update_project(name=project, environment=environment)


def credential(project, arn):
    change(project, imagePullCredentialsType='SERVICE_ROLE' if arn else 'CODEBUILD',
           registryCredential={'credential': arn, 'credentialProvider': 'SECRETS_MANAGER'} if arn else None)


def variables(project, secret='dockerhub'):
    change(project, environmentVariables=[
        {'name': 'DOCKERHUB_USERNAME', 'value': f'{secret}:username', 'type': 'SECRETS_MANAGER'},
        {'name': 'DOCKERHUB_PASSWORD', 'value': f'{secret}:password', 'type': 'SECRETS_MANAGER'}])


def spec(project, text):
    codebuild.update_project(name=project, source={'type': 'NO_SOURCE', 'buildspec': text})


def scene(image='docker:dind'):
    """The article's procedure, complete, on one project."""
    role = make_role('builder')
    make('app', role, image)
    arn = store()
    grant('builder', arn)
    if image == 'docker:dind':
        credential('app', arn)
    variables('app')
    return arn


def steps_left_out():
    """Each step of the article is needed: without it a build fails, with CodeBuild's or docker's own words."""
    arn = scene()
    expect('app', 'every step done', 'SUCCEEDED', 'Login Succeeded')

    credential('app', None)
    expect('app', 'no registry credential', 'FAILED', 'BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE',
           'error pulling image configuration: toomanyrequests', phase='PROVISIONING')
    credential('app', arn)

    iam.delete_role_policy(RoleName='builder', PolicyName='dockerhub_secret_access')
    expect('app', 'no policy', 'FAILED', 'AccessDenied', 'is not authorized to perform: secretsmanager:GetSecretValue')
    grant('builder', arn)

    change('app', environmentVariables=[])
    expect('app', 'no variables', 'FAILED', 'username is empty', phase='INSTALL')
    variables('app')

    spec('app', 'version: 0.2\nphases:\n  build:\n    commands:\n      - docker pull docker:dind\n')
    expect('app', 'no login in the buildspec', 'FAILED', 'toomanyrequests', phase='BUILD')
    spec('app', BUILDSPEC.replace('echo "${DOCKERHUB_PASSWORD}" | ', '').replace(' --password-stdin', ''))
    expect('app', 'a login without its password', 'FAILED', 'Cannot perform an interactive login from a non TTY device',
           phase='INSTALL')
    spec('app', BUILDSPEC)

    secrets.put_secret_value(SecretId=arn, SecretString=json.dumps({**account, 'password': 'wrong'}))
    expect('app', 'a wrong password', 'FAILED', 'incorrect username or password', phase='PROVISIONING')
    secrets.put_secret_value(SecretId=arn, SecretString=json.dumps({'username': account['username']}))
    expect('app', 'no key password', 'FAILED')
    secrets.put_secret_value(SecretId=arn, SecretString=json.dumps(account))
    expect('app', 'every step done again', 'SUCCEEDED')


def customer_key():
    """With a customer-managed key the role needs kms:Decrypt too, as the article's note says."""
    role = make_role('builder')
    make('app', role, CURATED)
    key = kms.create_key(Description='docker hub')['KeyMetadata']['Arn']
    grant('builder', store(KmsKeyId=key))
    variables('app')
    expect('app', 'no kms:Decrypt', 'FAILED', 'Access to KMS is not allowed')

    def decrypt(service):
        iam.put_role_policy(RoleName='builder', PolicyName='key', PolicyDocument=json.dumps({
            'Version': '2012-10-17', 'Statement': [{
                'Effect': 'Allow', 'Action': 'kms:Decrypt', 'Resource': key,
                'Condition': {'StringEquals': {'kms:ViaService': f'{service}.us-east-1.amazonaws.com'}}}]}))
    decrypt('s3')
    expect('app', 'kms:Decrypt by way of another service', 'FAILED', 'Access to KMS is not allowed')
    decrypt('secretsmanager')
    expect('app', 'kms:Decrypt', 'SUCCEEDED', 'Login Succeeded')
    make('image', role, 'docker:dind')
    variables('image')
    credential('image', secrets.describe_secret(SecretId='dockerhub')['ARN'])
    expect('image', 'kms:Decrypt in PROVISIONING', 'SUCCEEDED')
    iam.delete_role_policy(RoleName='builder', PolicyName='key')
    expect('image', 'no kms:Decrypt in PROVISIONING', 'FAILED', phase='PROVISIONING')


def demo_projects():
    """The article on the sandbox's own two projects, whose buildspecs get the one line."""
    arn = store()
    line = '      - echo "${DOCKERHUB_PASSWORD}" | docker login -u "${DOCKERHUB_USERNAME}" --password-stdin\n'
    for project, phase in [('web', 'PROVISIONING'), ('api', 'BUILD')]:
        expect(project, 'before', 'FAILED', 'toomanyrequests', phase=phase)
        grant(f'codebuild-{project}-service-role', arn)
        variables(project)
        text = codebuild.batch_get_projects(names=[project])['projects'][0]['source']['buildspec']
        spec(project, text.replace('      - docker', line + '      - docker', 1))
    credential('web', arn)
    for project in ['web', 'api']:
        expect(project, 'after', 'SUCCEEDED', 'Login Succeeded')


def empty_account():
    """A scene of one's own, from nothing: refused without the grant, passing with it, phases and log as CodeBuild has them."""
    if codebuild.list_projects().get('projects') or secrets.list_secrets().get('SecretList'):
        problems.append('an empty sandbox holds something')
    role = make_role('builder')
    arn = store()
    make('app', role, CURATED)
    variables('app')
    expect('app', 'no grant', 'FAILED', 'AccessDenied', 'assumed-role/builder')
    grant('builder', arn)
    expect('app', 'the grant', 'SUCCEEDED', '[Container]', 'Running command docker pull docker:dind',
           'Phase complete: BUILD State: SUCCEEDED')
    one = codebuild.batch_get_builds(ids=codebuild.list_builds_for_project(projectName='app')['ids'][:1])['builds'][0]
    names = [phase['phaseType'] for phase in one['phases']]
    if names != ['SUBMITTED', 'QUEUED', 'PROVISIONING', 'DOWNLOAD_SOURCE', 'INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD',
                 'UPLOAD_ARTIFACTS', 'FINALIZING', 'COMPLETED']:
        problems.append(f'phases: {names}')


SCENARIOS = [steps_left_out, customer_key, demo_projects, empty_account]
if __name__ == '__main__':
    {scenario.__name__: scenario for scenario in SCENARIOS}[sys.argv[1]]()
    print('\n'.join(problems))
    sys.exit(1 if problems else 0)
