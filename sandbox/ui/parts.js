// Small parts that several views use.
import { html, useRef, useState } from "./vendor/preact.js";
import { request } from "./api.js";
import { t } from "./text.js";

export { html };

export function Copy({ text, label }) {
  const [done, set] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => {
      set(true);
      setTimeout(() => set(false), 1500);
    });
  return html`<button class="small" type="button" onClick=${copy}>${done ? t("copied") : label || t("copy")}</button>`;
}

/** A command with a button that copies it. */
export const Command = ({ text }) => html`<div class="command"><pre tabindex="0">${text}</pre><${Copy} text=${text} /></div>`;

export const Note = ({ text, error }) => text && html`<p class=${error ? "error" : "muted"}>${text}</p>`;

/** A list whose links are reached by the arrow keys too. */
export function List({ label, children, class: name }) {
  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...event.currentTarget.querySelectorAll("a,summary")];
    const next = links[links.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };
  return html`<ul class=${"list " + (name || "")} aria-label=${label} onKeyDown=${move}>${children}</ul>`;
}

export function Tabs({ label, names, value, onChange }) {
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = names[(names.indexOf(value) + step + names.length) % names.length];
    onChange(next);
    event.currentTarget.querySelector(`[data-name=${next}]`).focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${move}>
    ${names.map((name) => html`<button type="button" role="tab" data-name=${name} id=${"tab-" + name} aria-controls="panel"
      aria-selected=${name === value} tabindex=${name === value ? 0 : -1} onClick=${() => onChange(name)}>${t(name)}</button>`)}
  </div>`;
}

/** What happened to a callback, in a sentence. */
export function outcome(report) {
  const result = report && report.outcome;
  if (!result) return t("done");
  if (result === "noUrl") return t("noCallback");
  if (result === "pending") return t("pending");
  if (result.answered) return `${t("answered")} ${result.answered.status} ${result.answered.body}`;
  return `${t("failed")}: ${result.failed}`;
}

export const isGood = (report) => {
  const result = report && report.outcome;
  return !result || typeof result === "string" || (result.answered && result.answered.status < 300);
};

/** A form that posts to the control API and shows the result where it was done. */
export function Action({ path, body, label, show, children, disabled, onDone }) {
  const [result, set] = useState();
  const form = useRef();
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form.current));
    request("POST", path, body(values)).then(
      (data) => {
        set({ text: show ? show(data) : outcome(data), data });
        if (onDone) onDone(data, form.current);
      },
      (error) => set({ text: error.message, error: true }),
    );
  };
  return html`<form class="action" ref=${form} onSubmit=${submit}>
    <div class="fields">${children}<button disabled=${disabled}>${label}</button></div>
    <output role="status" class=${result && (result.error || !isGood(result.data)) ? "error" : "muted"}>${result && result.text}</output>
  </form>`;
}

export const Field = ({ label, children }) => html`<label><span>${label}</span>${children}</label>`;

/** A button that asks once before it does something that cannot be undone. */
export function Confirm({ label, onConfirm }) {
  const [asked, set] = useState(false);
  const click = () => {
    if (asked) onConfirm();
    set(!asked);
  };
  return html`<button type="button" class="danger" onClick=${click} onBlur=${() => set(false)}>${asked ? t("sure") : label}</button>`;
}
