"""Reads files with parsers that share no code with the program, and prints what they found as JSON.

buildspec_judge.py yaml|dockerfile|compose FOLDER
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


def main(kind, folder):
    read = {"yaml": lambda data: load(data) is not None, "dockerfile": from_images, "compose": compose_images}[kind]
    answers = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            answers[name] = read(file.read())
    json.dump(answers, sys.stdout)


main(*sys.argv[1:])
