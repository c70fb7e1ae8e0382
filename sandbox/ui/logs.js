// The logs of calls and callbacks, live.
import { useState } from "./vendor/preact.js";
import { query, request, useLive } from "./api.js";
import { Copy, List, Note, html, isGood, outcome } from "./parts.js";
import { clock, t } from "./text.js";

const quote = (text) => "'" + text.replaceAll("'", "'\\''") + "'";

/** The call as a curl command, with variables in place of masked tokens. */
export function asCurl(call, base) {
  const secret = call.route === "simplePush" || call.route === "simplePushByGet" ? "$WXPUSHER_SPT" : "$WXPUSHER_APP_TOKEN";
  const fill = (text) => quote(text).replaceAll("***", `'"${secret}"'`);
  const parts = ["curl"];
  if (call.method !== "GET") parts.push("-X", call.method);
  parts.push(fill(base + call.path + (call.query ? "?" + call.query : "")));
  const type = call.request.headers["content-type"];
  if (call.request.body) {
    if (type) parts.push("-H", quote("content-type: " + type));
    parts.push("-d", fill(call.request.body));
  }
  return parts.join(" ");
}

const layout = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

const Part = ({ title, part }) => html`<h3>${title}</h3>
  ${part ? html`<pre class="code" tabindex="0">${Object.entries(part.headers).map(([name, value]) => `${name}: ${value}\n`).join("")}${part.body && "\n" + layout(part.body)}${part.truncated ? t("truncated") : ""}</pre>` : html`<${Note} text=${t("noResponse")} />`}`;

export function Calls({ id, base }) {
  const [search, setSearch] = useState("");
  const { data, error } = useLive("calls" + query({ limit: 200, contains: search }), ["call"]);
  return html`<section class="page" aria-label=${t("calls")}>
    <h2>${t("calls")}</h2>
    <input type="search" aria-label=${t("filter")} placeholder=${t("filter")} onInput=${(event) => setSearch(event.target.value)} />
    <${Note} text=${error} error />
    ${data && !data.length && html`<${Note} text=${t("noCalls")} />`}
    <${List} label=${t("calls")}>
      ${(data || []).slice().reverse().map((call) => html`<li key=${call.id}><details open=${String(call.id) === id}>
        <summary><code class="method">${call.method}</code><code class="grow">${call.path}</code>
          ${call.fault && html`<span class="tag bad">${t("fault")}</span>`}
          <span class=${"tag " + (call.status === 200 && call.code === 1000 ? "good" : "bad")}>${call.status === null ? "—" : call.code === null ? call.status : call.code}</span>
          <small>${clock(call.time)}</small></summary>
        <div class="opened">
          ${call.note && html`<${Note} text=${call.note} error />`}
          ${call.query && html`<pre class="code" tabindex="0">${call.query}</pre>`}
          <${Part} title=${t("requestPart")} part=${call.request} />
          <${Part} title=${t("responsePart")} part=${call.response} />
          <${Copy} text=${asCurl(call, base)} label=${t("curl")} />
        </div></details></li>`)}
    </${List}>
  </section>`;
}

export function Callbacks({ id }) {
  const { data, error } = useLive("callbacks?limit=200", ["callback"]);
  return html`<section class="page" aria-label=${t("callbacks")}>
    <h2>${t("callbacks")}</h2>
    <${Note} text=${error} error />
    ${data && !data.length && html`<${Note} text=${t("noCallbacks")} />`}
    <${List} label=${t("callbacks")}>
      ${(data || []).slice().reverse().map((record) => html`<li key=${record.id}><details open=${String(record.id) === id}>
        <summary><code class="method">${record.body.action}</code><span class="grow">${record.url || "—"}</span>
          <span class=${"tag " + (isGood(record) ? "good" : "bad")}>${record.outcome.answered ? record.outcome.answered.status : record.outcome.failed ? "!" : "—"}</span>
          <small>${clock(record.time)}</small></summary>
        <div class="opened"><p>${outcome(record)}</p>
          <pre class="code" tabindex="0">${JSON.stringify(record.body, null, 2)}</pre>
          <button type="button" onClick=${() => request("POST", `callbacks/${record.id}/resend`, {})}>${t("resend")}</button>
        </div></details></li>`)}
    </${List}>
  </section>`;
}
