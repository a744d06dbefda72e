#!/usr/bin/env python3
"""Runs a command on a terminal of its own and types what it is told.

    terminal.py WAIT-FOR=TYPE ... -- COMMAND ...

Each WAIT-FOR is waited for in the output, then TYPE is typed (with \\n and \\x03 for Enter and Ctrl-C). Prints what the terminal
showed, then a line `echo on` or `echo off`, as the terminal was left; exits as the command does, and 124 after 30 seconds.
"""
import os
import pty
import select
import sys
import termios
import time

split = sys.argv.index('--')
script = [item.split('=', 1) for item in sys.argv[1:split]]
command = sys.argv[split + 1:]
# The terminal is opened apart from the child, so that its settings can be read when the child has ended.
master, terminal = pty.openpty()
child = os.fork()
if child == 0:
    os.setsid()
    os.close(master)
    import fcntl
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in range(3):
        os.dup2(terminal, descriptor)
    os.execvp(command[0], command)

shown, status, end = b'', None, time.monotonic() + 30
while status is None and time.monotonic() < end:
    if select.select([master], [], [], 0.05)[0]:
        shown += os.read(master, 65536)
    if script and script[0][0].encode() in shown:
        os.write(master, script.pop(0)[1].encode().decode('unicode_escape').encode())
    done, code = os.waitpid(child, os.WNOHANG)
    if done:
        status = os.waitstatus_to_exitcode(code)
while select.select([master], [], [], 0)[0]:
    shown += os.read(master, 65536)
print(shown.decode(errors='replace'))
print('echo', 'on' if termios.tcgetattr(terminal)[3] & termios.ECHO else 'off')
if status is None:
    os.kill(child, 9)
sys.exit(124 if status is None else status)
