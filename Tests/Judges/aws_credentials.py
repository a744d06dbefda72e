#!/usr/bin/env python3
"""What a botocore Session makes of configurations and environments: the oracle for the order of credential sources.

    aws_credentials.py CASES

CASES holds one JSON object a line: either {"variables", "files", "profile"}, where the files lie below /h and the endpoints on
http://127.0.0.1:1, both put in place here; or {"words"}, a command to split. For each, one line goes out: the source's name and the
access key id that it ends with, "none", or "error". STS, SSO and its grants, the container's endpoint and IMDS are played by a server in this
process, whose keys name what they were asked for, so that equal keys mean equal calls.
"""
import http.server
import json
import os
import re
import shlex
import sys
import tempfile
import threading
import urllib.parse

import botocore.credentials
import botocore.loaders
import botocore.session
import botocore.tokens

END = '2099-01-01T00:00:00Z'


def sts_key(form, signer):
    session = form.get('RoleSessionName', '')
    session = '' if session.startswith('botocore-session-') else session
    if form['Action'] == 'AssumeRoleWithWebIdentity':
        return ';'.join(['[W', form['RoleArn'], form['WebIdentityToken'], session, signer]) + ']'
    names = ['RoleArn', 'ExternalId', 'DurationSeconds', 'SerialNumber', 'TokenCode']
    return ';'.join(['[A'] + [form.get(name, '') for name in names] + [session, signer]) + ']'


class Server(http.server.BaseHTTPRequestHandler):
    def answer(self, text, kind='application/json', status=200):
        body = text.encode()
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def token(self):
        grant = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        values = [grant[name] for name in ('grantType', 'clientId', 'clientSecret', 'refreshToken')]
        if values[-1] == 'refused':
            return self.answer(json.dumps({'error': 'invalid_grant'}), status=400)
        self.answer(json.dumps({'accessToken': f"({','.join(values)})", 'expiresIn': 28800, 'tokenType': 'Bearer'}))

    def do_POST(self):
        if self.path == '/token':
            return self.token()
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers['Content-Length'])).decode()))
        signer = re.search(r'Credential=(.*?)/\d{8}/', self.headers.get('Authorization', ''))
        key = sts_key(form, signer.group(1) if signer else '')
        action = form['Action']
        self.answer(
            f'<{action}Response><{action}Result><Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s'
            f'</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{END}</Expiration></Credentials>'
            f'</{action}Result></{action}Response>', 'text/xml')

    def do_PUT(self):
        self.answer('imds', 'text/plain')

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == '/federation/credentials':
            key = ';'.join(['[S', query['role_name'], query['account_id'], self.headers['x-amz-sso_bearer_token']]) + ']'
            keys = {'accessKeyId': key, 'secretAccessKey': 's', 'sessionToken': 't', 'expiration': 4070908800000}
            return self.answer(json.dumps({'roleCredentials': keys}))
        if url.path == '/latest/meta-data/iam/security-credentials/':
            return self.answer('role', 'text/plain')
        key = '[I]' if url.path.startswith('/latest/') else f"[C;{self.headers.get('Authorization') or ''}]"
        self.answer(json.dumps({'AccessKeyId': key, 'SecretAccessKey': 's', 'Token': 't', 'Expiration': END}))

    def log_message(self, *arguments):
        pass


def resolve(case, base, loader):
    with tempfile.TemporaryDirectory() as home:
        def placed(text):
            return text.replace('/h/', home + '/').replace('http://127.0.0.1:1/', base + '/')
        for path, text in case['files'].items():
            path = placed(path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w') as file:
                file.write(placed(text))
        kept = {'PATH': os.environ['PATH'], 'HOME': home, 'AWS_DEFAULT_REGION': 'us-east-1'}
        os.environ.clear()
        os.environ.update(kept)
        os.environ.update({name: placed(value) for name, value in case['variables'].items()})
        os.environ.update({name: base for name in (
            'AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL_SSO', 'AWS_ENDPOINT_URL_SSO_OIDC', 'AWS_EC2_METADATA_SERVICE_ENDPOINT')})
        cache = os.path.join(home, '.aws', 'sso', 'cache')
        botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR = cache
        botocore.tokens.SSOTokenProvider._SSO_TOKEN_CACHE_DIR = cache
        try:
            session = botocore.session.Session(profile=case.get('profile'))
            session.register_component('data_loader', loader)
            resolver = session.get_component('credential_provider')
            resolver.get_provider('assume-role')._prompter = lambda prompt: '123456'
            found = session.get_credentials()
            if found is None:
                return 'none'
            return f'{found.method} {found.get_frozen_credentials().access_key}'
        except Exception as error:
            print(f'{case} {error!r}', file=sys.stderr) if '--why' in sys.argv else None
            return 'error'


def main():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    loader = botocore.loaders.create_loader()
    with open(sys.argv[1]) as file:
        for line in file:
            case = json.loads(line)
            if 'words' in case:
                try:
                    print(json.dumps(shlex.split(case['words'])))
                except ValueError:
                    print(json.dumps('error'))
            else:
                print(json.dumps(resolve(case, f'http://127.0.0.1:{server.server_port}', loader)))


main()
