// Parts of the segmentation studio: the map of customers, figures, sections of answers, the table of rules.

// the map as plain SVG, at once: a change of k need not wait for plotly
function draw_map(box, figure, open, label) {
  const width = Math.max(260, box.clientWidth), tall = Math.max(250, Math.min(430, width * 0.72));
  const { xaxis, yaxis } = figure.layout, ticks_y = yaxis.ticktext;
  const left = 26 + LETTER * Math.max(2, ...ticks_y.map((t) => String(t).length));
  const frame = { left, right: width - 10, top: 8, bottom: tall - 44 };
  const px = (x) => frame.left + ((x - xaxis.range[0]) / (xaxis.range[1] - xaxis.range[0])) * (frame.right - frame.left);
  const py = (y) => frame.bottom - ((y - yaxis.range[0]) / (yaxis.range[1] - yaxis.range[0])) * (frame.bottom - frame.top);
  const tint = (token) => (token[0] === "@" ? `var(--crm-${token.slice(1)})` : token);
  const out = [`<svg class="st-svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}" role="img" aria-label="${escape_html(figure.alt)}">`];
  const text = (x, y, words, more) => out.push(`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="12" fill="var(--crm-muted)" ${more}>${escape_html(plain_words(words))}</text>`);
  const line = (x1, y1, x2, y2) => out.push(`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="var(--crm-line)"/>`);
  yaxis.tickvals.forEach((v, i) => { line(frame.left, py(v), frame.right, py(v)); text(frame.left - 6, py(v) + 4, ticks_y[i], 'text-anchor="end"'); });
  const letters = Math.max(1, ...xaxis.ticktext.map((t) => String(t).length)), room = Math.max(2, Math.floor((frame.right - frame.left) / (letters * LETTER + 14)));
  const step = Math.max(1, Math.ceil(xaxis.tickvals.length / room));
  xaxis.tickvals.forEach((v, i) => { line(px(v), frame.top, px(v), frame.bottom); if (i % step === 0) text(px(v), frame.bottom + 17, xaxis.ticktext[i], 'text-anchor="middle"'); });
  text((frame.left + frame.right) / 2, tall - 7, xaxis.title.text, 'text-anchor="middle"');
  out.push(`<g transform="translate(11 ${((frame.top + frame.bottom) / 2).toFixed(1)}) rotate(-90)">`);
  text(0, 0, yaxis.title.text, 'text-anchor="middle"');
  out.push("</g>");
  const rings = figure.data[figure.data.length - 1];
  figure.data.slice(0, -1).forEach((trace) => {
    const colour = tint(trace.marker.color), hollow = trace.marker.symbol !== "circle", away = open && open !== trace.segment;
    out.push(`<g class="st-dots${away ? " st-away" : ""}" data-segment="${escape_html(trace.segment)}" ${hollow ? `fill="none" stroke="${colour}"` : `fill="${colour}"`}>`);
    out.push(`<path d="${trace.x.map((x, i) => `M${(px(x) - 2.3).toFixed(1)} ${py(trace.y[i]).toFixed(1)}a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0`).join("")}"/></g>`);
  });
  rings.x.forEach((x, i) => {
    const trace = figure.data[i], away = open && open !== trace.segment;
    out.push(`<circle class="st-middle${away ? " st-away" : ""}" data-segment="${escape_html(trace.segment)}" cx="${px(x).toFixed(1)}" cy="${py(rings.y[i]).toFixed(1)}" r="7" fill="${tint(trace.marker.color)}"><title>${escape_html(trace.name)}</title></circle>`);
  });
  out.push("</svg>");
  box.innerHTML = out.join("");
  box.setAttribute("data-drawn", label);
}

// every column of a heat map keeps its name: where there is no room beside each other, the names lean
function heat_marks(figure, width) {
  const axis = figure.layout.xaxis, longest = Math.max(1, ...axis.ticktext.flatMap((t) => String(t).split("<br>").map((w) => w.length)));
  const room = (width - 130) / axis.ticktext.length;
  if (longest * 5.8 < room) return { layout: figure.layout, more: 0 };
  const ticktext = axis.ticktext.map((t) => String(t).replace(/<br>/g, " "));
  return { layout: { ...figure.layout, xaxis: { ...axis, ticktext, tickangle: -60 } }, more: 60 };
}

// a figure of plotly's, at once or as soon as plotly is there
async function draw_figure(box, figure, { url, ask_kernel }) {
  const plot = h("div", { class: "cx-plot st-plot", role: "img", "aria-label": figure.alt });
  const legend = h("ul", { class: "cx-legend" }, (figure.legend || []).map((e) => h("li", {}, h("i", { style: `background: var(--crm-${e.colour.slice(1)})`, "aria-hidden": "true" }), e.label)));
  box.replaceChildren(h("h3", { class: "cx-chart-title" }, figure.title), legend, plot, h("p", { class: "cx-caption" }, figure.caption));
  box.figure = figure;
  let plotly;
  try { plotly = await load_plotly(url, ask_kernel); } catch { return; }
  if (!box.isConnected) return;
  const paint = () => {
    const width = plot.clientWidth, style = getComputedStyle(box);
    if (!width) return;
    const heat = figure.kind === "heat", { layout, more } = heat ? heat_marks(figure, width) : { layout: narrowed(figure.layout, width), more: 0 };
    const tall = more + (figure.bars ? Math.max(200, figure.bars * (heat ? 34 : 27) + (heat ? 96 : 60)) : Math.max(270, Math.min(400, width * 0.6)));
    plotly.react(plot, coloured(figure.data, style), { ...coloured(layout, style), width, height: tall, showlegend: false },
      { displayModeBar: false, responsive: false, showTips: false, doubleClick: false, locale: "en" });
    plot.querySelectorAll("svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
    box.dataset.drawn = "1";
  };
  paint();
  box.repaint = paint;
  let was = plot.clientWidth;
  new ResizeObserver(() => { if (Math.abs(plot.clientWidth - was) > 2) { was = plot.clientWidth; paint(); } }).observe(plot);
}

function draw_account(how, texts) {
  return h("details", { class: "st-how" }, h("summary", {}, how.title), h("p", { class: "cx-said" }, how.short),
    h("h4", {}, texts.studio_method_depth), h("p", {}, how.method), h("h4", {}, texts.studio_reference_depth), h("p", { class: "cx-note" }, how.reference));
}

// sections of an answer: what is said, a figure, a table, notes; while it is computed or refused, that
function draw_sections(sections, texts, ask, tools) {
  return sections.map((s) => {
    if (s.how) return draw_account(s.how, texts);
    const figure = s.figure ? h("div", { class: "cx-chart st-figure" }) : null;
    if (figure) queueMicrotask(() => draw_figure(figure, s.figure, tools));
    const wide = s.figure && s.table && s.table.head.length > 5;
    return h("section", { class: "st-section" },
      s.title ? h("h3", {}, s.title) : null,
      s.day ? h("label", { class: "st-field" }, h("span", {}, s.day.label), h("input", { type: "date", class: "cx-field", "data-key": "before", value: s.day.value, min: s.day.first, max: s.day.last,
        onchange: (e) => { if (e.target.value) ask({ do: "before", day: e.target.value }); } })) : null,
      s.pick ? h("div", { class: "st-row" }, select_field(s.pick.label, s.pick.methods, s.pick.method, (method) => ask({ do: "other", method }), { key: "other-method" }),
        s.pick.ks ? k_buttons(s.pick.ks, s.pick.k, texts, (k) => ask({ do: "other", k }), "other-k") : null) : null,
      s.said ? h("p", { class: `cx-lead${s.mood === "bad" ? " st-bad" : ""}` }, s.said) : null,
      s.waits ? h("p", { class: "st-waits", role: "status" }, h("i", { "aria-hidden": "true" }), s.waits) : null,
      s.refused ? h("p", { class: "st-refused" }, s.refused) : null,
      s.choose && s.choose.length ? h("p", { class: "cx-actions" }, s.choose.map((c) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": `take-${c.k}`, onclick: () => ask({ do: "set", k: c.k }) }, c.label))) : null,
      figure || s.table ? h("div", { class: figure && s.table && !wide ? "st-beside" : "st-stack" }, figure ? h("div", { class: "cx-card st-pad" }, figure) : null,
        s.table ? h("div", { class: "cx-card st-table" }, h("h4", {}, s.table.title), plain_table(s.table.head, s.table.rows, s.table.title, { numeric: s.table.numeric || [] })) : null) : null,
      (s.notes || []).map((n) => h("p", { class: "cx-note" }, n)));
  });
}

function k_buttons(ks, k, texts, choose, key) {
  return h("div", { class: "st-field" }, h("span", { id: `${key}-label` }, texts.studio_k), h("div", { class: "cx-segments st-ks", role: "group", "aria-labelledby": `${key}-label` },
    ks.map((n) => h("button", { type: "button", class: "cx-segment", "data-key": `${key}-${n}`, "aria-pressed": String(n === k), onclick: () => choose(n) }, String(n)))));
}

// the rules as sentences to be changed: nothing is sent until the reader applies them
function draw_rules(box, rules, texts, ask) {
  let rows = rules.rows.map((r) => ({ name: r.id, label: r.label, sentence: r.sentence }));
  const read = () => rows.map((r) => [r.label === r.shown ? r.name : r.shown, r.sentence]);
  rows.forEach((r) => { r.shown = r.label; });
  const paint = () => repaint(box, h("ol", { class: "st-rules" }, rows.map((r, i) => h("li", {},
    h("input", { class: "cx-field", "data-key": `rule-name-${i}`, "aria-label": `${texts.studio_rule_name} ${i + 1}`, value: r.shown, oninput: (e) => { r.shown = e.target.value; } }),
    h("input", { class: "cx-field st-sentence", "data-key": `rule-${i}`, "aria-label": `${texts.studio_rule} ${i + 1}`, spellcheck: "false", value: r.sentence, oninput: (e) => { r.sentence = e.target.value; } }),
    h("button", { type: "button", class: "cx-ghost", "data-key": `rule-up-${i}`, disabled: i === 0, "aria-label": fill(texts.studio_rule_up, { name: r.shown }), onclick: () => { rows.splice(i - 1, 0, ...rows.splice(i, 1)); paint(); } }, icon("up")),
    h("button", { type: "button", class: "cx-ghost", "data-key": `rule-remove-${i}`, "aria-label": fill(texts.studio_rule_remove, { name: r.shown }), onclick: () => { rows.splice(i, 1); paint(); } }, icon("close"))))),
  h("p", { class: "cx-note" }, rules.said),
  h("p", { class: "cx-actions" }, h("button", { type: "button", class: "cx-button", "data-key": "rules-apply", onclick: () => ask({ do: "rules", rules: read() }) }, texts.studio_rules_apply),
    h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": "rules-add", onclick: () => { rows.push({ name: "", label: null, shown: "", sentence: "" }); paint(); } }, icon("plus"), texts.studio_rule_add),
    rules.changed ? h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": "rules-back", onclick: () => ask({ do: "rules", rules: null }) }, texts.studio_rules_back) : null));
  paint();
}
