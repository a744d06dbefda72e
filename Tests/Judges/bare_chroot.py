"""Runs a static helper where there is nothing but it, /proc (Swift's runtime wants it), and a file or two: python3 bare_chroot.py HELPER

It asks a Secrets Manager stand-in on loopback, over http by address and over TLS by name, with the certificate authority where Debian and
Alpine, Amazon Linux, or SSL_CERT_FILE have it. Prints a line for each case and exits 1 when one fails. Needs root and openssl.
"""

import http.server
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading

NAME = "secrets.stand-in.example"
LOGIN = {"ServerURL": "docker.io", "Username": "u", "Secret": "p"}


class Secrets(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"ARN": "arn", "SecretString": json.dumps({"username": "u", "password": "p"})}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def certificate(folder):
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *key, "-days", "2", "-subj", "/CN=ca", "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", *key, "-subj", "/CN=server", "-keyout", "server.key", "-out", "server.csr")
    (folder / "names").write_text(f"subjectAltName=DNS:{NAME}")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem")


def serve(tls=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Secrets)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def case(name, folder, helper, url, files, expected=True, more={}):
    root = folder / name
    root.mkdir()
    shutil.copy(helper, root / "helper")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    variables = {"AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "k", "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": url, "UNTHROTTLE_TIMEOUT": "20"}
    (root / "proc").mkdir()
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    try:
        ended = subprocess.run(["/helper", "get"], input=b"docker.io", env=variables | more, capture_output=True, preexec_fn=lambda: (os.chroot(root), os.chdir("/")))
    finally:
        subprocess.run(["umount", root / "proc"], check=True)
    answered = ended.returncode == 0 and json.loads(ended.stdout) == LOGIN
    good = answered == expected
    print(f"{'ok' if good else 'FAILED'}: {name}" + ("" if good else f": {ended.stdout!r} {ended.stderr!r}"))
    return good


def main():
    helper = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        certificate(folder)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "server.pem", folder / "server.key")
        plain, secure = f"http://127.0.0.1:{serve()}", f"https://{NAME}:{serve(tls)}"
        authority, hosts = (folder / "ca.pem").read_text(), {"etc/hosts": f"127.0.0.1 localhost {NAME}\n"}
        switch = {"etc/nsswitch.conf": "hosts: files myhostname resolve [!UNAVAIL=return] dns\n"}
        results = [
            case("nothing", folder, helper, plain, {}),
            case("debian-alpine", folder, helper, secure, hosts | {"etc/ssl/certs/ca-certificates.crt": authority}),
            case("amazon-linux", folder, helper, secure, hosts | switch | {"etc/pki/tls/certs/ca-bundle.crt": authority}),
            case("ssl-cert-file", folder, helper, secure, hosts | {"ca.pem": authority}, more={"SSL_CERT_FILE": "/ca.pem"}),
            case("no-trust", folder, helper, secure, hosts, expected=False),
        ]
    sys.exit(0 if all(results) else 1)


main()
