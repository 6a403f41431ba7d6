// The segmentation studio: choose data and method, see the segments, doubt them, and take a list home.

function studio_widget({ model, el }) {
  const root = h("div", { class: "cx-explorer cl-clinic st-studio", lang: model.get("page").lang });
  el.append(root);
  const words = () => model.get("texts")[model.get("page").lang];
  let texts = words();
  let upload = { name: "" };
  const line = open_line(model, root);
  const { send, view_id } = line;

  const live = h("div", { class: "cx-hidden", role: "status", "aria-live": "polite" }), error = h("div", { class: "cx-error-place" });
  const head = h("div", { class: "cx-head-bar" }), form = h("section", { class: "st-controls" }), tiles = h("ul", { class: "cx-tiles", tabindex: "0" });
  const tabs = h("div", { class: "cl-tabs", role: "tablist" }), body = h("div", { class: "cl-body st-body", id: `st-${view_id}`, role: "tabpanel" });
  const own = h("section", { class: "cx-card", id: `cx-${view_id}` }), busy = h("p", { class: "cl-busy", "aria-hidden": "true" });
  root.append(live, head, error, busy, form, tiles, tabs, body, own);
  const announce = (text) => { live.textContent = ""; if (text) setTimeout(() => { live.textContent = text; }, 30); };
  const say_error = (text) => repaint(error, h("p", { class: "cx-error", role: "alert" }, text,
    h("button", { type: "button", class: "cx-ghost", "aria-label": texts.close, onclick: () => repaint(error) }, icon("close"))));

  const ask = async (event, buffers) => {
    if (event.do === "explore") event = { do: "examine" };
    busy.textContent = texts[`studio_busy_${event.do}`] || texts.studio_busy;
    repaint(error); // here, not when a page comes: one that brings what was computed beside must not take the words away
    const reply = await send(event, buffers);
    if (!reply) return reply;
    if (reply.file) announce(fill(texts.saved, { name: line.save(reply) }));
    else if (reply.kind === "upload") { upload = reply; paint_own(); announce(reply.error || (reply.report && reply.report.said) || ""); }
    else if (reply.error) { say_error(reply.error); paint_head(); paint_form(); error.scrollIntoView({ block: "nearest" }); }
    return reply;
  };
  const set = (changes) => ask({ do: "set", ...changes });
  const send_file = (file) => line.upload(file, texts, (reply) => { upload = reply; paint_own(); });
  const ask_kernel = async () => (await send({ do: "plotly" })).buffers[0];
  const tools = { url: plotly_address(), ask_kernel };
  const button = (key, label, onclick, quiet = true) => h("button", { type: "button", class: `cx-button${quiet ? " cx-quiet-button" : ""}`, "data-key": key, onclick }, label);

  const paint_head = () => {
    const page = model.get("page");
    const lang = (id) => h("button", { type: "button", "data-key": `lang-${id}`, class: "cx-segment", "aria-pressed": String(page.lang === id), lang: id,
      "aria-label": id === "id" ? "ID, Bahasa Indonesia" : "EN, English", onclick: () => set_lang(id) }, id.toUpperCase());
    repaint(head, h("div", { class: "cx-title" }, h("h2", {}, page.title), h("p", { class: "cx-note" }, page.about)),
      h("div", { class: "cx-head-tools" },
        page.source === "own" && page.loaded ? button("again", texts.studio_again, () => ask({ do: "again" })) : null,
        h("label", { class: "cl-source" }, h("span", { class: "cx-note" }, page.choose), h("select", { class: "cx-field", "data-key": "source", onchange: (e) => ask({ do: "source", name: e.target.value }) },
          page.sources.map((s) => h("option", { value: s.id, selected: s.id === page.source }, s.label)))),
        window.crmlab ? null : h("div", { class: "cx-segments", role: "group", "aria-label": texts.language }, lang("id"), lang("en"))));
  };

  const paint_own = () => {
    const page = model.get("page");
    own.hidden = page.loaded;
    if (page.loaded) return;
    const said = { ...texts, own_title: texts.studio_own_title, own_said: texts.studio_own_said, explore_own: texts.studio_use_own };
    draw_upload(own, page, upload, said, ask, send_file);
  };

  // -- how segments are made --------------------------------------------------------------------------------------------
  let more_open = false, rules_open = false, lacks_open = false, rules_shown = null;
  const rules_box = h("div", {});
  const paint_form = () => {
    const c = model.get("page").controls;
    if (!c) return;
    const rules_now = JSON.stringify([c.rules, model.get("page").lang]);
    if (c.rules && rules_now !== rules_shown) draw_rules(rules_box, c.rules, texts, ask);
    rules_shown = c.rules ? rules_now : null;
    const field = (label, node) => h("label", { class: "st-field" }, h("span", {}, label), node);
    const select = (key, options, chosen, changed) => h("select", { class: "cx-field", "data-key": key, onchange: (e) => changed(e.target.value) }, options.map((o) => h("option", { value: o.id, selected: o.id === chosen }, o.label)));
    form.setAttribute("aria-label", texts.studio_controls);
    repaint(form,
      h("div", { class: "st-row" },
        field(texts.studio_method, select("method", c.methods, c.method, (method) => set({ method }))),
        c.ks ? k_buttons(c.ks, c.k, texts, (k) => set({ k }), "k") : null,
        c.all_bins ? field(c.bins_said, select("bins", c.all_bins.map((b) => ({ id: b, label: String(b) })), c.bins, (b) => set({ bins: Number(b) }))) : null,
        c.groups.length ? field(texts.studio_group, select("group", c.groups, c.group, (group) => set({ group }))) : null,
        field(texts.studio_as_of, h("input", { type: "date", class: "cx-field", "data-key": "as_of", value: c.as_of, min: c.first, max: c.last, onchange: (e) => { if (e.target.value) set({ as_of: e.target.value }); } }))),
      h("p", { class: "cx-note" }, c.method_said),
      c.columns ? h("details", { class: "st-more", open: more_open, ontoggle: (e) => { more_open = e.target.open; } }, h("summary", { "data-key": "more" }, texts.studio_more),
        h("div", { class: "st-row" }, h("fieldset", { class: "st-checks" }, h("legend", {}, texts.studio_columns), c.columns.map((one) => h("label", { class: "cx-radio" },
          h("input", { type: "checkbox", "data-key": `column-${one.id}`, checked: one.on, disabled: one.on && c.columns.filter((o) => o.on).length === 1,
            onchange: () => set({ columns: c.columns.filter((o) => (o.id === one.id ? !o.on : o.on)).map((o) => o.id) }) }), one.label))),
        field(texts.studio_transform, select("transform", c.transforms, c.transform, (transform) => set({ transform }))),
        field(texts.studio_scale, select("scale", c.scales, c.scale, (scale) => set({ scale }))))) : null,
      c.rules ? h("details", { class: "st-more", open: rules_open, ontoggle: (e) => { rules_open = e.target.open; } }, h("summary", { "data-key": "rules" }, c.rules.title), rules_box) : null,
      c.lacks.length ? h("details", { class: "st-more", open: lacks_open, ontoggle: (e) => { lacks_open = e.target.open; } }, h("summary", { "data-key": "lacks" }, `${texts.studio_lacks} (${c.lacks.length})`),
        h("ul", { class: "cl-rules" }, c.lacks.map((t) => h("li", {}, t)))) : null);
  };

  const paint_tiles = (page) => { tiles.hidden = !page.tiles.length; repaint(tiles, page.tiles.map((t) => h("li", { class: "cx-tile" }, h("div", { class: "cx-tile-name" }, t.label),
    h("div", { class: `cx-tile-value${t.mood === "bad" ? " cx-bad" : ""}` }, t.value), h("div", { class: "cx-tile-n" }, t.foot)))); };

  const paint_tabs = (page) => {
    tabs.setAttribute("aria-label", texts.studio_tabs);
    repaint(tabs, page.tabs.map((tab) => h("button", { type: "button", class: "cl-tab", role: "tab", id: `st-${view_id}-${tab.id}`, "data-key": `tab-${tab.id}`, "aria-selected": String(tab.id === page.tab),
      "aria-controls": body.id, tabindex: tab.id === page.tab ? "0" : "-1", onclick: () => ask({ do: "tab", name: tab.id }), onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const at = page.tabs.findIndex((t) => t.id === tab.id), next = page.tabs[(at + step + page.tabs.length) % page.tabs.length];
        const there = document.getElementById(`st-${view_id}-${next.id}`);
        if (there) there.focus();
        ask({ do: "tab", name: next.id });
      } }, tab.label)));
    body.setAttribute("aria-labelledby", `st-${view_id}-${page.tab}`);
    const active = tabs.querySelector("[aria-selected=true]");
    if (active && (active.offsetLeft < tabs.scrollLeft || active.offsetLeft + active.offsetWidth > tabs.scrollLeft + tabs.clientWidth)) tabs.scrollLeft = active.offsetLeft - 40;
  };

  // -- the segments -----------------------------------------------------------------------------------------------------
  const map_box = h("div", { class: "st-map" });
  let drawn = null, numbers_open = true;
  const map_card = (b, page) => {
    drawn = { figure: b.map, open: b.portrait ? b.rows.find((r) => r.open).id : null, label: `${page.controls.method}-${page.controls.k || 0}-${page.stamp}` };
    const axis = (key, label, chosen, other) => select_field(label, b.axes.choices.filter((c) => c.id !== other), chosen, (id) => ask({ do: "axes", x: b.axes.x, y: b.axes.y, [key]: id }), { key: `axis-${key}` });
    return h("section", { class: "cx-card st-map-card" }, h("h3", { class: "cx-chart-title" }, b.map.title), map_box, h("p", { class: "cx-caption" }, b.map.caption),
      h("div", { class: "st-row st-axes" }, axis("x", texts.studio_x, b.axes.x, b.axes.y), axis("y", texts.studio_y, b.axes.y, b.axes.x)));
  };
  const bar = (kind, share, said, label) => h("span", { class: "st-bar", title: label }, h("i", { class: `st-${kind}`, style: `--w:${Math.max(0, Math.min(1, share || 0))}`, "aria-hidden": "true" }), h("b", {}, h("span", { class: "cx-hidden" }, `${label}: `), said));
  const draw_segments = (b, page) => [
    b.insisted ? h("p", { class: "st-refused", role: "note" }, b.insisted) : null,
    h("div", { class: "st-two" }, h("div", { class: "st-left" }, map_card(b, page), b.portrait ? portrait(b.portrait) : null),
      h("section", { class: "cx-card st-list" },
        h("p", { class: "st-key cx-note" }, h("span", {}, h("i", { class: "st-people" }), b.bars[0]), h("span", {}, h("i", { class: "st-money" }), b.bars[1])),
        h("ul", {}, b.rows.map((r) => h("li", { class: r.open ? "st-open" : "" },
          h("button", { type: "button", class: "st-name", "data-key": `segment-${r.id}`, "aria-expanded": String(r.open), "aria-label": fill(texts.studio_portrait, { name: r.label }), onclick: () => ask({ do: "portrait", segment: r.id }) },
            h("i", { class: `st-dot${r.hollow ? " st-hollow" : ""}`, style: `--c: var(--crm-${r.colour.slice(1)})`, "aria-hidden": "true" }), h("strong", {}, r.label), h("small", {}, r.n), icon(r.open ? "up" : "down")),
          h("div", { class: "st-bars", style: `--c: var(--crm-${r.colour.slice(1)})` }, bar("people", r.share, r.share_said, b.bars[0]), bar("money", r.money_share, r.money_said, b.bars[1])),
          r.small ? h("p", { class: "cx-note" }, texts.studio_small) : null,
          r.apart.length ? h("ul", { class: "st-apart" }, r.apart.map((t) => h("li", {}, t))) : null))))),
    h("details", { class: "cl-more", open: numbers_open, ontoggle: (e) => { numbers_open = e.target.open; } }, h("summary", { "data-key": "numbers" }, b.table.title),
      h("section", { class: "cx-card" }, plain_table(b.table.head, b.table.rows, b.table.title, { numeric: b.table.numeric })), b.table.foot ? h("p", { class: "cx-note" }, b.table.foot) : null),
    b.notes.length ? h("div", { class: "cl-notes" }, b.notes.map((n) => h("p", { class: "cx-note" }, n))) : null];
  const portrait = (p) => h("section", { class: "cx-card st-portrait" },
    h("div", { class: "cx-popover-head" }, h("h3", {}, p.title), h("button", { type: "button", class: "cx-ghost", "data-key": "portrait-close", "aria-label": texts.studio_close, onclick: () => ask({ do: "portrait" }) }, icon("close"))),
    h("div", { class: "st-stack" }, [p.figures, p.traits].filter(Boolean).map((t) => h("div", { class: "st-table" }, h("h4", {}, t.title), plain_table(t.head, t.rows, t.title, {})))),
    p.lacks ? h("p", { class: "cx-note" }, p.lacks) : null, p.notes.map((n) => h("p", { class: "cx-note" }, n)));
  const draw_none = (b, page) => [h("section", { class: "st-none" }, h("h3", {}, b.title), h("p", { class: "cx-lead" }, b.said), h("p", {}, b.why),
    h("p", { class: "cx-actions" }, button("insist", b.button, () => ask({ do: "insist" })))), map_card(b, page)];
  const draw_refused = (b) => [h("section", { class: "st-none" }, h("h3", {}, b.title), h("p", { class: "st-lines" }, b.said))];

  // -- portfolio, how, list ---------------------------------------------------------------------------------------------
  const draw_portfolio = (b) => [
    h("div", { class: "st-row" }, select_field(b.cuts.label, b.cuts.choices, b.cuts.value, (cuts) => ask({ do: "cuts", cuts }), { key: "cuts" })),
    h("p", { class: "cx-lead" }, b.said), b.waits ? h("p", { class: "st-waits", role: "status" }, h("i", { "aria-hidden": "true" }), b.waits) : null, b.refused ? h("p", { class: "st-refused st-lines" }, b.refused) : null,
    b.cells ? h("div", { class: "st-matrix" }, h("span", { class: "st-axis-y cx-note" }, `${b.axes.potential} ↑`), h("div", { class: "st-cells" }, [b.cells[1], b.cells[0], b.cells[3], b.cells[2]].map((c) => h("section", { class: `st-cell st-${c.id}` },
      h("h3", {}, c.name), h("p", { class: "st-big" }, c.n), h("p", {}, `${c.now} · ${c.potential}`), h("p", {}, c.do), c.sure ? h("p", { class: "cx-note" }, c.sure) : null))), h("span", { class: "st-axis-x cx-note" }, `${b.axes.now} →`)) : null,
    b.table ? h("section", { class: "st-section" }, h("h3", {}, b.table.title), h("div", { class: "cx-card" }, plain_table(b.table.head, b.table.rows, b.table.title, { numeric: b.table.numeric })), b.crossed ? h("p", { class: "cx-note" }, b.crossed) : null) : null,
    (b.notes || []).map((n) => h("p", { class: "cx-note" }, n)), b.how ? draw_account(b.how, texts) : null];
  const draw_part = (b) => draw_sections(b.sections, texts, ask, tools);
  const draw_how_page = (b) => [h("p", { class: "cx-lead" }, b.said),
    h("div", { class: "st-explained" }, b.parts.map((p) => h("section", { class: "cx-card st-pad" }, h("h3", {}, p.title), h("p", { class: "cx-said" }, p.short), h("p", {}, p.method), h("p", { class: "cx-note" }, p.reference)))),
    h("section", { class: "st-section" }, h("h3", {}, b.parameters_title), h("dl", { class: "cx-facts" }, b.parameters.map(([name, told]) => [h("dt", {}, name), h("dd", {}, told)]))),
    b.notes.length ? h("section", { class: "st-section" }, h("h3", {}, b.notes_title), h("ul", { class: "cl-rules" }, b.notes.map((n) => h("li", {}, n)))) : null];
  const draw_save = (b) => b.refused ? [h("p", { class: "st-refused" }, b.refused)] : [
    h("div", { class: "st-row" }, select_field(b.segment_label, b.segments, b.segment, (segment) => ask({ do: "wish", segment }), { key: "save-segment" }),
      b.channels ? select_field(b.channel_label, b.channels, b.channel, (channel) => ask({ do: "wish", channel }), { key: "save-channel" }) : null),
    h("p", { class: "cx-lead" }, b.said),
    b.table ? h("section", { class: "st-section" }, h("h3", {}, b.table.title), h("div", { class: "cx-card" }, plain_table(b.table.head, b.table.rows, b.table.title, { numeric: b.table.numeric }))) : null,
    h("p", { class: "cx-actions" }, b.formats.map((f) => h("button", { type: "button", class: `cx-button${f === "csv" ? " cx-quiet-button" : ""}`, "data-key": `save-${f}`, onclick: () => ask({ do: "export", format: f }) }, icon("save"), fill(texts.studio_save, { format: f.toUpperCase() })))),
    h("p", { class: "cx-note" }, b.why), (b.notes || []).map((n) => h("p", { class: "cx-note" }, n))];

  const drawing = { segments: draw_segments, none: draw_none, refused: draw_refused, part: draw_part, portfolio: draw_portfolio, how: draw_how_page, save: draw_save };
  const paint_map = () => { if (drawn && map_box.isConnected) draw_map(map_box, drawn.figure, drawn.open, drawn.label); };
  let portrait_shown = null, looking = null, restoring = true, was_loaded = true, body_shown = null;
  const first = `#d=${model.get("page").source}/segments/kmeans/5`, linked = location.hash;
  const paint = () => {
    const page = model.get("page");
    root.lang = page.lang;
    texts = words();
    paint_head();
    for (const part of [form, tiles, tabs, body]) part.hidden = !page.loaded;
    if (page.loaded) {
      paint_form();
      paint_tiles(page);
      paint_tabs(page);
      // figures are not drawn anew where nothing but a tile has changed
      const now = JSON.stringify([page.body, page.lang]);
      if (now !== body_shown) { body_shown = now; repaint(body, drawing[page.body.kind](page.body, page)); }
      paint_map();
      const open = page.body.portrait ? page.body.portrait.title : null, box = body.querySelector(".st-portrait");
      if (box && open !== portrait_shown && (box.getBoundingClientRect().top > innerHeight - 160 || box.getBoundingClientRect().top < 60)) box.scrollIntoView({ block: "center" });
      portrait_shown = open;
    }
    paint_own();
    if (window.crmlab && page.loaded && !was_loaded) scrollTo({ top: 0 });
    was_loaded = page.loaded;
    line.answered(page);
    root.dataset.ready = page.view;
    root.dataset.waits = String(page.waits || 0);
    remember(page);
    look_later();
  };
  // what is computed beside the page is asked after, quietly, until it has come
  const look_later = () => {
    const page = model.get("page");
    root.classList.toggle("st-waiting", Boolean(page.waits));
    if (!page.waits || looking) return;
    let pause = 250;
    const look = async () => {
      looking = null;
      if (!root.isConnected) return;
      const reply = await send({ do: "look" });
      if (reply && reply.news) { await send({ do: "refresh" }); if (!model.get("page").waits) announce(""); }
      else if (reply && reply.waits) { pause = Math.min(1000, pause * 1.3); looking = setTimeout(look, pause); }
      if (!looking && model.get("page").waits) looking = setTimeout(look, pause);
    };
    looking = setTimeout(look, pause);
  };
  // a page of the gallery keeps data, part, method and k in the address: a reload shows the same
  const remember = (page) => {
    if (!window.crmlab || restoring) return;
    const c = page.controls;
    const kept = page.source === "own" || !c ? "" : `#d=${page.source}/${page.tab}/${c.method}/${c.k || 5}`;
    if (location.hash !== kept && (kept !== first || location.hash)) history.replaceState(history.state, "", `${location.pathname}${location.search}${kept}`);
  };
  const restore = (hash) => {
    const [, source, tab, method, k] = /^#d=([a-z_]+)\/([a-z]+)\/([a-z]+)\/(\d)$/.exec(hash) || [];
    if (!window.crmlab || !source || hash === first) { restoring = false; return; }
    ask({ do: "go", source, tab, method, k: Number(k) }).then(() => { restoring = false; remember(model.get("page")); });
  };
  const set_lang = (lang) => { if (lang !== model.get("page").lang) ask({ do: "lang", lang }).then(() => { if (upload.name && !model.get("page").loaded) ask({ do: "file" }); }); };
  model.on("change:page", paint);
  const on_lang = (event) => set_lang(event.detail);
  document.addEventListener("crmlab:lang", on_lang);
  const unfollow = follow_theme(root, () => { root.querySelectorAll(".st-figure").forEach((box) => box.repaint && box.repaint()); });
  let was = 0;
  const watch = new ResizeObserver(() => { if (Math.abs(map_box.clientWidth - was) > 2) { was = map_box.clientWidth; paint_map(); } });
  watch.observe(map_box);
  paint();
  if (window.crmlab) { window.crmlab.switchesLanguage = true; set_lang(window.crmlab.lang); }
  restore(linked);
  return () => {
    clearTimeout(looking);
    watch.disconnect();
    line.close();
    model.off("change:page", paint);
    document.removeEventListener("crmlab:lang", on_lang);
    unfollow();
  };
}
