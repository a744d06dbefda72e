"""Judges AWS messages by botocore's service models.

Reads JSON lines {"service", "operation", "kind": "request" | "answer" | "error", "method", "target", "bucket", "status", "headers", "body"} from the file named by the first
argument; prints one line a fault, then `judged N`. Exit status: 0 no fault, 1 faults, 3 botocore is missing.
"""

import json
import sys
from urllib.parse import parse_qsl, quote, unquote, urlsplit
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
    elif shape.type_name == "list" and shape.serialization.get("flattened"):
        xml_members(element, shape.member, path + "[]", faults)
    elif shape.type_name == "list":
        for child in element:
            if child.tag.split("}")[-1] != "member":
                faults.append(f"{path}: <{child.tag}> in a list")
            else:
                xml_members(child, shape.member, path + "[]", faults)


def rest_value(message, shape, path, faults):
    """A REST request's members as the parameters that botocore would take."""
    url = urlsplit(message["target"])
    query = dict(parse_qsl(url.query, keep_blank_values=True))
    headers = message["headers"]
    value = {"Bucket": message["bucket"]}
    own = {"content-type", "x-amz-request-id"}
    for name, member in shape.members.items():
        place, label = member.serialization.get("location"), member.serialization.get("name", name)
        text = None
        if place == "uri" and name == "Key":
            text = unquote(url.path[1:])
        elif place == "querystring":
            text = query.pop(label, None)
        elif place == "header":
            text = headers.get(label.lower())
            own.add(label.lower())
        elif place == "headers":
            found = {key[len(label):]: text for key, text in headers.items() if key.startswith(label)}
            own |= {label + key for key in found}
            if found:
                value[name] = found
        if text is not None:
            value[name] = {
                "integer": int, "long": int, "boolean": lambda text: {"true": True, "false": False}[text],
                "timestamp": lambda text: botocore.parsers.DEFAULT_TIMESTAMP_PARSER(text),
            }.get(member.type_name, str)(text)
    if shape.serialization.get("payload"):
        value[shape.serialization["payload"]] = message["body"].encode()
    for name in query:
        if name != "list-type":
            faults.append(f"{path}: nobody knows {name} in the query")
    for name in headers:
        if name not in own:
            faults.append(f"{path}: nobody knows the header field {name}")
    return value


def judge_rest_request(service, operation, message, path, faults):
    shape = operation.input_shape
    value = rest_value(message, shape, path, faults)
    validated(value, shape, path, faults)
    own = botocore.serialize.create_serializer("rest-xml").serialize_to_request(value, operation)
    if own["method"] != message["method"]:
        faults.append(f"{path}: {message['method']}, but botocore sends {own['method']}")
    url, theirs = urlsplit(message["target"]), urlsplit(own["url_path"])
    bucket = "/" + quote(message["bucket"], safe="~")
    if theirs.path.removeprefix(bucket) != url.path.removeprefix("/" if theirs.path == bucket else ""):
        faults.append(f"{path}: the path is {url.path}, but botocore's {theirs.path}")
    pairs = dict(parse_qsl(theirs.query)) | {key: str(text).lower() if text is True else str(text) for key, text in own["query_string"].items()}
    if dict(parse_qsl(url.query)) != pairs:
        faults.append(f"{path}: the query is {url.query}, but botocore's {pairs}")
    fields = {name.lower(): text for name, text in own["headers"].items()}
    if fields != message["headers"]:
        faults.append(f"{path}: header fields {message['headers']}, but botocore's {fields}")


def judge_rest_answer(operation, message, path, faults):
    shape = operation.output_shape
    known = {"content-type", "x-amz-request-id"}
    prefixes = []
    for name, member in shape.members.items():
        label = member.serialization.get("name", name).lower()
        if member.serialization.get("location") == "headers":
            prefixes.append(label)
        else:
            known.add(label)
    for name in message["headers"]:
        if name not in known and not any(name.startswith(prefix) for prefix in prefixes):
            faults.append(f"{path}: nobody knows the header field {name}")
    if message["status"] != operation.http.get("responseCode", 200):
        faults.append(f"{path}: status {message['status']}")
    if message["body"] and not shape.serialization.get("payload"):
        xml_members(ElementTree.fromstring(message["body"]), shape, path, faults)


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
    elif shape and protocol == "query":
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
                if service.metadata["protocol"] == "rest-xml" and message["kind"] == "request":
                    judge_rest_request(service, operation, message, path, faults)
                else:
                    if service.metadata["protocol"] == "rest-xml" and message["kind"] == "answer":
                        judge_rest_answer(operation, message, path, faults)
                    judge(service, operation, message["headers"], message["body"], path, faults)
            except Exception as error:  # a message that breaks the judge is a fault like any other
                faults.append(f"{path}: {type(error).__name__}: {error}")
            count += 1
    for fault in faults:
        print(fault)
    print(f"judged {count}")
    sys.exit(1 if faults else 0)


main()
