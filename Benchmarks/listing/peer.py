#!/usr/bin/env python3
"""boto3's side: lists all projects and all builds with all that they hold, and prints seconds, projects, builds and calls.

The same calls as on the other side: pages of a hundred, a page's builds read while the next page is, eight at a time.
"""
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

client = boto3.client('codebuild', config=Config(max_pool_connections=16))
calls = []
client.meta.events.register('before-send.codebuild', lambda **_: calls.append(1))


def paged(operation, member):
    for page in client.get_paginator(operation).paginate():
        yield page[member]


start = time.perf_counter()
with ThreadPoolExecutor(8) as pool:
    names = [name for page in paged('list_projects', 'projects') for name in page]
    chunks = [names[at:at + 100] for at in range(0, len(names), 100)]
    projects = [each for answer in pool.map(lambda some: client.batch_get_projects(names=some), chunks)
                for each in answer['projects']]
    reads = [pool.submit(client.batch_get_builds, ids=ids) for ids in paged('list_builds', 'ids')]
    builds = {build['id'] for read in reads for build in read.result()['builds']}
print(f'{time.perf_counter() - start:.3f}', len(projects), len(builds), len(calls))
