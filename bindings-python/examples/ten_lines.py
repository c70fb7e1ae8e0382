"""The script of the README. For the real WxPusher leave base_url out."""

import sys

from wxpusher_sdk import Client, RejectedError

token, uid, base_url = sys.argv[1], sys.argv[2], sys.argv[3]

client = Client(token, base_url=base_url)
try:
    outcome = client.send("备份完成", uids=[uid], summary="备份")
except RejectedError as error:
    sys.exit(f"nobody was reached: {error}")
for target in outcome.failed:
    print(target.uid, "was not reached:", target.status)
print("accepted:", len(outcome.succeeded))
