"""botocore's service models as the measure of what goes over the wire: each walk notes what the model does not allow.

A walk appends to `faults` one line for each unknown or missing member, null, value of another type, and value that is out of its
enumeration, its pattern or its limits. botocore's own parser and validator pass over most of these in silence.
"""
try:
    import regex
except ImportError:  # a judge without it says which patterns it could not read
    import re as regex

TYPES = {
    'string': str, 'blob': str, 'boolean': bool, 'integer': int, 'long': int, 'float': (int, float), 'double': (int, float),
    'timestamp': (int, float),
}


def walk_json(shape, value, path, faults):
    """A JSON value beside its shape."""
    kind = shape.type_name
    if value is None:
        faults.append(f'{path}: null')
    elif kind == 'structure':
        if not isinstance(value, dict):
            return faults.append(f'{path}: no object')
        for name, inner in value.items():
            if name in shape.members:
                walk_json(shape.members[name], inner, f'{path}.{name}', faults)
            else:
                faults.append(f'{path}.{name}: {shape.name} has no such member')
        faults += [f'{path}.{name}: required' for name in shape.required_members if name not in value]
    elif kind == 'list':
        if not isinstance(value, list):
            return faults.append(f'{path}: no list')
        limits(shape, len(value), path, faults)
        for index, item in enumerate(value):
            walk_json(shape.member, item, f'{path}[{index}]', faults)
    elif kind == 'map':
        if not isinstance(value, dict):
            return faults.append(f'{path}: no map')
        limits(shape, len(value), path, faults)
        for key, item in value.items():
            walk_json(shape.key, key, f'{path}[{key}] (key)', faults)
            walk_json(shape.value, item, f'{path}[{key}]', faults)
    elif not isinstance(value, TYPES.get(kind, object)) or (kind != 'boolean' and isinstance(value, bool)):
        faults.append(f'{path}: {value!r} is no {kind}')
    else:
        scalar(shape, value, path, faults)


def walk_xml(shape, element, path, faults):
    """An XML element beside its shape."""
    kind = shape.type_name
    if kind == 'structure':
        names = {inner.serialization.get('name', name): (name, inner) for name, inner in shape.members.items()}
        seen = set()
        for child in element:
            tag = child.tag.split('}')[-1]
            if tag in names:
                name, inner = names[tag]
                seen.add(name)
                walk_xml(inner, child, f'{path}.{name}', faults)
            else:
                faults.append(f'{path}.{tag}: {shape.name} has no such member')
        faults += [f'{path}.{name}: required' for name in shape.required_members if name not in seen]
    elif kind == 'list':
        wanted = shape.member.serialization.get('name', 'member')
        limits(shape, len(element), path, faults)
        for index, child in enumerate(element):
            if child.tag.split('}')[-1] != wanted:
                faults.append(f'{path}: {child.tag} where {wanted} should stand')
            walk_xml(shape.member, child, f'{path}[{index}]', faults)
    else:
        text = element.text or ''
        if kind == 'timestamp' and not text.endswith('Z'):
            faults.append(f'{path}: {text!r} is no ISO 8601 time')
        elif kind == 'boolean' and text not in ('true', 'false'):
            faults.append(f'{path}: {text!r} is no boolean')
        elif kind in ('integer', 'long') and not regex.fullmatch(r'-?\d+', text):
            faults.append(f'{path}: {text!r} is no {kind}')
        else:
            scalar(shape, int(text) if kind in ('integer', 'long') else text, path, faults)


def scalar(shape, value, path, faults):
    """Limits, enumeration and pattern of a value that has the right type."""
    kind = shape.type_name
    if kind == 'string':
        limits(shape, len(value), path, faults)
        if shape.enum and value not in shape.enum:
            faults.append(f'{path}: {value!r} is not one of {shape.enum}')
        pattern = shape.metadata.get('pattern')
        if pattern:
            try:
                if not regex.fullmatch(pattern, value):
                    faults.append(f'{path}: {value!r} does not match {pattern}')
            except regex.error as error:
                faults.append(f'{path}: the pattern {pattern} cannot be read here: {error}')
    elif kind in ('integer', 'long'):
        limits(shape, value, path, faults)


def limits(shape, size, path, faults):
    least, most = shape.metadata.get('min'), shape.metadata.get('max')
    if least is not None and size < least or most is not None and size > most:
        faults.append(f'{path}: {size} is not within {least} and {most}')


def form_value(fields, shape, path, faults):
    """An AWS Query form's fields as the parameters that botocore would take."""
    if shape.type_name == 'structure':
        value = {}
        for name in {key.split('.')[0] for key in fields}:
            below = {key[len(name) + 1:]: text for key, text in fields.items() if key.split('.')[0] == name}
            member = shape.members.get(name)
            if member is None:
                faults.append(f'{path}.{name}: no such member in {shape.name}')
            else:
                value[name] = form_value(below, member, f'{path}.{name}', faults)
        return value
    if shape.type_name == 'list':
        if list(fields) == ['']:
            return []
        numbers = sorted({int(key.split('.')[1]) for key in fields})
        if numbers != list(range(1, len(numbers) + 1)) or any(not key.startswith('member.') for key in fields):
            faults.append(f'{path}: no list: {sorted(fields)}')
        return [
            form_value(
                {key[len(f'member.{n}.'):]: text for key, text in fields.items() if (key + '.').startswith(f'member.{n}.')},
                shape.member, f'{path}[{n}]', faults)
            for n in numbers
        ]
    text = fields.get('', '')
    if shape.type_name in ('integer', 'long'):
        return int(text)
    if shape.type_name == 'boolean':
        return {'true': True, 'false': False}[text]
    return text
