"""Reads files with parsers that share no code with the program, and prints what they found as JSON.

buildspec_judge.py yaml|dockerfile|compose FOLDER
buildspec_judge.py login FOLDER    FOLDER holds NAME.before, NAME.after and NAME.command
"""

import io
import json
import os
import sys

import yaml
from dockerfile_parse import DockerfileParser


def load(data):
    """The only document, as PyYAML reads it; None where it refuses."""
    try:
        return {"document": yaml.safe_load(data)}
    except (yaml.YAMLError, ValueError):
        return None


def from_images(data):
    """The images after FROM with the defaults of arguments, stages of the file itself left out."""
    parser = DockerfileParser(fileobj=io.BytesIO(data))
    stages, images = set(), []
    lines = [i["value"] for i in parser.structure if i["instruction"] == "FROM"]
    for image, line in zip(parser.parent_images, lines):
        words = [word for word in line.split() if not word.startswith("--")]
        if image.lower() not in stages and image != "scratch":
            images.append(image)
        if len(words) == 3:
            stages.add(words[2].lower())
    return images


def compose_images(data):
    """The image of each service that has no build, as written."""
    found = load(data)
    services = (found["document"] or {}).get("services", {}) if found else {}
    return sorted(
        s["image"] for s in services.values() if isinstance(s, dict) and "image" in s and "build" not in s
    )


def adds(old, new, command):
    """Whether the document `new` is `old` plus the command, once, and nothing else."""
    if isinstance(old, dict) and isinstance(new, dict):
        fresh = [key for key in new if key not in old]
        changed = [key for key in old if key not in new or old[key] != new[key]]
        if len(fresh) + len(changed) != 1 or any(key not in new for key in changed):
            return False
        return all(adds(old.get(key), new[key], command) for key in fresh + changed)
    if isinstance(new, dict):
        return old in (None, "") and len(new) == 1 and all(adds(None, value, command) for value in new.values())
    if isinstance(new, list):
        if isinstance(old, list) and len(old) == len(new):
            pairs = [pair for pair in zip(old, new) if pair[0] != pair[1]]
            return len(pairs) == 1 and adds(*pairs[0], command)
        rest = new[: new.index(command)] + new[new.index(command) + 1 :] if command in new else None
        return rest is not None and rest in (old, [old] if old not in (None, "") else [])
    if isinstance(old, str) and isinstance(new, str):
        lines, before = [line.strip() for line in new.split("\n")], [line.strip() for line in old.split("\n")]
        return command in lines and lines[: lines.index(command)] + lines[lines.index(command) + 1 :] == before
    return False


def edits(folder):
    """For each edit whether it holds; BaseLoader keeps every scalar as it is written."""
    answers = {}
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".before"):
            continue
        stem = os.path.join(folder, name.removesuffix(".before"))
        texts = [open(stem + end, "rb").read() for end in (".before", ".after", ".command")]
        old, new = (yaml.load(text, Loader=yaml.BaseLoader) for text in texts[:2])
        answers[name.removesuffix(".before")] = adds(old, new, texts[2].decode())
    return answers


def main(kind, folder):
    if kind == "login":
        return json.dump(edits(folder), sys.stdout)
    read = {"yaml": lambda data: load(data) is not None, "dockerfile": from_images, "compose": compose_images}[kind]
    answers = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            answers[name] = read(file.read())
    json.dump(answers, sys.stdout)


main(*sys.argv[1:])
