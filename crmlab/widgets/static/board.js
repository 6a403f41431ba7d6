// A dashboard: choose data and controls, look at a part's cards, see how each was computed, take one home.

function board_widget({ model, el }, part_of_its_own) {
  const root = h("div", { class: "cx-explorer cl-clinic bd-board", lang: model.get("page").lang });
  el.append(root);
  const words = () => model.get("texts")[model.get("page").lang];
  let texts = words(), upload = { name: "" };
  const line = open_line(model, root);
  const { send, view_id } = line;

  const live = h("div", { class: "cx-hidden", role: "status", "aria-live": "polite" }), error = h("div", { class: "cx-error-place" });
  const head = h("div", { class: "cx-head-bar" }), controls = h("div", { class: "bd-controls" }), tabs = h("div", { class: "cl-tabs", role: "tablist" });
  const tiles = h("ul", { class: "cx-tiles", tabindex: "0" }), lead = h("p", { class: "cx-lead" }), special = h("div", {}), inner = h("div", {}), body = h("div", { class: "bd-body", id: `bd-${view_id}`, role: "tabpanel" }, lead, special, inner);
  const own = h("section", { class: "cx-card", id: `cx-${view_id}` }), busy = h("p", { class: "cl-busy", "aria-hidden": "true" });
  root.append(live, head, error, busy, controls, tabs, tiles, body, own);
  const announce = (text) => { live.textContent = ""; if (text) setTimeout(() => { live.textContent = text; }, 30); };
  const say_error = (text) => repaint(error, h("p", { class: "cx-error", role: "alert" }, text,
    h("button", { type: "button", class: "cx-ghost", "aria-label": texts.close, onclick: () => repaint(error) }, icon("close"))));

  const ask = async (event, buffers) => {
    if (event.do === "explore") event = { do: "show" };
    busy.textContent = texts.board_busy;
    const reply = await send(event, buffers);
    if (!reply) return reply;
    if (reply.file) announce(fill(texts.saved, { name: line.save(reply) }));
    else if (reply.kind === "upload") { upload = reply; paint_own(); announce(reply.error || (reply.report && reply.report.said) || ""); }
    else if (reply.error && reply.kind !== "card" && event.do !== "card") { say_error(reply.error); error.scrollIntoView({ block: "nearest" }); }
    return reply;
  };
  const send_file = (file) => line.upload(file, texts, (reply) => { upload = reply; paint_own(); });
  const ask_kernel = async () => (await send({ do: "plotly" })).buffers[0];
  const select = (key, label, options, chosen, change) => h("label", { class: "cx-labelled" }, h("span", {}, label),
    h("select", { class: "cx-field", "data-key": key, onchange: (e) => change(e.target.value) }, options.map((o) => h("option", { value: o.id, selected: o.id === chosen }, o.label))));

  const paint_head = (page) => {
    const lang = (id) => h("button", { type: "button", "data-key": `lang-${id}`, class: "cx-segment", "aria-pressed": String(page.lang === id), lang: id,
      "aria-label": id === "id" ? "ID, Bahasa Indonesia" : "EN, English", onclick: () => set_lang(id) }, id.toUpperCase());
    repaint(head, h("div", { class: "cx-title" }, h("h2", {}, page.title), h("p", { class: "cx-note" }, page.about)),
      h("div", { class: "cx-head-tools" },
        page.source === "own" && page.loaded ? h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": "again", onclick: () => ask({ do: "again" }) }, texts.board_again) : null,
        page.sources.length > 1 ? select("source", texts.board_source, page.sources, page.source, (name) => ask({ do: "source", name })) : null,
        window.crmlab ? null : h("div", { class: "cx-segments", role: "group", "aria-label": texts.language }, lang("id"), lang("en"))));
  };
  const paint_tabs = (page) => {
    tabs.setAttribute("aria-label", texts.board_parts);
    repaint(tabs, page.parts.map((part) => h("button", { type: "button", class: "cl-tab", role: "tab", id: `bd-${view_id}-${part.id}`, "data-key": `part-${part.id}`, "aria-selected": String(part.id === page.part),
      "aria-controls": body.id, tabindex: part.id === page.part ? "0" : "-1", onclick: () => ask({ do: "part", name: part.id }), onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const at = page.parts.findIndex((p) => p.id === part.id), next = page.parts[(at + step + page.parts.length) % page.parts.length];
        const button = document.getElementById(`bd-${view_id}-${next.id}`);
        if (button) button.focus();
        ask({ do: "part", name: next.id });
      } }, part.label)));
    body.setAttribute("aria-labelledby", `bd-${view_id}-${page.part}`);
    const chosen = document.getElementById(`bd-${view_id}-${page.part}`);
    if (chosen && tabs.scrollWidth > tabs.clientWidth) tabs.scrollLeft = chosen.offsetLeft - 16;
  };
  const paint_own = () => {
    const page = model.get("page");
    own.hidden = page.loaded;
    if (page.loaded) return;
    draw_upload(own, page, upload, { ...texts, own_title: texts.board_own_title, own_said: texts.board_own_said, explore_own: texts.board_show }, ask, send_file);
  };

  // -- cards ----------------------------------------------------------------------------------------------------------
  const places = new Map(); // card id -> {section, inside}: a card that has not changed is not drawn again
  const table_of = (d, label) => {
    const scroll = h("div", { class: "cx-scroll cx-plain-scroll", tabindex: "0", role: "region", "aria-label": label }, h("table", { class: "cx-plain" },
      h("thead", {}, h("tr", {}, d.head.map((t, i) => h("th", { scope: "col", class: d.numeric[i] ? "cx-num" : null }, t)))),
      h("tbody", {}, d.rows.map((row, r) => h("tr", { class: d.totals.includes(r) ? "cx-total" : null }, row.map((cell, i) => h("td", { class: d.numeric[i] ? "cx-num" : null }, cell)))))));
    const frame = scroll_frame(scroll);
    new ResizeObserver(frame.look).observe(scroll);
    return frame;
  };
  const fill_card = (place, card) => {
    const d = card.drawn;
    place.drawn = d;
    place.section.classList.remove("bd-stale");
    const title = [h("h3", {}, card.question), card.about ? h("p", { class: "cx-note" }, card.about) : null, card.unmoved ? h("p", { class: "bd-unmoved" }, card.unmoved) : null];
    place.unmoved = card.unmoved || "";
    if (!d) { repaint(place.section, title, h("p", { class: "bd-waiting", "aria-hidden": "true" }, texts.board_waiting)); return; }
    if (d.refused) { repaint(place.section, title, h("p", { class: "bd-refused" }, d.refused)); return; }
    const box = d.figure ? h("div", { class: "bd-chart" }) : null;
    // a figure that plotly drew is drawn anew in its place: a sketch in between would flicker at every answer
    const plotted = window.Plotly && !model.get("page").eager && place.section.querySelector(".bd-chart[data-drawn] > .cx-plot");
    const save = (format) => h("button", { type: "button", class: "cx-link", "data-key": `save-${card.id}-${format}`, "aria-label": fill(texts.board_save_as, { what: card.question, format: format.toUpperCase() }),
      onclick: () => ask({ do: "export", card: card.id, format }) }, format.toUpperCase());
    repaint(place.section, title, h("p", { class: "bd-said" }, d.said), box,
      d.rows.length ? (card.open || !box ? table_of(d, card.question) : h("details", { class: "bd-more" }, h("summary", {}, texts.board_table), table_of(d, card.question))) : null,
      d.notes.map((n) => h("p", { class: "cx-note" }, n)),
      h("div", { class: "bd-foot" },
        h("details", { class: "bd-more" }, h("summary", {}, texts.board_how), h("p", {}, d.method), h("p", { class: "cx-note" }, d.reference)),
        h("span", { class: "bd-save" }, texts.board_save, ["xlsx", "docx", "pptx", "html"].flatMap((format) => [" ", save(format)]))));
    if (box) draw_figure(box, d, plotted);
  };
  // until plotly is there the figure stands as the SVG that Python drew of it; what that can't draw waits a moment
  const legend_of = (figure) => {
    if (figure.legend) return figure.legend;
    if (!figure.layout.showlegend) return [];
    const named = figure.data.filter((t) => t.name && t.showlegend !== false).map((t) => ({ label: t.name, colour: (t.line && t.line.color) || (t.marker && t.marker.color) || t.fillcolor }));
    return named.every((n) => typeof n.colour === "string") ? named : [];
  };
  const draw_figure = async (box, d, plotted) => {
    const plot = plotted || h("div", { class: "cx-plot", role: "img" });
    plot.setAttribute("aria-label", d.figure.alt);
    plot.shown_in = box;
    box.figure = d.figure;
    box.classList.add("cx-chart-box");
    box.append(h("h4", { class: "cx-chart-title" }, d.figure.title), h("ul", { class: "cx-legend" }, legend_of(d.figure).map((entry) =>
      h("li", {}, h("i", { style: `background: ${entry.colour[0] === "@" ? `var(--crm-${entry.colour.slice(1)})` : entry.colour}`, "aria-hidden": "true" }), entry.label))), plot, h("p", { class: "cx-caption" }, d.figure.caption));
    if (plotted) { paint_plot(window.Plotly, box, plot); return; }
    if (d.sketch) plot.innerHTML = d.sketch;
    let plotly;
    try { plotly = await load_plotly(plotly_address(), ask_kernel); } catch { return; }
    await new Promise((seen) => { const watch = new IntersectionObserver((hits) => { if (hits.some((x) => x.isIntersecting)) { watch.disconnect(); seen(); } }, { rootMargin: "400px" }); watch.observe(plot); });
    // where a choice draws everything anew, plotly waits until the reader rests, or points at the figure
    if (d.sketch && model.get("page").eager) await new Promise((calm) => { const later = setTimeout(calm, 700); box.addEventListener("pointerenter", () => { clearTimeout(later); calm(); }, { once: true }); });
    if (!box.isConnected) return;
    let was = 0;
    const draw = () => {
      const width = plot.clientWidth;
      if (!width || Math.abs(width - was) < 2) return;
      if (!was) plot.replaceChildren();
      was = width;
      paint_plot(plotly, plot.shown_in, plot);
    };
    draw();
    new ResizeObserver(draw).observe(plot);
  };
  const paint_plot = (plotly, box, plot) => {
    const style = getComputedStyle(box), width = plot.clientWidth, figure = box.figure;
    const layout = { ...figure.layout, width, height: figure.layout.height || chart_height(figure, width) };
    if (legend_of(figure).length) { // it stands above the figure: its room inside is not needed
      layout.showlegend = false;
      layout.margin = { ...layout.margin, t: Math.min(24, (layout.margin || {}).t || 24) };
    }
    plotly.react(plot, coloured(figure.data, style), coloured(narrowed(layout, width), style), { displayModeBar: false, responsive: false, showTips: false, locale: "en" });
    plot.querySelectorAll("svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
    box.dataset.drawn = String(Number(box.dataset.drawn || 0) + 1);
  };
  let turn = 0;
  const paint_cards = async (page) => {
    const mine = (turn += 1);
    const kept = new Set();
    const sections = page.cards.map((card) => {
      const key = `${page.lang}|${page.source}|${page.part}|${card.id}`;
      kept.add(key);
      if (!places.has(key)) places.set(key, { section: h("section", { class: `cx-card bd-card ${card.wide ? "bd-wide" : ""}`, "aria-label": card.question, "data-card": card.id }) });
      const place = places.get(key);
      // what is edited in place keeps its old figure until the new one is there
      if (page.keeps && place.drawn && !card.drawn) place.section.classList.add("bd-stale");
      else if (!place.drawn || place.unmoved !== (card.unmoved || "") || JSON.stringify(place.drawn) !== JSON.stringify(card.drawn)) fill_card(place, card);
      return place.section;
    });
    for (const key of places.keys()) if (!kept.has(key)) places.delete(key);
    if (sections.some((s, i) => body.querySelectorAll(".bd-card")[i] !== s) || body.querySelectorAll(".bd-card").length !== sections.length) {
      repaint(inner, h("div", { class: "bd-cards" }, sections));
    }
    // cards that nobody has looked at yet are computed one after the other, in the order in which they stand
    for (const card of page.cards.filter((c) => !c.drawn)) {
      const reply = await ask({ do: "card", card: card.id, shown: page.view });
      if (mine !== turn) return;
      const place = places.get(`${page.lang}|${page.source}|${page.part}|${card.id}`);
      if (place) fill_card(place, { ...card, drawn: reply.drawn || { refused: reply.error || texts.board_failed } });
    }
    root.dataset.complete = page.view;
  };

  const first = () => { const p = model.get("page"); return `#d=${p.source}/${p.part}`; };
  const start = first(), linked = location.hash;
  let restoring = true;
  const paint = () => {
    const page = model.get("page");
    root.lang = page.lang;
    texts = words();
    repaint(error);
    paint_head(page);
    for (const part of [controls, tabs, tiles, body]) part.hidden = !page.loaded;
    if (page.loaded) {
      paint_tabs(page);
      repaint(controls, page.controls.map((c) => select(`control-${c.id}`, c.label, c.options, c.value, (value) => ask({ do: "choose", control: c.id, value }))));
      controls.hidden = !page.controls.length;
      tiles.hidden = !page.tiles.length;
      repaint(tiles, page.tiles.map((tile) => h("li", { class: "cx-tile" }, h("div", { class: "cx-tile-name" }, tile.label), h("div", { class: "cx-tile-value" }, tile.value), h("div", { class: "cx-tile-n" }, tile.foot))));
      lead.textContent = page.said;
      lead.hidden = !page.said;
      if (part_of_its_own) part_of_its_own(special, page, { ask, texts, announce, line, send, say_error });
      paint_cards(page);
    }
    paint_own();
    line.answered(page);
    root.dataset.ready = page.view;
    remember(page);
  };
  // a page of the gallery keeps source, part and choices in the address: a reload, or a link, shows the same
  const address = (page) => (page.source === "own" ? "" : `#d=${page.source}/${page.part}${page.controls && page.controls.length ? `?${new URLSearchParams(page.controls.map((c) => [c.id, c.value]))}` : ""}`);
  const remember = (page) => {
    if (!window.crmlab || restoring) return;
    const kept = address(page);
    if (location.hash !== kept) history.replaceState(history.state, "", `${location.pathname}${location.search}${kept}`);
  };
  const restore = (hash) => {
    const [, source, part, choices] = /^#d=([a-z_]+)\/([a-z_]+)(?:\?(.*))?$/.exec(hash) || [];
    if (!window.crmlab || !source || hash === start) { restoring = false; return; }
    ask({ do: "go", source, part, choices: Object.fromEntries(new URLSearchParams(choices || "")) }).then(() => { restoring = false; remember(model.get("page")); });
  };
  const set_lang = (lang) => { if (lang !== model.get("page").lang) ask({ do: "lang", lang }).then(() => { if (upload.name && !model.get("page").loaded) ask({ do: "file" }); }); };
  model.on("change:page", paint);
  const on_lang = (event) => set_lang(event.detail);
  document.addEventListener("crmlab:lang", on_lang);
  const unfollow = follow_theme(root, () => {
    for (const box of root.querySelectorAll(".bd-chart[data-drawn]")) paint_plot(window.Plotly, box, box.querySelector(".cx-plot"));
  });
  paint();
  if (window.crmlab) { window.crmlab.switchesLanguage = true; set_lang(window.crmlab.lang); }
  restore(linked);
  return () => {
    line.close();
    model.off("change:page", paint);
    document.removeEventListener("crmlab:lang", on_lang);
    unfollow();
  };
}
