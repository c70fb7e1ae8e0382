// People, their inboxes, and a message in a phone frame.
import { useEffect, useRef, useState } from "./vendor/preact.js";
import { query, request, useLive } from "./api.js";
import { Action, Command, Confirm, Field, List, Note, Tabs, html, outcome } from "./parts.js";
import { clock, store, t } from "./text.js";

const seen = JSON.parse(store.get("wxpusher-seen") || "{}");
const markSeen = (uid, count) => {
  if (seen[uid] === count) return;
  seen[uid] = count;
  store.set("wxpusher-seen", JSON.stringify(seen));
};
const unread = (person) => (seen[person.uid] > person.messages ? person.messages : person.messages - (seen[person.uid] || 0));

const at = (...parts) => "#/people/" + parts.map(encodeURIComponent).join("/");

export function People({ uid, id, base, world }) {
  return html`<div class=${"columns " + (id ? "at-message" : uid ? "at-inbox" : "at-people")}>
    <${PeopleList} uid=${uid} />
    ${uid ? html`<${Inbox} key=${uid} uid=${uid} id=${id} base=${base} world=${world} />` : html`<section class="column inbox"><${Note} text=${t("pick")} /></section>`}
    ${uid && html`<section class="column message" aria-label=${t("message")}>
      ${id && html`<a class="back" href=${at(uid)}>‹ ${t("back")}</a>`}
      ${id && html`<${Message} key=${uid + id} uid=${uid} id=${id} world=${world} />`}
      <${Acts} key=${"acts" + uid} uid=${uid} world=${world} />
    </section>`}
  </div>`;
}

function Avatar({ person }) {
  return person.headImg && person.headImg.startsWith("data:image/")
    ? html`<img class="avatar" alt="" src=${person.headImg} />`
    : html`<span class=${"avatar tone" + ([...person.uid].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5)} aria-hidden="true">${(person.name || person.uid.replace(/^UID_(test)?/, "")).slice(0, 1).toUpperCase()}</span>`;
}

function PeopleList({ uid }) {
  const [search, setSearch] = useState("");
  const { data, error } = useLive("people" + query({ limit: 200, contains: search }), ["message", "world"]);
  return html`<section class="column people" aria-label=${t("people")}>
    <input type="search" aria-label=${t("search")} placeholder=${t("search")} onInput=${(event) => setSearch(event.target.value)} />
    <${Note} text=${error} error />
    <${List} label=${t("people")}>
      ${(data || []).map((person) => html`<li key=${person.uid}><a href=${at(person.uid)} aria-current=${person.uid === uid ? "true" : null}>
        <${Avatar} person=${person} />
        <span class="grow"><b>${person.name || person.uid}</b><small>${person.name ? person.uid : person.lastMessageTime ? clock(person.lastMessageTime) : "—"}</small></span>
        ${person.uid !== uid && unread(person) > 0 && html`<span class="badge">${unread(person)}<span class="hidden"> ${t("unread")}</span></span>`}
      </a></li>`)}
    </${List}>
    ${data && !data.length && html`<${Note} text=${t("noPeople")} />`}
    <${Action} path="seed" label=${t("add")} show=${() => t("done")} body=${({ uid }) => ({ users: [{ uid: uid.startsWith("UID_") ? uid : "UID_" + uid }] })}
      onDone=${(_, form) => form.reset()}>
      <input name="uid" required aria-label=${t("newUid")} placeholder=${t("newUid")} />
    </${Action}>
  </section>`;
}

const via = (message, world) => {
  if (message.via === "uid") return t("byUid");
  if (message.via === "spt") return t("bySpt");
  const topic = world.topics.find((topic) => topic.id === message.via.topic);
  return `${t("byTopic")} ${topic ? topic.name : message.via.topic}`;
};

const sender = (message, world) => {
  if (message.appId === null) return t("simplePush");
  const app = world.apps.find((app) => app.id === message.appId);
  return app ? app.name : String(message.appId);
};

function Inbox({ uid, id, base, world }) {
  const { data, error } = useLive("inbox/" + encodeURIComponent(uid) + "?limit=100", ["message", "world"]);
  const newest = useRef();
  const [news, announce] = useState("");
  useEffect(() => {
    if (!data) return;
    const last = data[data.length - 1];
    if (newest.current !== undefined && last && last.sendRecordId > newest.current) announce(`${t("newMessage")}: ${last.summary}`);
    newest.current = last ? last.sendRecordId : 0;
    request("GET", "people" + query({ contains: uid })).then((people) => {
      const person = people.find((person) => person.uid === uid);
      if (person) markSeen(uid, person.messages);
    }, () => {});
  }, [data]);
  const app = world.apps[0];
  const token = app ? app.token : "AT_…";
  return html`<section class="column inbox" aria-label=${t("messages")}>
    <a class="back" href="#/people">‹ ${t("back")}</a>
    <h2>${uid}</h2>
    <p class="hidden" aria-live="polite">${news}</p>
    <${Note} text=${error} error />
    ${data && !data.length && html`<div><${Note} text=${t("empty")} />
      <${Command} text=${`curl '${base}/api/send/message/?appToken=${token}&uid=${uid}&content=hello'`} />
      <${Command} text=${`WXPUSHER_BASE_URL=${base} WXPUSHER_APP_TOKEN=${token} wxpusher send '你好' --uid ${uid}`} />
      <${Command} text=${`python3 -c 'from wxpusher_sdk import Client; Client("${token}", base_url="${base}").send("你好", uids=["${uid}"])'`} />
    </div>`}
    <${List} label=${t("messages")} class="cards">
      ${(data || []).slice().reverse().map((message) => html`<li key=${message.sendRecordId}>
        <a class="card" href=${at(uid, String(message.sendRecordId))} aria-current=${String(message.sendRecordId) === id ? "true" : null}>
          <span class="row"><b>${sender(message, world)}</b><small>${clock(message.time)}</small></span>
          <span class="summary">${message.summary}</span>
          <small class="row"><span>${via(message, world)}</span>${message.content === null && html`<span class="tag">${t("deleted")}</span>`}</small>
        </a></li>`)}
    </${List}>
  </section>`;
}

const types = { 1: () => t("text"), 2: () => "HTML", 3: () => "Markdown" };

function Message({ uid, id, world }) {
  const path = `inbox/${encodeURIComponent(uid)}/${id}`;
  const { data: message, error } = useLive(path, ["world"]);
  const [tab, setTab] = useState("phone");
  const [remote, setRemote] = useState(false);
  if (error) return html`<${Note} text=${error} error />`;
  if (!message) return null;
  const facts = [
    [t("status"), `${message.status.text} (${message.status.code})`],
    [t("type"), types[message.contentType]()],
    ["messageContentId", message.messageContentId],
    ["sendRecordId", message.sendRecordId],
  ];
  return html`
    <${Tabs} label=${t("message")} names=${["phone", "source", "json"]} value=${tab} onChange=${setTab} />
    <div id="panel" role="tabpanel" aria-labelledby=${"tab-" + tab}>
    ${tab === "phone" && html`<div class="phone">
      <div class="phone-head"><b>${sender(message, world)}</b><small>${clock(message.time)}</small></div>
      <iframe title=${message.summary} sandbox="" referrerpolicy="no-referrer" src=${`/sandbox/${path}/page${remote ? "?remote=true" : ""}`}></iframe>
      ${message.url && (/^https?:/i.test(message.url)
        ? html`<a class="phone-foot" target="_blank" rel="noopener noreferrer" href=${message.url}>${t("open")}: ${message.url}</a>`
        : html`<span class="phone-foot">${t("open")}: ${message.url}</span>`)}
    </div>
    ${message.contentType !== 1 && html`<label class="check"><input type="checkbox" checked=${remote} onChange=${(event) => setRemote(event.target.checked)} /> ${t("remote")}</label>`}`}
    ${tab === "source" && html`<pre class="code" tabindex="0">${message.content === null ? t("deleted") : message.content}</pre>`}
    ${tab === "json" && html`<pre class="code" tabindex="0">${JSON.stringify(message, null, 2)}</pre>`}
    </div>
    <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function Acts({ uid, world }) {
  const { data: codes } = useLive("qrcodes?limit=100", ["world"]);
  const { data: orders } = useLive("orders", ["world"]);
  const targets = [
    ...world.apps.map((app) => [`appId:${app.id}`, app.name]),
    ...world.topics.map((topic) => [`topicId:${topic.id}`, topic.name]),
  ];
  const target = ({ target }) => {
    const [kind, id] = target.split(":");
    return { uid, [kind]: Number(id) };
  };
  const options = (pairs) => pairs.map(([value, text]) => html`<option value=${value}>${text}</option>`);
  const open = (orders || []).filter((order) => order.uid === uid && !order.refunded);
  const entries = world.apps.filter((app) => app.entryUrl);
  return html`<details class="acts" open><summary>${t("act")}</summary>
    <${Action} path="command" label=${t("send")} body=${({ text }) => ({ uid, text })} onDone=${(_, form) => form.reset()}>
      <${Field} label=${t("command")}><input name="text" required placeholder=${t("commandHint")} /></${Field}>
    </${Action}>
    <${Action} path="subscribe" label=${t("subscribe")} body=${target} show=${(data) => outcome(data.callback)} disabled=${!targets.length}>
      <${Field} label=${t("target")}><select name="target">${options(targets)}</select></${Field}>
    </${Action}>
    <${Action} path="unsubscribe" label=${t("unsubscribe")} body=${target} show=${() => t("done")} disabled=${!targets.length}>
      <${Field} label=${t("target")}><select name="target">${options(targets)}</select></${Field}>
    </${Action}>
    <${Action} path="scan" label=${t("scan")} body=${({ code }) => ({ code, uid })} disabled=${!codes || !codes.length}>
      <${Field} label=${t("code")}><select name="code">${options((codes || []).map((code) => [code.code, `${code.extra} · ${code.code.slice(0, 6)}`]).reverse())}</select></${Field}>
    </${Action}>
    <${Action} path="pay" label=${t("pay")} disabled=${!world.products.length} show=${(data) => data.callbacks.map(outcome).join(" · ")}
      body=${({ product, amount, days }) => ({ uid, prodId: Number(product), amount: Number(amount), days: Number(days) })}>
      <${Field} label=${t("product")}><select name="product">${options(world.products.map((product) => [product.id, product.name]))}</select></${Field}>
      <${Field} label=${t("fen")}><input name="amount" type="number" min="0" value="500" required /></${Field}>
      <${Field} label=${t("days")}><input name="days" type="number" min="0" value="30" required /></${Field}>
    </${Action}>
    <${Action} path="refund" label=${t("refund")} body=${({ order }) => ({ tradeNo: order })} disabled=${!open.length}>
      <${Field} label=${t("order")}><select name="order">${options(open.map((order) => [order.tradeNo, `${order.amount} · ${order.tradeNo.slice(-6)}`]))}</select></${Field}>
    </${Action}>
    ${entries.length > 0 && html`<${Action} path="entry-link" label=${t("entry")} body=${({ app }) => ({ uid, appId: Number(app) })} show=${(data) => data.url}
      onDone=${(data) => /^https?:/i.test(data.url) && window.open(data.url, "_blank", "noopener,noreferrer")}>
      <${Field} label=${t("apps")}><select name="app">${options(entries.map((app) => [app.id, app.name]))}</select></${Field}>
    </${Action}>`}
    <div class="row">
      <${Confirm} label=${t("clearInbox")} onConfirm=${() => request("DELETE", "inbox/" + encodeURIComponent(uid))} />
      <${Confirm} label=${t("remove")} onConfirm=${() => request("DELETE", "people/" + encodeURIComponent(uid)).then(() => (location.hash = "#/people"))} />
    </div>
  </details>`;
}
