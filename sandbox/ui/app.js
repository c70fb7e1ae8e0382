// The page: header, navigation, and the view that the address names.
import { render, useEffect, useState } from "./vendor/preact.js";
import { connect, useLive } from "./api.js";
import { Apps, Controls, Qrcodes } from "./console.js";
import { Callbacks, Calls } from "./logs.js";
import { Copy, html } from "./parts.js";
import { People } from "./people.js";
import { locale, setLanguage, store, t } from "./text.js";

const VIEWS = ["people", "qrcodes", "apps", "calls", "callbacks", "controls"];
const base = location.origin;

function route() {
  const [view, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { view: VIEWS.includes(view) ? view : "people", rest };
}

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

function App() {
  const [place, setPlace] = useState(route());
  const [live, setLive] = useState(false);
  const [, redraw] = useState(0);
  const { data: world } = useLive("world?users=false", ["world"]);
  useEffect(() => {
    connect(setLive);
    addEventListener("hashchange", () => setPlace(route()));
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const parts = location.hash.split("/");
      if (parts.length > 2) location.hash = parts.slice(0, -1).join("/");
    });
  }, []);
  document.documentElement.lang = locale();
  document.title = t("title");
  const language = () => {
    setLanguage(locale() === "en" ? "zh" : "en");
    redraw((count) => count + 1);
  };
  const theme = () => {
    const value = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = value;
    store.set("wxpusher-theme", value);
  };
  const { view, rest } = place;
  const views = {
    people: () => html`<${People} uid=${rest[0]} id=${rest[1]} base=${base} world=${world} />`,
    qrcodes: () => html`<${Qrcodes} code=${rest[0]} />`,
    apps: () => html`<${Apps} world=${world} />`,
    calls: () => html`<${Calls} id=${rest[0]} base=${base} />`,
    callbacks: () => html`<${Callbacks} id=${rest[0]} />`,
    controls: () => html`<${Controls} />`,
  };
  return html`<header>
      <h1><img src="/_ui/icon.svg" alt="" width="28" height="28" />${t("title")}</h1>
      <span class="url"><code>${base}</code><${Copy} text=${base} /></span>
      <span class=${"live " + (live ? "good" : "bad")} role="status">${live ? t("live") : t("offline")}</span>
      <button type="button" class="small" lang=${locale() === "en" ? "zh" : "en"} onClick=${language}>${locale() === "en" ? "中文" : "EN"}</button>
      <button type="button" class="small" aria-label=${t("theme")} title=${t("theme")} onClick=${theme}>◐</button>
    </header>
    <nav aria-label=${t("sections")}>${VIEWS.map((name) => html`<a href=${"#/" + name} aria-current=${name === view ? "page" : null}>${t(name)}</a>`)}</nav>
    <main>${world && views[view]()}</main>`;
}

const chosen = store.get("wxpusher-theme");
if (chosen) document.documentElement.dataset.theme = chosen;
render(html`<${App} />`, document.body);
