// Apps, QR codes and controls.
import { request, useLive } from "./api.js";
import { Action, Confirm, Copy, Field, Note, html } from "./parts.js";
import { clock, t } from "./text.js";

export function Apps({ world }) {
  return html`<section class="page" aria-label=${t("apps")}><h2>${t("apps")}</h2>
    ${world.apps.map((app) => html`<article class="card" key=${app.id}>
      <h3>${app.name} <small>#${app.id}</small></h3>
      <p class="row"><span>${t("token")} <code>${app.token.slice(0, 3)}•••••${app.token.slice(-2)}</code></span><${Copy} text=${app.token} /></p>
      <${Action} path="callback-url" label=${t("save")} show=${() => t("done")} body=${({ url }) => ({ appId: app.id, url: url || null })}>
        <${Field} label=${t("callbackUrl")}><input name="url" type="url" value=${app.callbackUrl || ""} placeholder="http://127.0.0.1:8000/callback" /></${Field}>
      </${Action}>
      <${Action} path="callback-test" label=${t("test")} body=${() => ({ appId: app.id })} />
      <dl class="facts">
        <div><dt>${t("topics")}</dt><dd>${world.topics.filter((topic) => topic.appId === app.id).map((topic) => `${topic.name} #${topic.id}`).join(", ") || "—"}</dd></div>
        <div><dt>${t("products")}</dt><dd>${world.products.filter((product) => product.appId === app.id).map((product) => `${product.name} #${product.id}`).join(", ") || "—"}</dd></div>
      </dl></article>`)}
  </section>`;
}

export function Qrcodes({ code }) {
  const { data } = useLive("qrcodes?limit=100", ["world"]);
  const { data: time } = useLive("clock", ["world"]);
  return html`<section class="page" aria-label=${t("qrcodes")}><h2>${t("qrcodes")}</h2>
    ${data && !data.length && html`<${Note} text=${t("noCodes")} />`}
    <div class="grid">${(data || []).slice().reverse().map((qrcode) => html`<article class=${"card" + (qrcode.code === code ? " marked" : "")} key=${qrcode.code}>
      <img class="qrcode" alt=${`${t("code")} ${qrcode.code}`} src=${`/api/qrcode/${qrcode.code}.jpg`} loading="lazy" />
      <dl class="facts">
        <div><dt>${t("extra")}</dt><dd>${qrcode.extra}</dd></div>
        <div><dt>${t("expires")}</dt><dd>${time && qrcode.expires <= time.now ? html`<span class="tag bad">${t("expired")}</span>` : clock(qrcode.expires)}</dd></div>
        <div><dt>${t("scannedBy")}</dt><dd>${qrcode.lastUid ? html`<a href=${"#/people/" + qrcode.lastUid}>${qrcode.lastUid}</a>` : t("none")}</dd></div>
      </dl></article>`)}</div>
  </section>`;
}

const KINDS = {
  "502": { status: 502 }, "429": { status: 429 }, "1001": { code: { code: 1001, msg: "故障演示" } }, delay: { delay: { ms: 3000 } },
  hang: "hang", close: "close", reset: "reset", halfBody: "halfBody", slowDrip: { slowDrip: { bytes: 1, ms: 50 } },
};
const ROUTES = "send sendByGet queryStatus deleteMessage createQrcode queryScanUid listUsers deleteUser rejectUser simplePush simplePushByGet queryPayEndTime".split(" ");

export function Controls() {
  const { data: time } = useLive("clock", ["world"]);
  const { data: rate } = useLive("rate-limit", ["world"]);
  const { data: faults } = useLive("faults", ["world", "call"]);
  const advance = (body) => () => request("POST", "clock", body);
  return html`<section class="page" aria-label=${t("controls")}><h2>${t("controls")}</h2><div class="grid">
    <article class="card"><h3>${t("clock")}</h3><p class="big" id="clock">${time && clock(time.now)}</p>
      <div class="row start"><button type="button" onClick=${advance({ seconds: 3600 })}>${t("hour")}</button>
        <button type="button" onClick=${advance({ days: 1 })}>${t("day")}</button><button type="button" onClick=${advance({ days: 7 })}>${t("week")}</button></div></article>
    <article class="card"><h3>${t("rate")}</h3>
      <label class="check"><input type="checkbox" checked=${rate && rate.enabled} onChange=${(event) => request("POST", "rate-limit", { enabled: event.target.checked })} /> ${t("rateHint")}</label></article>
    <article class="card"><h3>${t("faults")}</h3>
      <${Action} path="faults" label=${t("inject")} show=${() => t("done")} body=${({ kind, route, times, percent, carriedOut }) => ({
        fault: KINDS[kind], route: route || null, times: Number(times), percent: Number(percent), carriedOut: !!carriedOut })}>
        <${Field} label=${t("kind")}><select name="kind">${Object.keys(KINDS).map((kind) => html`<option value=${kind}>${kind}</option>`)}</select></${Field}>
        <${Field} label=${t("route")}><select name="route"><option value="">${t("any")}</option>${ROUTES.map((route) => html`<option value=${route}>${route}</option>`)}</select></${Field}>
        <${Field} label=${t("times")}><input name="times" type="number" min="1" value="1" required /></${Field}>
        <${Field} label=${t("percent")}><input name="percent" type="number" min="1" max="100" value="100" required /></${Field}>
        <label class="check"><input type="checkbox" name="carriedOut" /> ${t("carriedOut")}</label>
      </${Action}>
      ${faults && (faults.length ? html`<ul class="plain">${faults.map((fault) => html`<li><code>${JSON.stringify(fault.fault)} ${fault.route || t("any")} ×${fault.times}</code></li>`)}</ul>
        <button type="button" onClick=${() => request("DELETE", "faults")}>${t("clear")}</button>` : html`<${Note} text=${t("noFaults")} />`)}</article>
    <article class="card"><h3>${t("reset")}</h3><div class="row start">
      <${Confirm} label=${t("resetKeep")} onConfirm=${() => request("POST", "reset", { keepWorld: true })} />
      <${Confirm} label=${t("resetAll")} onConfirm=${() => request("POST", "reset", {})} />
      <a class="button" href="/sandbox/export" download="wxpusher-sandbox.json">${t("export")}</a></div></article>
  </div></section>`;
}
