"""Runs a command where Docker Hub's names lead to a stand-in on this machine, over TLS that the command trusts.

    python3 hub_names.py HUB_PORT AWS_PORT COMMAND [ARG ...]

The command runs in network and mount namespaces of its own: its /etc/hosts names 127.0.0.1 for Docker Hub's hosts, port 443 there ends
TLS and port 80 does not, and both lead to HUB_PORT outside; AWS_PORT is the same inside and outside. Nothing else of the network can
be reached, and nothing outside changes. SSL_CERT_FILE names the certificate authority inside. Needs root and openssl.
"""

import ctypes
import fcntl
import os
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading

NAMES = ["registry-1.docker.io", "auth.docker.io", "index.docker.io", "docker.io", "production.cloudflare.docker.com"]
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000


def pump(source, target):
    try:
        while data := source.recv(1 << 16):
            target.sendall(data)
    except OSError:
        pass
    for end, how in ((source, socket.SHUT_RD), (target, socket.SHUT_WR)):
        try:
            end.shutdown(how)
        except OSError:
            pass


def relay(listener, connect, tls=None):
    """Joins each connection that arrives to one that `connect` makes."""

    def serve(arrived):
        try:
            arrived = tls.wrap_socket(arrived, server_side=True) if tls else arrived
            onward = connect()
        except OSError:
            arrived.close()
            return
        threading.Thread(target=pump, args=(arrived, onward), daemon=True).start()
        pump(onward, arrived)

    def accept():
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def to_tcp(port):
    return lambda: socket.create_connection(("127.0.0.1", port))


def to_unix(path):
    def connect():
        end = socket.socket(socket.AF_UNIX)
        end.connect(path)
        return end

    return connect


def listen_unix(path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    return listener


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_certificates(folder):
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(folder, "req", "-x509", *key, "-days", "2", "-subj", "/CN=stand-in", "-addext", "basicConstraints=critical,CA:TRUE",
            "-keyout", "ca.key", "-out", "ca.pem")
    openssl(folder, "req", *key, "-subj", "/CN=hub", "-keyout", "hub.key", "-out", "hub.csr")
    with open(f"{folder}/names", "w") as names:
        names.write("subjectAltName=" + ",".join(f"DNS:{name}" for name in NAMES))
    openssl(folder, "x509", "-req", "-in", "hub.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "names", "-out", "hub.pem")


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: IFF_UP, IFF_RUNNING


def enter_namespaces(folder):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET) != 0:
        sys.exit(f"unshare: {os.strerror(ctypes.get_errno())}")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    with open(f"{folder}/hosts", "w") as hosts:
        hosts.write("127.0.0.1 localhost " + " ".join(NAMES) + "\n")
    subprocess.run(["mount", "--bind", f"{folder}/hosts", "/etc/hosts"], check=True)
    raise_loopback()


def main():
    hub, aws, *command = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        make_certificates(folder)
        for name, port in (("hub", hub), ("aws", aws)):
            relay(listen_unix(f"{folder}/{name}.sock"), to_tcp(port))
        child = os.fork()
        if child == 0:
            run_inside(folder, aws, command)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.exit(status)


def run_inside(folder, aws, command):
    """Ends the process with the command's status. Namespaces hold for the threads that are started from here on."""
    code = 125
    try:
        enter_namespaces(folder)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(f"{folder}/hub.pem", f"{folder}/hub.key")
        for port, name, context in ((443, "hub", tls), (80, "hub", None), (aws, "aws", None)):
            relay(socket.create_server(("127.0.0.1", port), backlog=64), to_unix(f"{folder}/{name}.sock"), context)
        code = subprocess.run(command, env={**os.environ, "SSL_CERT_FILE": f"{folder}/ca.pem"}).returncode
    finally:
        os._exit(code if code >= 0 else 128 - code)


main()
