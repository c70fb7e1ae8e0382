// Browser tests of the sandbox's page. `run.sh` starts them.
// With SCREENSHOTS=folder they also write the screenshots of the README there.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const { CHROMIUM, NODE_MODULES, WXPUSHER, SCREENSHOTS } = process.env;
const require = createRequire(join(NODE_MODULES, "x"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const sandbox = spawn(WXPUSHER, ["sandbox", "--port", "0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
const base = await new Promise((resolve, reject) => {
  sandbox.stdout.once("data", (line) => resolve(JSON.parse(line).outcome.url));
  sandbox.once("exit", () => reject(new Error("the sandbox ended")));
});
const received = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    received.push(JSON.parse(body));
    response.end("收到");
  });
});
await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const callbackUrl = `http://127.0.0.1:${receiver.address().port}/callback`;

const call = async (method, path, body) => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
  return response.json();
};
const send = (fields) => call("POST", "/api/send/message", { appToken: "AT_testdemo", uids: ["UID_testalice"], ...fields });
const reset = () => call("POST", "/sandbox/reset", {});

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
const foreign = [];
async function open(path = "/", options = {}) {
  const { theme = "light", language = "en", width = 1280, height = 800 } = options;
  const context = await browser.newContext({ colorScheme: theme, locale: language === "zh" ? "zh-CN" : "en-US", viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  // What the policy blocks never leaves the browser.
  const isForeign = (request) => new URL(request.url()).origin !== base && !request.url().startsWith("data:");
  page.on("response", (response) => isForeign(response.request()) && foreign.push(response.url()));
  page.on("requestfailed", (request) => isForeign(request) && !/csp/i.test(request.failure().errorText) && foreign.push(`${request.url()} ${request.failure().errorText}`));
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  await page.goto(base + path);
  await page.waitForSelector(".live.good");
  return page;
}

/** No violations of the rules for people with disabilities, and nothing wider than the window. */
async function check(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "")).join("\n  ")}`);
  assert.deepEqual(told, [], `${name}: axe`);
  const wide = await page.evaluate(() => {
    const scrolls = (element) => ["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX);
    const out = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      if (!box.width || element.closest(".hidden")) return false;
      for (let parent = element.parentElement; parent; parent = parent.parentElement) if (scrolls(parent)) return false;
      return box.right > innerWidth + 1 || box.left < -1;
    });
    const main = document.querySelector("main");
    return [...out.map((element) => element.outerHTML.slice(0, 120)), ...(main.scrollWidth > main.clientWidth + 1 ? ["main scrolls sideways"] : [])];
  });
  assert.deepEqual(wide, [], `${name}: too wide`);
}

const tests = {
  async "a message arrives live, and three content types are shown"() {
    const page = await open("/#/people/UID_testalice");
    await page.waitForSelector("text=No messages yet");
    assert.equal(await page.locator(".command").count(), 3);
    await send({ content: "plain <b>text</b>", summary: "first" });
    await page.waitForSelector("a.card >> text=first");
    await page.waitForSelector('p[aria-live]:has-text("New message: first")', { state: "attached" });
    await send({ content: "<h1 id=h>Title</h1>", contentType: 2, summary: "second" });
    await send({ content: "# Heading\n\n- item", contentType: 3, summary: "third" });
    for (const [summary, selector] of [["first", "body:has-text('plain <b>text</b>')"], ["second", "h1#h"], ["third", "li"]]) {
      await page.click(`a.card >> text=${summary}`);
      await page.frameLocator("iframe").locator(selector).first().waitFor();
    }
    await page.click("role=tab[name='Source']");
    await page.waitForSelector("pre:has-text('# Heading')");
    await page.click("role=tab[name='JSON']");
    await page.waitForSelector("pre:has-text('messageContentId')");
    await page.waitForSelector("dd:has-text('等待发送')");
    assert.deepEqual(page.errors, []);
  },

  async "hostile HTML stays inside its frame"() {
    const evil = `<script>parent.document.title="hit";top.location="http://evil.invalid"</script><img src="http://evil.invalid/x.png" onerror="parent.hit=1"><form action="http://evil.invalid"><input autofocus></form><meta http-equiv="refresh" content="0;url=http://evil.invalid"><style>body{background:url(http://evil.invalid/y)}</style><b id=end>end</b>`;
    await send({ content: evil, contentType: 2, summary: '<img src=x onerror="window.hit=1">' });
    const page = await open("/#/people/UID_testalice");
    await page.click("a.card >> nth=0");
    await page.frameLocator("iframe").locator("#end").waitFor();
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await page.title(), "WxPusher sandbox");
    assert.deepEqual(foreign, []);
    assert.equal(new URL(page.url()).origin, base);
  },

  async "scan, pay, refund, command, and the receiver's response"() {
    await call("POST", "/sandbox/callback-url", { appId: 97, url: callbackUrl });
    const code = await call("POST", "/api/fun/create/qrcode", { appToken: "AT_testdemo", extra: "order-8" });
    const page = await open("/#/people/UID_testbob");
    const act = async (name, text) => {
      const form = page.locator("form.action", { has: page.locator(`button:text-is("${name}")`) });
      await form.locator("button").click();
      await form.locator(`output:has-text("${text}")`).waitFor();
    };
    await page.waitForSelector("option:has-text('order-8')", { state: "attached" });
    await act("Scan", "Receiver responded 200 收到");
    assert.equal(received.at(-1).data.extra, "order-8");
    await page.fill('input[name="text"]', "#97 restart");
    await act("Send", "Receiver responded 200");
    assert.equal(received.at(-1).data.content, "restart");
    await act("Pay", "Receiver responded 200");
    assert.equal(received.at(-1).data.amount, 500);
    await page.waitForSelector("select[name=order] option", { state: "attached" });
    await act("Refund", "Receiver responded 200");
    assert.equal(received.at(-1).data.amount, -500);
    await act("Unsubscribe", "Done");
    await page.goto(base + "/#/qrcodes/" + code.data.code);
    await page.waitForSelector("a:has-text('UID_testbob')");
    assert.ok(await page.locator("img.qrcode").evaluate((image) => image.decode().then(() => image.naturalWidth > 100)));
    await page.goto(base + "/#/callbacks");
    await page.waitForSelector("summary:has-text('order_pay')");
    const before = received.length;
    await page.locator("summary").first().click();
    await page.click("button:text-is('Resend')");
    await page.waitForFunction(async (count) => (await (await fetch("/sandbox/callbacks")).json()).length > count, 5);
    while (received.length === before) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(page.errors, []);
  },

  async "calls open to request and response, and copy as curl without the token"() {
    const page = await open("/#/calls");
    await page.waitForSelector("text=No calls yet");
    await send({ content: "it's" });
    await page.click("summary >> nth=0");
    await page.waitForSelector("pre:has-text('创建发送任务成功')");
    const curl = await page.evaluate(async () => {
      const { asCurl } = await import("/_ui/logs.js");
      const [call] = await (await fetch("/sandbox/calls")).json();
      return asCurl(call, location.origin);
    });
    assert.ok(curl.includes("$WXPUSHER_APP_TOKEN") && !curl.includes("AT_testdemo"), curl);
    await new Promise((resolve, reject) => {
      const child = spawn("sh", ["-c", curl], { env: { ...process.env, WXPUSHER_APP_TOKEN: "AT_testdemo", no_proxy: "*" }, stdio: ["ignore", "pipe", "ignore"] });
      let output = "";
      child.stdout.on("data", (piece) => (output += piece));
      child.on("exit", () => (output.includes('"code":1000') ? resolve() : reject(new Error(`${curl}\n${output}`))));
    });
    const inbox = await call("GET", "/sandbox/inbox/UID_testalice");
    assert.deepEqual(inbox.map((message) => message.content), ["it's", "it's"]);
  },

  async "controls: fault, clock, rate limit, reset"() {
    const page = await open("/#/controls");
    await page.selectOption("select[name=kind]", "502");
    await page.click("button:text-is('Inject')");
    await page.waitForSelector("code:has-text('502')");
    assert.equal((await fetch(`${base}/api/send/query/1`)).status, 502);
    await page.waitForSelector("text=No faults are waiting");
    const before = (await call("GET", "/sandbox/clock")).now;
    await page.click("button:text-is('+7 days')");
    await page.waitForFunction(async (now) => (await (await fetch("/sandbox/clock")).json()).now > now + 6 * 864e5, before);
    await page.uncheck("input[type=checkbox] >> nth=0");
    await page.waitForFunction(async () => !(await (await fetch("/sandbox/rate-limit")).json()).enabled);
    await page.click("button:text-is('Reset everything')");
    await page.click("button:text-is('Sure?')");
    await page.waitForFunction(async () => (await (await fetch("/sandbox/rate-limit")).json()).enabled);
    assert.deepEqual(page.errors, []);
  },

  async "the page of another site can do nothing"() {
    const page = await browser.newPage();
    const other = createServer((_, response) => response.end("<!doctype html><title>other</title>"));
    await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
    await page.goto(`http://127.0.0.1:${other.address().port}/`);
    const tries = await page.evaluate(async (base) => {
      await fetch(base + "/sandbox/rate-limit", { method: "POST", mode: "no-cors", body: '{"enabled":false}' });
      await fetch(base + "/api/send/message/?appToken=AT_testdemo&uid=UID_testalice&content=evil", { mode: "no-cors" });
      return fetch(base + "/sandbox/world").then(() => "read", () => "refused");
    }, base);
    assert.equal(tries, "refused");
    assert.equal((await call("GET", "/sandbox/rate-limit")).enabled, true);
    assert.deepEqual(await call("GET", "/sandbox/inbox/UID_testalice"), []);
    await page.goto("about:blank");
    other.close();
    await page.close();
  },

  async "keyboard only"() {
    await send({ content: "one", summary: "one" });
    const page = await open("/");
    await page.waitForSelector(".people .list a");
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement.matches(".people .list a"))) break;
    }
    await page.keyboard.press("ArrowDown");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /testbob/);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForSelector("a.card");
    await page.locator("a.card").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("[role=tab]");
    await page.locator("[role=tab] >> nth=0").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("[role=tab][data-name=source][aria-selected=true]");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => location.hash === "#/people/UID_testalice");
  },

  async "Chinese and English, light and dark, wide and 375 px: complete and accessible"() {
    await call("POST", "/sandbox/seed", { users: [{ uid: "UID_testalice", name: "爱丽丝" }], apps: [{ id: 97, token: "AT_testdemo", name: "演示应用", callbackUrl, entryUrl: "http://127.0.0.1:9/in", verifyKey: "k" }] });
    await call("POST", "/api/fun/create/qrcode", { appToken: "AT_testdemo", extra: "论坛用户=7" });
    await send({ content: "## 部署完成\n\n| 服务 | 结果 |\n| --- | --- |\n| web-3 | 正常 |\n| db-1 | 正常 |\n\n耗时 **3 分 12 秒**。[查看日志](https://example.invalid)", contentType: 3, summary: "部署完成：web-3、db-1 正常", url: "https://example.invalid/deploy/42" });
    await send({ content: "磁盘使用率 91%", summary: "磁盘告警：web-3 使用率 91%" });
    await send({ content: "<p>x</p>", contentType: 2, summary: "每日报表 ".repeat(15), topicIds: [9701], uids: [] });
    await call("POST", "/api/send/message/simple-push", { content: "备份完成", spt: "SPT_testalice" });
    await call("POST", "/sandbox/command", { uid: "UID_testalice", text: "#97 重启 web-3" });
    await fetch(`${base}/api/fun/wxuser/v2?appToken=wrong`);
    const inbox = await call("GET", "/sandbox/inbox/UID_testalice");
    const views = { people: "/#/people", inbox: "/#/people/UID_testalice", message: `/#/people/UID_testalice/${inbox[0].sendRecordId}`, qrcodes: "/#/qrcodes", apps: "/#/apps", calls: "/#/calls/1", callbacks: "/#/callbacks/1", controls: "/#/controls" };
    for (const language of ["zh", "en"]) {
      for (const theme of ["light", "dark"]) {
        for (const width of [1280, 375]) {
          const height = width === 375 ? 740 : 800;
          for (const [name, path] of Object.entries(views)) {
            const page = await open(path, { language, theme, width, height });
            await page.waitForSelector("main h2:visible, main .people .list a:visible, main [role=tab]:visible");
            await page.waitForLoadState("networkidle").catch(() => {});
            const full = `${name} ${language} ${theme} ${width}`;
            if (language === "en") {
              const chinese = await page.evaluate(() => [...document.querySelectorAll("nav a, button:not([lang]), label span, summary:first-child, dt, h2, h3 > :not(small)")].map((element) => element.textContent).filter((text) => /[\u4e00-\u9fff]/.test(text) && !/演示|故障演示/.test(text)));
              assert.deepEqual(chinese, [], full);
            } else {
              assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
            }
            if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, full.replaceAll(" ", "-") + ".png") });
            await check(page, full);
            assert.deepEqual(page.errors, [], full);
            await page.context().close();
          }
        }
      }
    }
    assert.deepEqual(foreign, []);
  },

  async "the language is switched and kept"() {
    const page = await open("/");
    await page.click("button:text-is('中文')");
    await page.waitForSelector("nav a:text-is('用户')");
    await page.reload();
    await page.waitForSelector("nav a:text-is('用户')");
    await page.click("button[aria-label='切换深色或浅色']");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  },

  async "a stopped sandbox is shown as disconnected"() {
    const page = await open("/");
    sandbox.kill("SIGTERM");
    await page.waitForSelector(".live.bad");
  },
};

let failed = 0;
const only = process.argv[2];
for (const [name, test] of Object.entries(tests)) {
  if (only && !name.includes(only)) continue;
  try {
    await reset();
    await test();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}\n${error.stack}`);
  }
}
await browser.close();
receiver.closeAllConnections();
receiver.close();
sandbox.kill("SIGTERM");
console.log(failed ? `test-page: ${failed} FAILED` : "test-page: all passed");
process.exit(failed ? 1 : 0);
