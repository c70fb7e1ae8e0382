"""A session of the official MCP SDK with `wxpusher mcp`. The argument is the command."""

import asyncio
import json
import os
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


def failed(result) -> bool:
    """Version 2 of the SDK renamed the field."""
    return result.is_error if hasattr(result, "is_error") else result.isError


async def main() -> None:
    server = StdioServerParameters(
        command=sys.argv[1], args=["mcp", "--allow-uid", "UID_testalice"], env=dict(os.environ)
    )
    async with stdio_client(server) as (reader, writer), ClientSession(reader, writer) as session:
        await session.initialize()
        tools = {tool.name for tool in (await session.list_tools()).tools}
        assert tools == {"send", "status"}, tools
        result = await session.call_tool("send", {"content": "from the SDK"})
        assert not failed(result), result
        record = json.loads(result.content[0].text)["targets"][0]["sendRecordId"]
        result = await session.call_tool("status", {"send_record_id": record})
        assert json.loads(result.content[0].text)["code"] == 1, result
        result = await session.call_tool("send", {"content": "x", "uids": ["UID_testbob"]})
        assert failed(result), result


asyncio.run(main())
