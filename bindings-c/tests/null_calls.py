#!/usr/bin/env python3
"""Writes C that calls every function of wxpusher.h with NULL for each of its pointers in turn: null_calls.py HEADER.

What is not NULL is live: `live.<type>` of live.h, or a plain value from the table below. A function with a type or a name
that nobody has thought of here stops the generation, or does not compile.
"""
import re
import sys

# Arguments that the header allows to be NULL, as (function or "*", argument).
OPTIONAL = {
    ("*", "error"), ("*", "len"), ("*", "lens"), ("*", "value"),
    ("wxpusher_client_create_qrcode", "valid_time"),
    ("wxpusher_client_list_users", "user_query"),
    ("wxpusher_client_users", "user_query"),
    ("wxpusher_split_content", "config"),
    ("wxpusher_client_list_users_v1", "uid"),
}
# What the error calls an argument of another name.
FIELD = {
    "pem": "ca_pem", "uid": "uids", "spt": "spts",
}
FIELD_OF = {
    ("wxpusher_user_query_set_uid", "uid"): "uid", ("wxpusher_client_query_pay_end_time", "uid"): "uid",
    ("wxpusher_client_query_scan_uid", "uid"): "uid", ("wxpusher_client_wait_for_scan", "uid"): "uid",
    ("wxpusher_verify_entry_link", "uid"): "uid", ("wxpusher_unverified_entry_link_uid", "uid"): "uid",
}
PLAIN = {
    "content_type": "WXPUSHER_CONTENT_TEXT", "verify_pay_type": "WXPUSHER_VERIFY_PAY_PAID", "verify_pay": "true",
    "preset": "WXPUSHER_LIMITS_CURRENT", "which": "WXPUSHER_LIMIT_UIDS", "value": "2000", "number": "1",
    "follow_type": "WXPUSHER_FOLLOW_APP", "max_retries": "2", "rate_limit_calls": "20", "rate_limit_sends": "false", "timeout_ms": "0", "ms": "10000", "page": "1", "page_size": "10", "index": "0",
    "count": "1", "now_ms": "1700000000000", "topic_id": "9701", "send_record_id": "1",
    "message_id": "1", "message_content_id": "1", "prod_id": "12", "id": "1", "allow": "false",
    "is_blocked": "false", "jump": "true",
}
# Texts that make the call get on; any other is "x".
TEXT = {
    "base_url": "http://127.0.0.1:1", "proxy": "http://127.0.0.1:1", "user_agent": "nulls", "app_token": "AT_test",
    "spt": "SPT_testalice", "uid": "UID_testalice", "body": "{}", "query": "uid=UID_testalice",
}


def functions(header):
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    text = re.sub(r"^\s*#.*(?:\\\n.*)*$", "", text, flags=re.M)
    for match in re.finditer(r"^([\w ]+?[\s*]+)(wxpusher_\w+)\(([^)]*)\);", text, flags=re.M):
        result, name, arguments = match.groups()
        parsed = []
        for argument in [] if arguments.strip() == "void" else arguments.split(","):
            kind, argument_name = re.fullmatch(r"\s*(.*?)(\w+)\s*", argument, flags=re.S).groups()
            parsed.append((" ".join(kind.replace("*", " * ").split()).replace(" * *", " **"), argument_name))
        yield " ".join(result.replace("*", " * ").split()), name, parsed


def value(function, kind, name, out):
    """An argument that is not NULL."""
    if "*" not in kind:
        if name.endswith("_len"):
            return "WXPUSHER_NUL_TERMINATED"
        return PLAIN[name]
    if kind == "wxpusher_error **":
        return "&error"
    if kind == "const char *":
        return f'"{TEXT.get(name, "x")}"'
    if kind == "const char * const *":
        return "live.uids"
    if kind == "const size_t *":
        return "live.lens"
    if kind == "const int64_t *":
        return "live.numbers"
    if kind == "const uint32_t *":
        return "live.seconds"
    if kind == "size_t *":
        return "&len"
    if kind == "int64_t *":
        return "&number"
    if kind.endswith("**") or kind.endswith("* *"):
        return f"&{out}"
    type_name = re.fullmatch(r"(?:const )?wxpusher_(\w+) \*", kind).group(1)
    return f"live.{type_name}"


def is_optional(function, name):
    return ("*", name) in OPTIONAL or (function, name) in OPTIONAL


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        header = file.read()
    names = []
    print("/* Made by null_calls.py. */\nstatic void null_calls(void) {")
    for result, name, arguments in functions(header):
        names.append(name)
        has_status = result == "int32_t" and arguments and arguments[-1][0] == "wxpusher_error **"
        for null_kind, null_name in [pair for pair in arguments if "*" in pair[0]]:
            if null_kind.startswith("void"):
                raise SystemExit(f"{name}: an argument of unknown type")
            print("  {\n    wxpusher_error *error = NULL;\n    size_t len = 7;\n    int64_t number = 7;")
            print("    (void)error;\n    (void)len;\n    (void)number;")
            out, out_type = "out", None
            for kind, argument in arguments:
                if kind.endswith("**") and kind != "wxpusher_error **":
                    out_type = kind[:-1].strip()
                    print(f"    {out_type} out = NULL;\n    (void)out;")
            passed = ", ".join(
                "NULL" if argument == null_name else value(name, kind, argument, out) for kind, argument in arguments
            )
            call = f"{name}({passed})"
            if has_status and is_optional(name, null_name):
                print(f"    int32_t status = {call};\n    expect_status(\"{name}\", \"{null_name}\", status);")
                print("    wxpusher_error_free(error);")
            elif has_status:
                field = FIELD_OF.get((name, null_name), FIELD.get(null_name, null_name))
                print(f"    int32_t status = {call};")
                print(f"    expect_refused(\"{name}\", \"{null_name}\", status, error, \"{field}\");")
                if out_type:
                    print(f"    expect_untouched(\"{name}\", out == NULL);")
            elif result == "void":
                print(f"    {call};")
            elif is_optional(name, null_name):
                print(f"    (void){call};")
            else:
                zero = {"bool": "false"}.get(result, "NULL" if "*" in result else "0")
                print(f"    expect_nothing(\"{name}\", {call} == {zero});")
                if any(argument == "len" for _, argument in arguments):
                    print(f"    expect_nothing(\"{name}\", len == 0);")
            if out_type and not out_type.startswith("const") and has_status and is_optional(name, null_name):
                print(f"    {out_type[:-1].strip()}_free(out);")
            print("    calls++;\n  }")
    print("}")
    print(f"static const size_t functions = {len(names)};")
    if "--names" in sys.argv:
        print("\n".join(names), file=sys.stderr)


main()
