#!/usr/bin/env python3
"""Fills the folder of a sandbox's account that is stopped: PROJECTS projects with BUILDS builds each.

    seed.py FOLDER PROJECT PROJECTS BUILDS

The sandbox has written a project and a build of it there by itself; these are what the others are copies of, under names and ids
of their own. So the form of the files is the sandbox's, and stands in one place.
"""
import json
import pathlib
import sys
import uuid

folder, name, projects, builds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
path = pathlib.Path(folder, 'codebuild.json')
if not path.exists():
    path = next(pathlib.Path(folder).rglob('codebuild.json'))
file = json.loads(path.read_text())
state = file['state']
project = json.dumps(state['projects'][name])
own, build = next((id, value) for id, value in state['builds'].items() if id.startswith(f'{name}:'))
text = json.dumps(build)
# A number that is no other text of the build.
number = build['buildNumber']
state.update({'projects': {}, 'builds': {}, 'order': [], 'lastNumber': {}, 'repeatable': {}})
names = [f'{name}-{index:04}' for index in range(projects)]
for each in names:
    state['projects'][each] = json.loads(project.replace(f'"{name}"', f'"{each}"').replace(f'/{name}"', f'/{each}"'))
    state['lastNumber'][each] = builds
for index in range(builds):
    for each in names:
        id = f'{each}:{uuid.uuid4()}'
        copy = json.loads(text.replace(own, id).replace(f'"{name}"', f'"{each}"'))
        copy['buildNumber'] = index + 1
        state['builds'][id] = copy
        state['order'].append(id)
path.write_text(json.dumps(file, separators=(',', ':'), sort_keys=True))
