// What every widget of crmlab shares: small DOM helpers, numbers written as labels.value writes them, the theme.
// No build step: the files of this folder are joined by crmlab/widgets/assets.py into one module per widget.

const MISSING = "—";
const SHORT = {
  id: [[1e12, "T"], [1e9, "M"], [1e6, "jt"], [1e3, "rb"]],
  en: [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "K"]],
};
const formatters = new Map();

// Intl rounds a decimal string exactly as Babel rounds Decimal(repr(x)); a binary number it would round differently (2.675)
function number(x, lang, decimals = 0, minimum = decimals) {
  if (x === null || x === undefined || Number.isNaN(x)) return MISSING;
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "-∞";
  const key = `${lang}|${decimals}|${minimum}`;
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.NumberFormat(lang, {
      minimumFractionDigits: minimum, maximumFractionDigits: decimals, roundingMode: "halfEven", signDisplay: "negative",
    }));
  }
  return formatters.get(key).format(String(x));
}

function shorten(x, lang, decimals = 1) {
  for (const [size, word] of SHORT[lang]) {
    if (Math.abs(x) >= size * (1 - (0.5 * 10 ** -decimals) / 1000)) return `${number(x / size, lang, decimals, 0)} ${word}`;
  }
  return number(x, lang, Number.isInteger(x) ? 0 : decimals, 0);
}

// near nought: two digits that count; below a ten-thousandth only that it is smaller
function tiny(x, lang) {
  if (x > 0 && x < 1e-4) return `<${number(1e-4, lang, 4)}`;
  return number(x, lang, 1 - Math.floor(Math.log10(Math.abs(x))), 0);
}

function value(x, unit, lang, { short = false, currency = "IDR", bare = false } = {}) {
  if (x === null || x === undefined || Number.isNaN(x)) return MISSING;
  if (unit === "money") {
    const said = short ? shorten(Math.abs(x), lang) : number(Math.abs(x), lang, currency === "IDR" ? 0 : 2);
    const sign = x < 0 && /[1-9]/.test(said) ? "-" : "";
    if (bare || !currency) return sign + said;
    return currency === "IDR" ? `${sign}Rp${said}` : `${sign}${currency} ${said}`;
  }
  if (unit === "share") return `${number(x * 100, lang, 1)}%`; // the product as Python forms it, binary dust and all
  if (typeof x === "string") return x;
  if (short && Math.abs(x) >= 1000) return shorten(x, lang);
  if (unit === "count") return number(x, lang);
  const said = x !== 0 && Math.abs(x) < 0.005 ? tiny(x, lang) : number(x, lang, 2, 0);
  if (bare) return said;
  if (unit === "days") return `${said} ${lang === "id" ? "hari" : "days"}`;
  return unit === "points" ? `${said} ${lang === "id" ? "poin" : "points"}` : said;
}

function escape_html(text) {
  return String(text).replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }[c]));
}

// h("button", {class: "x", onclick: f, "aria-label": "…"}, "text", node, [nodes])
function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, given] of Object.entries(attributes || {})) {
    if (given === null || given === undefined || given === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), given);
    else if (key === "value" || key === "checked" || key === "selected" || key === "disabled") node[key] = given;
    else node.setAttribute(key, given === true ? "" : given);
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const ICONS = {
  back: "M10 3 5 8l5 5", close: "m4 4 8 8M12 4l-8 8", plus: "M8 3v10M3 8h10", down: "m4 6 4 4 4-4", right: "m6 4 4 4-4 4",
  swap: "M3 6h9m0 0L9 3m3 3M13 10H4m0 0 3 3m-3-3", rows: "M3 4h10M3 8h10M3 12h10", why: "M3 13V9h3v4M7 13V4h3v9M11 13V7h2v6",
  save: "M8 2v8m0 0 3-3m-3 3L5 7M3 13h10", code: "m6 4-4 4 4 4m4-8 4 4-4 4", info: "M8 7.5V12M8 4v.6", up: "m4 10 4-4 4 4",
  file: "M4 2h5l3 3v9H4zM9 2v3h3", reset: "M4 8a4 4 0 1 0 1.5-3.2M4 2.5V5h2.5", filter: "M2.5 3.5h11L9.5 8.5v4l-3 1v-5z",
};
function icon(name) {
  const holder = document.createElement("span");
  holder.className = "cx-icon";
  holder.setAttribute("aria-hidden", "true");
  holder.innerHTML = `<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.6" `
    + `stroke-linecap="round" stroke-linejoin="round"><path d="${ICONS[name]}"/></svg>`;
  return holder;
}

// replace what a box holds without losing the reader's place: focus returns to the element with the same data-key
function repaint(box, ...children) {
  const active = box.contains(document.activeElement) ? document.activeElement : null;
  const key = active && active.dataset.key;
  box.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  if (key) {
    const again = [...box.querySelectorAll("[data-key]")].find((n) => n.dataset.key === key);
    if (again) again.focus({ preventScroll: true });
  }
}

// a box that scrolls, in a frame that says so: it fades where more columns wait, with a button that goes there
function scroll_frame(scroll) {
  const hint = h("button", { class: "cx-more-right", type: "button", tabindex: "-1", "aria-hidden": "true",
    onclick: () => scroll.scrollBy({ left: scroll.clientWidth * 0.7, behavior: "smooth" }) }, icon("right"));
  const frame = h("div", { class: "cx-frame" }, scroll, hint);
  frame.look = () => {
    const left = scroll.scrollWidth - scroll.clientWidth - scroll.scrollLeft;
    frame.classList.toggle("cx-has-right", left > 4);
    frame.classList.toggle("cx-has-left", scroll.scrollLeft > 4);
    frame.classList.toggle("cx-has-below", scroll.scrollHeight - scroll.clientHeight - scroll.scrollTop > 4);
  };
  scroll.addEventListener("scroll", frame.look, { passive: true });
  return frame;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
}

// the page's theme: crmlab's shell says data-theme, JupyterLab data-jp-theme-light, else the system
function page_theme() {
  const said = document.documentElement.dataset.theme || document.body.dataset.theme;
  if (said) return said === "dark" ? "dark" : "light";
  const lab = document.body.dataset.jpThemeLight;
  if (lab !== undefined) return lab === "false" ? "dark" : "light";
  return "light";
}

function follow_theme(root, changed) {
  const apply = () => {
    const theme = page_theme();
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    if (changed) changed(theme);
  };
  apply();
  const watcher = new MutationObserver(apply);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-light"] });
  return () => watcher.disconnect();
}
