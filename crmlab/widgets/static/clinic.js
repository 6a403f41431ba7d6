// The data clinic: choose a source, see its quality, its quarantine, its duplicates and its gaps, take the result home.

function clinic_widget({ model, el }) {
  const root = h("div", { class: "cx-explorer cl-clinic", lang: model.get("page").lang });
  el.append(root);
  const words = () => model.get("texts")[model.get("page").lang];
  let texts = words();
  let upload = { name: "" };
  let clear = false, more_open = false;
  const line = open_line(model, root);
  const { send, view_id } = line;

  const live = h("div", { class: "cx-hidden", role: "status", "aria-live": "polite" }), error = h("div", { class: "cx-error-place" });
  const head = h("div", { class: "cx-head-bar" }), tiles = h("ul", { class: "cx-tiles", tabindex: "0" }), tabs = h("div", { class: "cl-tabs", role: "tablist" });
  const body = h("div", { class: "cl-body", id: `cl-${view_id}`, role: "tabpanel" }), own = h("section", { class: "cx-card", id: `cx-${view_id}` });
  const busy = h("p", { class: "cl-busy", "aria-hidden": "true" });
  root.append(live, head, error, busy, tiles, tabs, body, own);
  const announce = (text) => { live.textContent = ""; if (text) setTimeout(() => { live.textContent = text; }, 30); };
  const say_error = (text) => repaint(error, h("p", { class: "cx-error", role: "alert" }, text,
    h("button", { type: "button", class: "cx-ghost", "aria-label": texts.close, onclick: () => repaint(error) }, icon("close"))));

  // what takes longer than a moment says what it is doing, to the eye and to a screen reader
  let slow = null;
  const ask = async (event, buffers) => {
    if (event.do === "explore") event = { do: "examine" };
    const doing = texts[`clinic_busy_${event.do}`] || texts.clinic_busy;
    busy.textContent = doing;
    clearTimeout(slow);
    slow = setTimeout(() => announce(doing), 1000);
    const reply = await send(event, buffers);
    clearTimeout(slow);
    if (!reply) return reply;
    if (reply.file) announce(fill(texts.saved, { name: line.save(reply) }));
    else if (reply.kind === "upload") { upload = reply; paint_own(); announce(reply.error || (reply.report && reply.report.said) || ""); }
    else if (reply.error) { say_error(reply.error); paint_head(); error.scrollIntoView({ block: "nearest" }); }
    return reply;
  };
  const send_file = (file) => line.upload(file, texts, (reply) => { upload = reply; paint_own(); });
  const action = (key, label, event, more = {}) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": key, onclick: () => ask(event), ...more }, label);

  const paint_head = () => {
    const page = model.get("page");
    const lang = (id) => h("button", { type: "button", "data-key": `lang-${id}`, class: "cx-segment", "aria-pressed": String(page.lang === id), lang: id,
      "aria-label": id === "id" ? "ID, Bahasa Indonesia" : "EN, English", onclick: () => set_lang(id) }, id.toUpperCase());
    repaint(head, h("div", { class: "cx-title" }, h("h2", {}, page.title), h("p", { class: "cx-note" }, page.about)),
      h("div", { class: "cx-head-tools" },
        page.source === "own" && page.loaded ? action("again", texts.clinic_again, { do: "again" }) : null,
        h("label", { class: "cl-source" }, h("span", { class: "cx-note" }, page.choose), h("select", { class: "cx-field", "data-key": "source", onchange: (e) => ask({ do: "source", name: e.target.value }) },
          page.sources.map((g) => h("optgroup", { label: g.label }, g.sources.map((s) => h("option", { value: s.id, selected: s.id === page.source }, s.label)))))),
        window.crmlab ? null : h("div", { class: "cx-segments", role: "group", "aria-label": texts.language }, lang("id"), lang("en"))));
  };

  const paint_own = () => {
    const page = model.get("page");
    own.hidden = page.loaded;
    if (page.loaded) return;
    const said = { ...texts, own_title: texts.clinic_own_title, own_said: texts.clinic_own_said, explore_own: texts.clinic_examine };
    const form = h("div", { id: `cx-${view_id}-form` });
    draw_upload(form, page, upload, said, ask, send_file);
    const kind = h("div", { class: "cx-segments cl-kinds", role: "group", "aria-label": texts.clinic_kind }, page.kinds.map((k) => h("button", { type: "button", class: "cx-segment", "data-key": `kind-${k.id}`,
      "aria-pressed": String(k.id === page.kind), onclick: async () => { await ask({ do: "kind", kind: k.id }); if (upload.name) ask({ do: "file" }); } }, k.label)));
    repaint(own, h("div", { class: "cl-kind" }, h("span", {}, texts.clinic_kind), kind), form);
  };

  const paint_tiles = (page) => repaint(tiles, page.tiles.map((tile) => h("li", { class: "cx-tile" }, h("div", { class: "cx-tile-name" }, tile.label),
    h("div", { class: "cx-tile-value" }, tile.value), h("div", { class: "cx-tile-n" }, tile.foot))));

  const paint_tabs = (page) => {
    tabs.setAttribute("aria-label", texts.clinic_tabs);
    repaint(tabs, page.tabs.map((tab) => h("button", { type: "button", class: "cl-tab", role: "tab", id: `cl-${view_id}-${tab.id}`, "data-key": `tab-${tab.id}`, "aria-selected": String(tab.id === page.tab),
      "aria-controls": body.id, tabindex: tab.id === page.tab ? "0" : "-1", onclick: () => ask({ do: "tab", name: tab.id }), onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const at = page.tabs.findIndex((t) => t.id === tab.id), next = page.tabs[(at + step + page.tabs.length) % page.tabs.length];
        const button = document.getElementById(`cl-${view_id}-${next.id}`);
        if (button) button.focus();
        ask({ do: "tab", name: next.id });
      } }, tab.label, tab.badge ? h("span", { class: "cl-badge" }, tab.badge) : null)));
    body.setAttribute("aria-labelledby", `cl-${view_id}-${page.tab}`);
  };

  // -- quality --------------------------------------------------------------------------------------------------------
  const draw_profile = (b) => {
    const chosen = (column, dimension) => Boolean(b.focus && b.focus[0] === column && (b.focus[1] || null) === dimension);
    const cell = (row, c, d) => h("td", { class: "cl-cell" }, c ? h("button", { type: "button", class: `cl-score cl-${c.mood}`, "data-key": `cell-${row.id}-${d.id}`, "aria-label": c.said, title: c.said,
      "aria-pressed": String(chosen(row.id, d.id)), style: `--share:${c.share}`, onclick: () => ask({ do: "focus", column: row.id, dimension: d.id }) }, c.value) : h("span", { class: "cl-none" }, ""));
    const matrix = h("div", { class: "cx-scroll", tabindex: "0", role: "region", "aria-label": b.head }, h("table", { class: "cl-matrix" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, b.head), b.dimensions.map((d) => h("th", { scope: "col" }, d.label)))),
      h("tbody", {}, b.rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row.look
        ? h("button", { type: "button", class: "cl-look", "data-key": `look-${row.id}`, "aria-pressed": String(chosen(row.id, null)), onclick: () => ask({ do: "focus", column: row.id }) }, row.label) : h("span", {}, row.label),
      h("small", {}, row.kind)), b.dimensions.map((d, i) => cell(row, row.cells[i], d)))))));
    const frame = scroll_frame(matrix);
    new ResizeObserver(frame.look).observe(matrix);
    const codes = b.codes && h("section", { class: "cl-ask" }, b.codes.chosen
      ? h("p", {}, b.codes.said, " ", h("button", { type: "button", class: "cx-link", "data-key": "codes-undo", onclick: () => ask({ do: "codes", source: null }) }, texts.clinic_other_codes))
      : [h("h3", {}, b.codes.title), h("p", {}, b.codes.said), h("p", { class: "cx-actions" }, b.codes.choices.map((c) => action(`codes-${c.id}`, c.label, { do: "codes", source: c.id })))]);
    return [codes, h("section", { class: "cx-card" }, frame), b.detail ? detail(b) : null, rules(b.rules), h("div", { class: "cl-notes" }, b.notes.map((n) => h("p", { class: "cx-note" }, n)))];
  };
  let rules_open = false;
  const rules = (r) => {
    const pick = h("input", { type: "file", class: "cx-hidden", id: `cl-${view_id}-rules`, "data-key": "rules-file", accept: ".toml", onchange: async (e) => {
      const file = e.target.files[0];
      if (!file) return;
      if (file.size > 1_000_000) say_error(fill(texts.too_large, { size: Math.ceil(file.size / 1e6), limit: 1 }));
      else ask({ do: "rules", name: file.name }, [await file.arrayBuffer()]);
    } });
    return h("details", { class: "cl-more", open: rules_open || r.own, ontoggle: (e) => { rules_open = e.target.open; } }, h("summary", { "data-key": "rules" }, r.title),
      h("section", { class: "cx-card" }, plain_table(r.head, r.rows, r.title, { numeric: [false, false, true] })),
      h("p", { class: "cx-note" }, texts.clinic_rules_said),
      h("p", { class: "cx-actions" }, action("rules-save", texts.clinic_rules_save, { do: "export", what: "rules" }),
        h("label", { class: "cx-button cx-quiet-button cl-pick", for: pick.id }, texts.clinic_rules_choose, pick),
        r.own ? action("rules-back", texts.clinic_rules_back, { do: "rules" }) : null));
  };
  const detail = (b) => h("section", { class: "cx-panel cl-detail" },
    h("div", { class: "cx-popover-head" }, h("h3", {}, b.detail.title), h("button", { type: "button", class: "cx-ghost", "data-key": "detail-close", "aria-label": texts.clinic_close,
      onclick: () => ask({ do: "focus", column: null }) }, icon("close"))),
    h("p", { class: "cx-said" }, b.detail.said, b.detail.shown ? h("span", { class: "cx-note" }, ` · ${b.detail.shown}`) : null),
    b.detail.rules && b.detail.rules.length ? h("div", {}, h("h4", {}, texts.clinic_rules_of), h("ul", { class: "cl-rules" }, b.detail.rules.map((r) => h("li", {}, r)))) : null,
    b.detail.tables ? h("div", { class: "cl-pairs" }, b.detail.tables.map((t) => h("div", {}, h("h4", {}, t.title), plain_table(t.head, t.rows, t.title, { numeric: t.numeric })))) : null,
    b.detail.rows && b.detail.rows.length ? [plain_table(b.detail.head, b.detail.rows, b.detail.title, {}),
      h("p", { class: "cx-actions" }, ["csv", "xlsx"].map((f) => action(`rows-${f}`, fill(texts.clinic_save_rows, { format: f.toUpperCase() }), { do: "export", what: "rows", format: f, column: b.focus[0], dimension: b.focus[1] })))] : null);

  // -- quarantine -----------------------------------------------------------------------------------------------------
  const draw_refused = (b) => [h("p", { class: "cx-lead" }, b.said),
    b.reasons.length ? h("section", { class: "cx-card" }, plain_table([texts.reason, texts.how_many, texts.where_in_file], b.reasons, texts.reason, { numeric: [false, true, false] })) : null,
    b.rows.length ? [h("h3", {}, b.title), h("section", { class: "cx-card" }, plain_table(b.head, b.rows, b.title, {})),
      h("p", { class: "cx-actions" }, ["csv", "xlsx"].map((f) => action(`refused-${f}`, fill(texts.save_refused, { format: f.toUpperCase() }), { do: "export", what: "refused", format: f })))] : null,
    b.notes.map((n) => h("p", { class: "cx-note" }, n))];

  // -- duplicates -----------------------------------------------------------------------------------------------------
  const draw_duplicates = (b, page) => {
    if (b.none) return [h("p", { class: "cx-empty" }, b.none)];
    const slider = (key, part, low, high) => {
      const out = h("output", {}, value(part.value, "share", page.lang));
      const field = h("input", { type: "range", min: low, max: high, step: 0.01, value: part.value, "data-key": `line-${key}`, "aria-label": part.label,
        oninput: (e) => { out.textContent = value(Number(e.target.value), "share", page.lang); },
        onchange: (e) => ask({ do: "line", threshold: b.threshold.value, review: b.review.value, [key]: Number(e.target.value) }) });
      return h("label", { class: "cl-slider" }, h("span", {}, part.label), field, out);
    };
    const most = Math.max(1, ...b.bins.map((x) => x.pairs));
    const bars = h("div", { class: "cl-bins", role: "img", "aria-label": `${b.bins_title}: ${b.bins.filter((x) => x.pairs).map((x) => x.said).join("; ")}` },
      b.bins.map((x) => h("span", { class: x.low >= b.threshold.value - 1e-9 ? "cl-match" : x.high > b.review.value ? "cl-review" : "", title: x.said, style: `--h:${x.pairs ? Math.max(0.04, Math.log1p(x.pairs) / Math.log1p(most)) : 0}` })));
    const pair = b.pair && h("section", { class: "cx-card cl-pair", "aria-label": b.title },
      h("div", { class: "cx-popover-head" }, h("h3", {}, b.title), h("span", { class: "cx-note" }, b.progress)),
      h("p", { class: "cx-said" }, b.pair.score, b.pair.rule ? h("strong", {}, ` · ${b.pair.rule}`) : null),
      h("div", { class: "cl-beside" }, plain_table(b.pair.head, b.pair.rows, b.title, { numeric: [false, false, false, false, true] })),
      h("p", { class: "cx-actions" }, verdict("match", texts.clinic_same, b.pair), verdict("no_match", texts.clinic_other, b.pair), verdict("unsure", texts.clinic_unsure, b.pair),
        h("label", { class: "cx-radio" }, h("input", { type: "checkbox", "data-key": "clear-pair", checked: b.clear.value, onchange: (e) => ask({ do: "clear", on: e.target.checked }) }), b.clear.label),
        h("span", { class: "cx-note cx-keys" }, texts.clinic_keys)));
    return [h("p", { class: "cx-lead" }, b.said),
      h("div", { class: "cl-line" }, h("div", { class: "cl-sliders" }, slider("threshold", b.threshold, 0.5, 0.99), slider("review", b.review, 0.01, 0.95)), h("figure", {}, bars, h("figcaption", { class: "cx-note" }, b.bins_title))),
      pair || h("p", { class: "cx-empty" }, b.done),
      b.matches.length ? h("details", { class: "cl-more", open: more_open, ontoggle: (e) => { more_open = e.target.open; } }, h("summary", {}, b.matches_title), h("section", { class: "cx-card" },
        plain_table([...b.matches_head, ""], b.matches.map((m) => [...m.cells, h("button", { type: "button", class: "cx-link", "data-key": `apart-${m.left}-${m.right}`,
          onclick: () => ask({ do: "decide", left: m.left, right: m.right, verdict: "no_match" }) }, b.not_same)]), b.matches_title, { numeric: [false, false, true, false] }))) : null,
      b.decisions.length ? h("section", {}, h("h3", {}, b.decisions_title), h("ul", { class: "cl-decisions" }, b.decisions.map((d) => h("li", {}, h("span", {}, d.said), h("strong", {}, d.verdict),
        h("button", { type: "button", class: "cx-link", "data-key": `undo-${d.left}-${d.right}`, onclick: () => ask({ do: "decide", left: d.left, right: d.right, verdict: null }) }, texts.clinic_undo))))) : null,
      b.notes.map((n) => h("p", { class: "cx-note" }, n))];
  };
  const verdict = (id, label, pair) => h("button", { type: "button", class: `cx-button ${id === "match" ? "" : "cx-quiet-button"}`, "data-key": `verdict-${id}`,
    onclick: () => ask({ do: "decide", left: pair.left, right: pair.right, verdict: id }) }, label);

  // -- gaps, save -----------------------------------------------------------------------------------------------------
  const draw_gaps = (b) => [h("p", { class: "cx-lead" }, b.said),
    b.groups.map((g) => h("section", { class: "cl-group" }, h("h3", {}, g.label), h("div", { class: "cx-card" }, plain_table(b.head, g.rows.map((r) => [r.question, h("span", { class: `cx-${r.mood}` }, r.state), r.lacks]), g.label, {})))),
    b.notes.map((n) => h("p", { class: "cx-note" }, n))];
  const draw_save = (b) => [h("p", { class: "cx-lead" }, b.said), h("h3", {}, b.title),
    h("ul", { class: "cl-files" }, b.files.map((f) => h("li", {}, h("code", {}, f.name), h("span", {}, f.about)))),
    h("label", { class: "cx-radio" }, h("input", { type: "checkbox", "data-key": "clear", checked: clear, onchange: (e) => { clear = e.target.checked; } }), b.clear),
    h("p", { class: "cx-note" }, b.masked),
    h("p", { class: "cx-actions" }, h("button", { type: "button", class: "cx-button", "data-key": "save-all", onclick: () => ask({ do: "export", what: "all", format: "zip", clear }) }, icon("save"), b.button))];

  const drawn = { profile: draw_profile, refused: draw_refused, duplicates: draw_duplicates, gaps: draw_gaps, save: draw_save };
  let shown = null, restoring = true, comparing = false, form_shown = false;
  const first = `#d=${model.get("page").source}/${model.get("page").tab}`, linked = location.hash;
  const paint = () => {
    const page = model.get("page");
    root.lang = page.lang;
    texts = words();
    repaint(error);
    paint_head();
    for (const part of [tiles, tabs, body]) part.hidden = !page.loaded;
    if (page.loaded) {
      paint_tiles(page);
      paint_tabs(page);
      repaint(body, drawn[page.body.kind](page.body, page));
      const box = body.querySelector(".cl-detail");
      if (box && shown !== page.view && box.getBoundingClientRect().top > innerHeight - 120) box.scrollIntoView({ block: "nearest" });
    }
    paint_own();
    // the figures that one asked for stand above the form whose button was pressed
    if (window.crmlab && page.loaded && shown && shown.startsWith("own-") && form_shown) scrollTo({ top: 0 });
    form_shown = !page.loaded;
    root.classList.toggle("cl-comparing", Boolean(page.pending));
    shown = page.view;
    line.answered(page);
    root.dataset.ready = page.view;
    remember(page);
    if (page.pending && !comparing) { comparing = true; ask({ do: "compare" }).then(() => { comparing = false; }); }
  };
  // a page of the gallery keeps its source and its part in the address, and nothing else: a reload shows the same
  const remember = (page) => {
    if (!window.crmlab || restoring) return;
    const kept = page.source === "own" ? "" : `#d=${page.source}/${page.tab}`;
    if (location.hash !== kept && (kept !== first || location.hash)) history.replaceState(history.state, "", `${location.pathname}${location.search}${kept}`);
  };
  const restore = (hash) => {
    const [, source, tab] = /^#d=([a-z_]+)\/([a-z]+)$/.exec(hash) || [];
    if (!window.crmlab || !source || hash === first) { restoring = false; return; }
    ask({ do: "go", source, tab }).then(() => { restoring = false; remember(model.get("page")); });
  };
  const set_lang = (lang) => { if (lang !== model.get("page").lang) ask({ do: "lang", lang }).then(() => { if (upload.name && !model.get("page").loaded) ask({ do: "file" }); }); };
  // the button that was pressed may have gone with its pair, and the page's body has the focus then
  const on_key = (event) => {
    const page = model.get("page");
    if (!root.contains(event.target) && event.target !== document.body) return;
    if (!page.loaded || page.body.kind !== "duplicates" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const key = event.key.toLowerCase(), pair = page.body.pair, last = page.body.decisions && page.body.decisions[0];
    const said = { [texts.clinic_key_same]: "match", [texts.clinic_key_other]: "no_match", [texts.clinic_key_unsure]: "unsure" }[key];
    if (said && pair) { event.preventDefault(); ask({ do: "decide", left: pair.left, right: pair.right, verdict: said }); }
    else if (key === texts.clinic_key_undo && last) { event.preventDefault(); ask({ do: "decide", left: last.left, right: last.right, verdict: null }); }
  };
  document.addEventListener("keydown", on_key);
  model.on("change:page", paint);
  const on_lang = (event) => set_lang(event.detail);
  document.addEventListener("crmlab:lang", on_lang);
  const unfollow = follow_theme(root);
  paint();
  if (window.crmlab) { window.crmlab.switchesLanguage = true; set_lang(window.crmlab.lang); }
  restore(linked);
  return () => {
    line.close();
    model.off("change:page", paint);
    document.removeEventListener("crmlab:lang", on_lang);
    document.removeEventListener("keydown", on_key);
    unfollow();
  };
}
