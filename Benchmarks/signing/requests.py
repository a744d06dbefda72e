#!/usr/bin/env python3
"""The requests that are signed: those of a scan over many projects, and one with a query."""
import json

FORM = 'application/x-www-form-urlencoded; charset=utf-8'


def aws_json(service, host, target, body):
    headers = [['Content-Type', 'application/x-amz-json-1.1'], ['X-Amz-Target', target]]
    return {'method': 'POST', 'url': f'https://{host}.eu-west-3.amazonaws.com/', 'headers': headers, 'body': json.dumps(body),
            'service': service, 'region': 'eu-west-3'}


ids = [f'project-{number}:4ac4d3b2-6e3b-4a4f-9df7-{number:012}' for number in range(100)]
lines = [
    aws_json('codebuild', 'codebuild', 'CodeBuild_20161006.ListProjects', {}),
    aws_json('codebuild', 'codebuild', 'CodeBuild_20161006.ListBuildsForProject', {'projectName': 'project-1'}),
    aws_json('codebuild', 'codebuild', 'CodeBuild_20161006.BatchGetBuilds', {'ids': ids}),
    aws_json('secretsmanager', 'secretsmanager', 'secretsmanager.DescribeSecret', {'SecretId': 'dockerhub'}),
    {'method': 'POST', 'url': 'https://iam.amazonaws.com/', 'headers': [['Content-Type', FORM]], 'service': 'iam',
     'body': 'Action=GetRolePolicy&PolicyName=dockerhub&RoleName=build&Version=2010-05-08', 'region': 'us-east-1'},
    {'method': 'GET', 'url': 'https://example.eu-west-3.amazonaws.com/a/b%20c?list-type=2&prefix=x%2Fy&max-keys=10',
     'headers': [['Accept', '*/*']], 'body': '', 'service': 'service', 'region': 'eu-west-3'},
]
for line in lines:
    print(json.dumps(line))
