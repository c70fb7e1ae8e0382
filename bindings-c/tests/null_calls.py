#!/usr/bin/env python3
"""Writes C that calls every function of wxpusher.h with NULL for each of its pointers in turn: null_calls.py HEADER.

The other arguments are values of live.h (`live.<type>`), or of the tables below. A function with an unknown argument stops the
generation, or does not compile.
"""
import re
import sys

# Arguments that may be NULL, as (function or "*", argument).
OPTIONAL = {
    ("*", "error"), ("*", "lens"), ("*", "buffer"),
    ("wxpusher_client_create_qrcode", "valid_time"),
    ("wxpusher_client_list_users", "user_query"),
    ("wxpusher_client_users", "user_query"),
    ("wxpusher_client_list_users_v1", "uid"),
    ("wxpusher_split_content", "config"),
}
# The field of the error, if it is not the argument's name.
FIELD = {"pem": "ca_pem", "spt": "spts"}
PLAIN = {
    "content_type": "WXPUSHER_CONTENT_TEXT", "preset": "WXPUSHER_LIMITS_CURRENT", "which": "WXPUSHER_LIMIT_UIDS",
    "value": "2000", "number": "1", "follow_type": "WXPUSHER_FOLLOW_APP", "max_retries": "2", "rate_limit_calls": "20",
    "rate_limit_sends": "false", "ms": "10000", "page": "1", "page_size": "10", "count": "1", "timeout_ms": "0",
    "now_ms": "1700000000000", "send_record_id": "1", "message_id": "1", "message_content_id": "1", "prod_id": "12",
    "id": "1", "allow": "false", "jump": "true", "size": "sizeof buffer",
}
# Texts with which the call can succeed; any other is "x".
TEXT = {
    "base_url": "http://127.0.0.1:1", "proxy": "http://127.0.0.1:1", "user_agent": "nulls", "app_token": "AT_test",
    "spt": "SPT_testalice", "uid": "UID_testalice", "body": "{}", "query": "uid=UID_testalice",
}


def functions(header):
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    text = re.sub(r"^#ifdef _WIN32$.*?^#endif$", "", text, flags=re.M | re.S)
    text = re.sub(r"^\s*#.*(?:\\\n.*)*$", "", text, flags=re.M)
    for match in re.finditer(r"^([\w ]+?[\s*]+)(wxpusher_\w+)\(([^)]*)\);", text, flags=re.M):
        result, name, arguments = match.groups()
        parsed = []
        for argument in [] if arguments.strip() == "void" else arguments.split(","):
            kind, argument_name = re.fullmatch(r"\s*(.*?)(\w+)\s*", argument, flags=re.S).groups()
            parsed.append((" ".join(kind.replace("*", " * ").split()).replace(" * *", " **"), argument_name))
        yield " ".join(result.replace("*", " * ").split()), name, parsed


def value(kind, name):
    """An argument that is not NULL."""
    if "*" not in kind:
        if name.endswith("_len"):
            return "WXPUSHER_NUL_TERMINATED"
        return PLAIN[name]
    if kind == "wxpusher_error **":
        return "&error"
    if kind == "const char *":
        return f'"{TEXT.get(name, "x")}"'
    if kind == "char *":
        return "buffer"
    if kind == "const char * const *":
        return "live.uids"
    if kind == "const size_t *":
        return "live.lens"
    if kind == "const int64_t *":
        return "live.numbers"
    if kind == "const uint32_t *":
        return "live.seconds"
    if kind.endswith("**"):
        return "&out"
    type_name = re.fullmatch(r"(?:const )?wxpusher_(\w+) \*", kind).group(1)
    return f"live.{type_name}"


def is_optional(function, name):
    return ("*", name) in OPTIONAL or (function, name) in OPTIONAL


def calls(result, name, arguments):
    for null_kind, null_name in [pair for pair in arguments if "*" in pair[0]]:
        out_type = next((kind[:-1].strip() for kind, _ in arguments
                         if kind.endswith("**") and kind != "wxpusher_error **"), None)
        passed = ", ".join("NULL" if argument == null_name else value(kind, argument) for kind, argument in arguments)
        yield "  {\n    wxpusher_error *error = NULL;\n    char buffer[64] = {0};\n    (void)error;\n    (void)buffer;"
        if out_type:
            yield f"    {out_type} out = NULL;\n    (void)out;"
        has_error = any(kind == "wxpusher_error **" for kind, _ in arguments)
        if result == "void":
            yield f"    {name}({passed});"
        elif result == "int32_t" and is_optional(name, null_name):
            yield f'    expect_status("{name}", "{null_name}", {name}({passed}));\n    wxpusher_error_free(error);'
            if out_type and not out_type.startswith("const"):
                yield f"    {out_type[:-1].strip()}_free(out);"
        elif has_error:
            field = FIELD.get(null_name, null_name)
            yield f"    int32_t status = {name}({passed});"
            yield f'    expect_refused("{name}", "{null_name}", status, error, "{field}");'
            if out_type:
                yield f'    expect_untouched("{name}", out == NULL);'
        elif result == "int32_t":
            yield f"    int32_t status = {name}({passed});"
            yield f'    expect_text("{name}", "{null_name}", status, buffer);'
        else:
            yield f'    expect_nothing("{name}", !{name}({passed}));'
        yield "    calls++;\n  }"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        header = file.read()
    all_functions = list(functions(header))
    print("/* Made by null_calls.py. */\nstatic void null_calls(void) {")
    for function in all_functions:
        print("\n".join(calls(*function)))
    print("}")
    print(f"static const size_t functions = {len(all_functions)};")
    if "--names" in sys.argv:
        print("\n".join(name for _, name, _ in all_functions), file=sys.stderr)


main()
