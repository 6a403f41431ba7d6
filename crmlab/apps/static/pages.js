// The frame's script: language, theme, the wait for the first view, and the lifeline that says when kernel or server are gone.
(() => {
  "use strict";
  const page = JSON.parse(document.getElementById("crm-page").textContent);
  const root = document.documentElement;
  const say = (name, values = {}) => page.texts[root.lang][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax`; };
  const announce = (event, detail) => document.dispatchEvent(new CustomEvent(event, { detail }));

  const crmlab = {
    get lang() { return root.lang; },
    get theme() { return root.dataset.theme; },
    plotlyUrl: page.plotly,
    switchesLanguage: false,  // an app's script that follows crmlab:lang by itself says true
  };
  window.crmlab = crmlab;

  // theme: what was chosen (the server knows it by cookie), else the system's
  if (!root.dataset.theme) root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.getElementById("crm-theme").addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep("crmlab_theme", root.dataset.theme);
    announce("crmlab:theme", root.dataset.theme);
  });

  // language: an app that can switches in place, any other page is asked for again
  keep("crmlab_lang", root.lang);
  for (const link of document.querySelectorAll(".crm-languages a")) {
    link.addEventListener("click", (event) => {
      const lang = link.dataset.lang;
      keep("crmlab_lang", lang);
      event.preventDefault();
      if (lang === root.lang) return;
      const address = new URL(location.href);
      address.searchParams.set("lang", lang);
      if (!crmlab.switchesLanguage) { location.assign(address); return; }
      history.replaceState(history.state, "", address);
      root.lang = lang;
      for (const other of document.querySelectorAll(".crm-languages a")) {
        if (other.dataset.lang === lang) other.setAttribute("aria-current", "true");
        else other.removeAttribute("aria-current");
      }
      if (page.title) {
        document.getElementById("crm-title").textContent = page.title[lang];
        document.title = `${page.title[lang]} · crmlab`;
      }
      draw_notices();
      show_data();
      announce("crmlab:lang", lang);
    });
  }

  // notices: at most one of each kind, said again when the language changes
  const notices = new Map();
  const holder = document.getElementById("crm-notices");
  function button(text, act, quiet = false) {
    const node = document.createElement("button");
    node.type = "button";
    node.className = quiet ? "crm-button crm-button-quiet" : "crm-button";
    node.textContent = text;
    node.addEventListener("click", act);
    return node;
  }
  function draw_notices() {
    holder.replaceChildren(...[...notices].map(([kind, { tone, action, closes }]) => {
      const box = document.createElement("div");
      box.className = `crm-notice crm-notice-${tone}`;
      box.dataset.notice = kind;
      const words = document.createElement("p");
      words.textContent = say(kind);
      box.append(words, button(say(action), () => location.reload()));
      if (closes) box.append(button(say("close"), () => drop(kind), true));
      return box;
    }));
  }
  function notice(kind, { tone = "bad", action = "reload", closes = false } = {}) {
    if (notices.has(kind)) return;
    notices.set(kind, { tone, action, closes });
    draw_notices();
  }
  function drop(kind) { if (notices.delete(kind)) draw_notices(); }

  // the full data: how far it is, and the offer to load it
  let data = page.data;
  const data_place = document.getElementById("crm-data");
  function show_data() {
    const concerned = page.retail || page.app === undefined;
    data_place.replaceChildren();
    if (!concerned) return;
    if (data.full === "making") {
      const words = document.createElement("span");
      words.textContent = say("data_making", { percent: Math.floor(data.share * 100) });
      const bar = document.createElement("span");
      bar.className = "crm-bar";
      bar.append(document.createElement("i"));
      bar.firstChild.style.width = `${Math.max(4, data.share * 100)}%`;
      data_place.title = say("data_making_hint");
      data_place.append(words, bar);
    } else if (data.full === "ready" && page.data.size !== data.size && page.app !== undefined) {
      data_place.title = say("data_ready");
      data_place.append(button(say("data_load"), () => location.reload()));
    } else if (data.full === "failed") {
      data_place.textContent = say("data_failed");
    }
  }
  show_data();

  if (page.visit === undefined) {
    if (data.full === "making" || data.full === "absent") watch_data();
    return;
  }
  async function watch_data() {
    try {
      data = (await (await fetch("/crmlab/api/status")).json()).data;
      show_data();
    } catch { return; }  // the server is gone; a gallery that is only read needs no banner
    if (data.full === "making" || data.full === "absent") setTimeout(watch_data, 1500);
  }

  // the wait: words until the first widget stands on the page
  const stage = document.getElementById("crm-stage");
  let reached = "starting";
  function reach(name) {  // only when it changes: the observer below sees every change of the page
    if (reached !== name) stage.textContent = say(name);
    reached = name;
  }
  const slow = setTimeout(() => reach("slow"), 12000);
  const too_slow = setTimeout(() => notice("not_drawn", { tone: "warn", closes: true }), 40000);
  // the whole notebook is here and displays nothing: nothing will come
  document.addEventListener("DOMContentLoaded", () => { if (!document.querySelector(".crm-output")) fail(); });
  let line;
  let drawn = false;
  function finish(cause) {
    if (drawn) return;
    drawn = true;
    clearTimeout(slow);
    clearTimeout(too_slow);
    drop("not_drawn");
    watcher.disconnect();
    document.body.classList.add("crm-drawn");
    performance.mark("crmlab:drawn");
    if (line && line.readyState === WebSocket.OPEN) line.send(JSON.stringify({ drawn: performance.now() }));
    announce("crmlab:drawn", cause);
  }
  function fail() {
    if (drawn) return;
    const place = document.createElement("div");
    place.className = "crm-sorry";
    const title = document.createElement("h2");
    title.textContent = say("page_failed_title");
    const words = document.createElement("p");
    words.textContent = say("page_failed");
    place.append(title, words, button(say("reload"), () => location.reload()));
    document.getElementById("crm-waiting").after(place);
    finish("failed");
  }
  // On a machine that is very busy the front end may have asked for its widgets and missed one (seen once in some
  // thousand pages). It says so and leaves it at that; a fresh page has them all. At most one try a minute.
  function miss() {
    if (drawn) return;
    const key = `crmlab:missed:${location.pathname}`;
    const before = Number(sessionStorage.getItem(key));
    sessionStorage.setItem(key, Date.now());
    if (Date.now() - before < 60000) fail();
    else location.reload();
  }
  const watcher = new MutationObserver(() => {
    if (document.querySelector(".crm-cell-failed")) { fail(); return; }
    const said = document.querySelector(".crm-output > .jupyter-widgets");
    if (said && !said.firstElementChild && said.textContent.startsWith("Error displaying widget")) { miss(); return; }
    // first comes a box that says "Loading widget...", then the widget's own, then what it draws
    const widget = document.querySelector(".crm-output .lm-Widget .lm-Widget");
    if (widget && widget.scrollHeight > 20) finish("widgets");
    else if (document.getElementById("crm-cells")) reach("loading");
  });
  watcher.observe(document.body, { childList: true, subtree: true });

  // Voila would end the kernel in beforeunload, which also fires when a click only starts a download. The lifeline does it instead.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation());
  // a page that comes back from the browser's memory has lost its kernel
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  let leaving = false;
  window.addEventListener("pagehide", () => { leaving = true; if (line) line.close(); });
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/crmlab/live/${page.visit}`;
  function connect(attempt) {
    line = new WebSocket(address);
    line.onopen = () => { drop("server_gone"); attempt = 0; };
    line.onmessage = (event) => {
      const said = JSON.parse(event.data);
      if (said.stage && reached !== "loading") reach(said.stage);
      if (said.data) { data = said.data; show_data(); }
      if (said.kernel === "gone") { drop("step_failed"); notice("kernel_gone"); }
      if (said.step === "failed") notice("step_failed", { tone: "warn", closes: true });
    };
    line.onclose = () => {
      if (leaving) return;
      if (attempt > 0) notice("server_gone");
      setTimeout(connect, Math.min(400 * 2 ** attempt, 5000), attempt + 1);
    };
  }
  connect(0);
})();
