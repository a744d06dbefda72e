"""Judges AWS messages by botocore's service models.

Reads JSON lines {"service", "operation", "kind": "request" | "answer" | "error", "headers", "body"} from the file named by the first
argument; prints one line a fault, then `judged N`. Exit status: 0 no fault, 1 faults, 3 botocore is missing.
"""

import json
import sys
from urllib.parse import parse_qsl
from xml.etree import ElementTree

try:
    import botocore.parsers
    import botocore.session
    from botocore.validate import ParamValidator
except ImportError:
    print("botocore is missing")
    sys.exit(3)

from aws_shapes import form_value

SESSION = botocore.session.Session()
MODELS = {}


def model(service):
    if service not in MODELS:
        MODELS[service] = SESSION.get_service_model(service)
    return MODELS[service]


def unknown_members(value, shape, path, faults):
    """Walks JSON beside its shape; the validator and the parser pass over names that they do not know."""
    if value is None:
        faults.append(f"{path}: null")
    elif shape.type_name == "structure" and isinstance(value, dict):
        for name, member in value.items():
            if name in shape.members:
                unknown_members(member, shape.members[name], f"{path}.{name}", faults)
            else:
                faults.append(f"{path}.{name}: no such member in {shape.name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for item in value:
            unknown_members(item, shape.member, path + "[]", faults)
    elif shape.type_name == "timestamp" and not isinstance(value, (int, float)):
        faults.append(f"{path}: a timestamp must be a number")


def validated(value, shape, path, faults):
    report = ParamValidator().validate(value, shape)
    if report.has_errors():
        faults.append(f"{path}: {report.generate_report()}")


def xml_members(element, shape, path, faults):
    """Walks XML beside its shape."""
    if shape.type_name == "structure":
        for child in element:
            name = child.tag.split("}")[-1]
            if name in shape.members:
                xml_members(child, shape.members[name], f"{path}.{name}", faults)
            else:
                faults.append(f"{path}.{name}: no such member in {shape.name}")
    elif shape.type_name == "list":
        for child in element:
            if child.tag.split("}")[-1] != "member":
                faults.append(f"{path}: <{child.tag}> in a list")
            else:
                xml_members(child, shape.member, path + "[]", faults)


def judge_request(service, operation, headers, body, path, faults):
    shape = operation.input_shape
    protocol = service.metadata["protocol"]
    if protocol == "json":
        if headers["content-type"] != "application/x-amz-json-" + service.metadata["jsonVersion"]:
            faults.append(f"{path}: Content-Type {headers['content-type']}")
        if headers["x-amz-target"] != f"{service.metadata['targetPrefix']}.{operation.name}":
            faults.append(f"{path}: X-Amz-Target {headers['x-amz-target']}")
        value = json.loads(body)
        unknown_members(value, shape, path, faults)
        validated(value, shape, path, faults)
    else:
        fields = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
        if fields.pop("Action") != operation.name or fields.pop("Version") != service.api_version:
            faults.append(f"{path}: Action or Version")
        value = form_value(fields, shape, path, faults) if shape else {}
        if shape:
            validated(value, shape, path, faults)
            own = botocore.serialize.create_serializer("query").serialize_to_request(value, operation)["body"]
            own = {key: text for key, text in own.items() if key not in ("Action", "Version")}
            if {key: str(text) for key, text in own.items()} != fields:
                faults.append(f"{path}: botocore writes {own}, this is {fields}")


def judge_answer(service, operation, headers, body, path, faults):
    shape = operation.output_shape
    protocol = service.metadata["protocol"]
    if shape and protocol == "json":
        unknown_members(json.loads(body), shape, path, faults)
    elif shape:
        root = ElementTree.fromstring(body)
        result = next(child for child in root if child.tag.split("}")[-1] == operation.name + "Result")
        xml_members(result, shape, path, faults)
    parsed = botocore.parsers.create_parser(protocol).parse(
        {"body": body.encode(), "headers": headers, "status_code": 200}, shape)
    if not parsed.pop("ResponseMetadata").get("RequestId"):
        faults.append(f"{path}: no request id")
    if shape:
        if not parsed and shape.members:
            faults.append(f"{path}: botocore reads nothing")
        validated(parsed, shape, path, faults)


def judge_error(service, operation, headers, body, path, faults):
    parser = botocore.parsers.create_parser(service.metadata["protocol"])
    parsed = parser.parse({"body": body.encode(), "headers": headers, "status_code": 400}, operation.output_shape)
    if (parsed["Error"]["Code"], parsed["Error"]["Message"]) != ("SomeException", "a <b> & \"c\""):
        faults.append(f"{path}: botocore reads {parsed['Error']}")


def main():
    faults = []
    count = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)
            service = model(message["service"])
            operation = service.operation_model(message["operation"])
            path = f"{message['service']} {message['operation']} {message['kind']}"
            judge = {"request": judge_request, "answer": judge_answer, "error": judge_error}[message["kind"]]
            try:
                judge(service, operation, message["headers"], message["body"], path, faults)
            except Exception as error:  # a message that breaks the judge is a fault like any other
                faults.append(f"{path}: {type(error).__name__}: {error}")
            count += 1
    for fault in faults:
        print(fault)
    print(f"judged {count}")
    sys.exit(1 if faults else 0)


main()
