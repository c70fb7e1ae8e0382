// The npm client `wxpusher` against the sandbox at BASE_URL.
const assert = require("node:assert/strict");
const HttpUtil = require("wxpusher/wxpusher/client/HttpUtil");
const { CreateQrcodeReqParam, Message, WxPusher, WxUserReqParam, WxUserV2ReqParam } = require("wxpusher");

const base = new URL(process.env.BASE_URL);
HttpUtil.BASE_URL = base.hostname;
HttpUtil.PORT = Number(base.port);

(async () => {
  const client = new WxPusher("AT_testdemo");
  const message = new Message();
  Object.assign(message, { content: "# by npm", contentType: Message.CONTENT_TYPE_MD, uids: ["UID_testalice"], topicIds: ["9701"] });
  const sent = await client.send(message);
  assert.equal(sent.code, 1000);
  assert.deepEqual(sent.data.map((row) => row.code), [1000, 1000]);
  assert.equal((await client.queryMessageStatus(sent.data[0].messageId)).code, 1000);
  const code = await client.createAppTempQrcode(Object.assign(new CreateQrcodeReqParam(), { extra: "user-7", validTime: "60" }));
  assert.equal(code.data.extra, "user-7");
  const users = await client.queryWxUser(Object.assign(new WxUserReqParam(), { page: 1, pageSize: 10 }));
  assert.equal(users.data.records[0].uid, "UID_testalice");
  const all = await client.queryWxUserByV2(Object.assign(new WxUserV2ReqParam(), { page: 1, pageSize: 10 }));
  assert.equal(all.data.total, 2, JSON.stringify(all));
  console.log("ok    npm wxpusher");
})();
