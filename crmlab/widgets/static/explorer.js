// The cube explorer: one model on the page. Python sends the whole page as compact JSON, the browser sends small events.

function explorer_widget({ model, el }) {
  const root = h("div", { class: "cx-explorer", lang: model.get("page").lang });
  el.append(root);
  const words = () => model.get("texts")[model.get("page").lang];
  let texts = words();
  let panel = null; // {kind, ...reply}: what is open below the table
  let how = null;
  let upload = { name: "" };

  const line = open_line(model, root);
  const { send, view_id } = line;

  const ask_kernel = async () => { const reply = await send({ do: "plotly" }); return reply.buffers[0]; };
  const chart_tools = { url: plotly_address(), ask_kernel };

  const ask = async (event) => {
    if (event.do === "select") return show_panel({ do: "facts", path: event.path, measure: event.measure });
    if (event.do === "drill" || event.do === "expand") event = { ...event, shown: model.get("page").view };
    const reply = await send(event);
    if (!reply) return reply;
    if (reply.file) { save_file(reply); return reply; }
    if (reply.kind === "members") return reply;
    if (reply.kind === "upload") { upload = reply; paint_body(); announce(reply.error || (reply.report && reply.report.said) || ""); return reply; }
    if (reply.kind === "how") { how = reply; paint_how(); return reply; }
    if (reply.kind) { panel = reply; paint_panel(true); }
    if (reply.note) announce(reply.note);
    if (reply.error) say_error(reply.error);
    return reply;
  };
  const show_panel = async (event) => {
    const reply = await ask(event);
    const box = parts.panel;
    if (reply && reply.kind && box.getBoundingClientRect().bottom > innerHeight) box.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    return reply;
  };
  const send_file = (file) => line.upload(file, texts, (reply) => { upload = reply; paint_body(); });
  const save_file = (reply) => announce(fill(texts.saved, { name: line.save(reply) }));

  const parts = {
    live: h("div", { class: "cx-hidden", role: "status", "aria-live": "polite" }), error: h("div", { class: "cx-error-place" }),
    head: h("div", { class: "cx-head-bar" }), shelves: h("div", { class: "cx-shelves" }), tiles: h("ul", { class: "cx-tiles" }), how: h("div", {}),
    trail: h("nav", { class: "cx-trail" }), table: h("section", { class: "cx-card cx-table-card" }), chart: h("section", { class: "cx-card cx-chart-card" }),
    tabs: h("div", { class: "cx-tabs" }), panel: h("section", { class: "cx-panel" }), own: h("section", { class: "cx-card", id: `cx-${view_id}` }),
  };
  const table_box = h("div", {}), table_foot = h("div", { class: "cx-table-foot" }), chart_box = h("div", { class: "cx-chart" }), lead_box = h("div", { class: "cx-lead-box" });
  parts.table.append(table_box, table_foot);
  parts.chart.append(lead_box, chart_box);
  const announce = (text) => { parts.live.textContent = ""; if (text) setTimeout(() => { parts.live.textContent = text; }, 30); };
  const say_error = (text) => repaint(parts.error, h("p", { class: "cx-error", role: "alert" }, text,
    h("button", { type: "button", class: "cx-ghost", "aria-label": texts.close, onclick: () => repaint(parts.error) }, icon("close"))));

  const own_open = () => { const page = model.get("page"); return page.data.id === "own" && !page.data.loaded; };

  const paint_head = () => {
    const page = model.get("page");
    const tab = (id, label) => h("button", { type: "button", "data-key": `data-${id}`, "aria-pressed": String(page.data.id === id), class: "cx-segment", onclick: () => ask({ do: "data", name: id }) }, label);
    const lang = (id) => h("button", { type: "button", "data-key": `lang-${id}`, class: "cx-segment", "aria-pressed": String(page.lang === id), lang: id, title: id === "id" ? "Bahasa Indonesia" : "English",
      "aria-label": id === "id" ? "ID, Bahasa Indonesia" : "EN, English", onclick: () => set_lang(id) }, id.toUpperCase());
    repaint(parts.head,
      h("div", { class: "cx-title" }, h("h2", {}, page.data.title), h("p", { class: "cx-note" }, page.data.said)),
      h("div", { class: "cx-head-tools" },
        model.get("uploads") ? h("div", { class: "cx-segments", role: "group", "aria-label": texts.data }, tab("given", page.data.given), tab("own", texts.own)) : null,
        window.crmlab ? null : h("div", { class: "cx-segments", role: "group", "aria-label": texts.language }, lang("id"), lang("en"))));
  };

  const paint_trail = () => {
    const page = model.get("page");
    repaint(parts.trail,
      h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": "back", disabled: !page.back, onclick: () => ask({ do: "back" }) }, icon("back"), texts.back),
      h("ol", {}, page.crumbs.map((crumb, i) => h("li", {}, i < page.crumbs.length - 1
        ? h("button", { type: "button", class: "cx-link", "data-key": `crumb-${i}`, onclick: () => ask({ do: "crumb", index: i }) }, crumb)
        : h("span", { "aria-current": "true" }, crumb)))),
      h("p", { class: "cx-scope" }, page.scope));
    parts.trail.setAttribute("aria-label", texts.path);
  };

  const paint_tiles = () => {
    const page = model.get("page");
    repaint(parts.tiles, page.tiles.map((tile) => h("li", { class: "cx-tile" },
      h("div", { class: "cx-tile-name" }, h("button", { type: "button", class: "cx-tile-button", "data-key": `tile-${tile.id}`, "aria-pressed": String(tile.id === page.lead),
        title: fill(texts.show_measure, { what: tile.label }),
        onclick: () => ask(tile.chosen ? { do: "lead", measure: tile.id } : { do: "set", measures: page.measures.length > 1 ? [...page.measures.map((m) => m.id), tile.id] : [tile.id] }) }, tile.label),
        h("button", { type: "button", class: "cx-ghost cx-how-button", "data-key": `how-${tile.id}`, "aria-expanded": String(Boolean(how && how.measure === tile.id)),
          "aria-label": fill(texts.how_button, { what: tile.label }), title: texts.how,
          onclick: () => { if (how && how.measure === tile.id) { how = null; paint_how(); } else ask({ do: "how", measure: tile.id }); } }, icon("info"))),
      h("div", { class: `cx-tile-value ${tile.few ? "cx-few" : ""}`, title: tile.full }, tile.value),
      h("div", { class: "cx-tile-foot" },
        tile.change ? h("span", { class: `cx-change cx-${tile.change.mood}` }, h("span", { "aria-hidden": "true" }, tile.change.sign), ` ${tile.change.text}`) : null,
        h("span", { class: "cx-note" }, tile.change ? tile.change.against : tile.why_none)),
      h("div", { class: "cx-tile-n" }, tile.n))));
  };
  const paint_how = () => {
    parts.tiles.querySelectorAll(".cx-how-button").forEach((b) => b.setAttribute("aria-expanded", String(Boolean(how && b.dataset.key === `how-${how.measure}`))));
    if (how) draw_how(parts.how, how, texts, () => { const key = `how-${how.measure}`; how = null; paint_how(); const b = [...parts.tiles.querySelectorAll("[data-key]")].find((n) => n.dataset.key === key); if (b) b.focus(); });
    else repaint(parts.how);
  };

  const paint_table = () => {
    const page = model.get("page");
    draw_pivot(table_box, page.pivot, texts, ask);
    repaint(table_foot, page.pivot.notes.map((note) => h("p", { class: "cx-table-note" }, note)), h("span", {}, page.pivot.said), page.pivot.shown < page.pivot.of
      ? h("button", { type: "button", class: "cx-link", "data-key": "more", onclick: () => ask({ do: "more" }) }, texts.more_rows) : null);
    repaint(lead_box, page.measures.length > 1 && page.pivot.rows.length
      ? select_field(texts.drawn, page.measures.map((m) => ({ id: m.id, label: m.label })), page.lead, (measure) => ask({ do: "lead", measure }), { key: "lead" }) : null);
    draw_chart(chart_box, page.figure, texts, { ...chart_tools, ask });
  };

  const tabs = () => [["facts", texts.tab_rows, "rows"], ["why", texts.tab_why, "why"], ["sql", texts.tab_sql, "code"]];
  const paint_panel = (opened = false) => {
    const page = model.get("page");
    repaint(parts.tabs, tabs().map(([kind, label, image]) => h("button", { type: "button", class: "cx-tab", "data-key": `tab-${kind}`, "aria-expanded": String(Boolean(panel && panel.kind === kind)),
      disabled: kind === "why" && !page.why,
      title: kind === "why" && !page.why ? texts.why_no_dates : null,
      onclick: () => { if (panel && panel.kind === kind) { panel = null; paint_panel(); } else show_panel({ do: kind }); } }, icon(image), label)),
    h("div", { class: "cx-save" }, h("button", { type: "button", class: "cx-tab", "data-key": "save", "aria-haspopup": "dialog", "aria-expanded": "false",
      onclick: (e) => popover(e.currentTarget, texts.save, (body) => option_list(body, [{ label: texts.save_table, options: [["view:csv", "CSV"], ["view:xlsx", "XLSX"]].map(([id, label]) => ({ id, label })) },
        { label: texts.save_facts, options: [["rows:csv", "CSV"], ["rows:xlsx", "XLSX"]].map(([id, label]) => ({ id, label })) }], texts,
      (id) => { const [what, format] = id.split(":"); ask({ do: "export", what, format }); }), texts) }, icon("save"), texts.save, icon("down"))));
    parts.panel.hidden = !panel;
    if (!panel) { parts.panel.replaceChildren(); return; }
    parts.panel.setAttribute("aria-label", tabs().find((t) => t[0] === panel.kind)[1]);
    if (panel.kind === "facts") draw_facts(parts.panel, panel, texts, (e) => show_panel(e));
    if (panel.kind === "why") draw_why(parts.panel, panel, texts, ask, chart_tools);
    if (panel.kind === "sql") draw_sql(parts.panel, panel, texts);
    if (opened) announce(panel.shown || panel.sentence || "");
  };

  const body = h("div", { class: "cx-body" });
  root.append(parts.live, parts.head, parts.error, body);
  let body_is = null;
  const paint_body = () => {
    if (own_open()) {
      if (body_is !== "own") body.replaceChildren(parts.own);
      body_is = "own";
      draw_upload(parts.own, model.get("page"), upload, texts, ask, send_file);
      return;
    }
    if (body_is !== "cube") {
      body.replaceChildren(parts.shelves, parts.tiles, parts.how, parts.trail, h("div", { class: "cx-main" }, parts.table, parts.chart), parts.tabs, parts.panel);
    }
    body_is = "cube";
    draw_shelves(parts.shelves, model.get("page"), model.get("choices"), texts, ask);
    paint_tiles();
    paint_trail();
    paint_table();
    paint_panel();
  };

  let shown_view = null, shown_lang = null, shown_page = null;
  const paint = () => {
    const page = model.get("page");
    root.lang = page.lang;
    texts = words();
    // an open panel speaks of the table above it: ask for its new content when the table or the language has changed
    const stale = panel && [page.view, page.lang, page.data.id].join() !== shown_page;
    if (page.lang !== shown_lang && how) { how = null; paint_how(); }
    else if (how && page.view !== shown_view) ask({ do: "how", measure: how.measure });
    shown_view = page.view;
    shown_lang = page.lang;
    shown_page = [page.view, page.lang, page.data.id].join();
    repaint(parts.error);
    paint_head();
    paint_body();
    if (page.error) say_error(page.error);
    if (stale) ask(panel.kind === "why" ? { do: "why", level: panel.level, measure: panel.measure, from: panel.from, to: panel.to, way: panel.way } : { do: panel.kind });
    if (page.said) announce(page.said);
    line.answered(page);
    root.dataset.ready = page.view;
    remember(page);
  };
  // a page of the gallery keeps its view in the address: a reload, a bookmark and a link show the same
  const remember = (page) => {
    if (!window.crmlab || page.data.id !== "given") return;
    const kept = page.back ? `#v=${encodeURIComponent(JSON.stringify(page.state))}` : "";
    if (location.hash !== kept) history.replaceState(history.state, "", `${location.pathname}${location.search}${kept}`);
  };
  const restore = () => {
    if (!window.crmlab || !location.hash.startsWith("#v=")) return;
    try { ask({ do: "restore", state: JSON.parse(decodeURIComponent(location.hash.slice(3))) }); } catch { /* an address that somebody cut: the first view stands */ }
  };
  const set_lang = (lang) => { if (lang !== model.get("page").lang) ask({ do: "lang", lang }); };

  model.on("change:page", paint);
  const on_lang = (event) => set_lang(event.detail);
  document.addEventListener("crmlab:lang", on_lang);
  const unfollow = follow_theme(root, () => root.querySelectorAll(".cx-chart").forEach(recolour_chart));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !event.defaultPrevented && model.get("page").back) { event.preventDefault(); ask({ do: "back" }); }
  });
  const linked = location.hash;
  paint();
  if (linked.startsWith("#v=")) { history.replaceState(history.state, "", `${location.pathname}${location.search}${linked}`); restore(); }
  // a page of the gallery has a switch of its own and says which language its reader chose
  if (window.crmlab) { window.crmlab.switchesLanguage = true; set_lang(window.crmlab.lang); }
  return () => {
    line.close();
    model.off("change:page", paint);
    document.removeEventListener("crmlab:lang", on_lang);
    unfollow();
    if (open_popover && root.contains(open_popover.panel)) close_popover(false);
  };
}
