// What opens below the table on demand: rows, why, SQL, how a number is computed.

function plain_table(head, rows, label, { numeric = [] } = {}) {
  const scroll = h("div", { class: "cx-scroll cx-plain-scroll", tabindex: "0", role: "region", "aria-label": label },
    h("table", { class: "cx-plain" }, h("caption", { class: "cx-hidden" }, label),
      h("thead", {}, h("tr", {}, head.map((c, i) => h("th", { scope: "col", class: numeric[i] ? "cx-num" : null }, c)))),
      h("tbody", {}, rows.map((row) => h("tr", { class: row.total ? "cx-total" : null },
        (row.cells || row).map((c, i) => h("td", { class: numeric[i] ? "cx-num" : null }, c)))))));
  const frame = scroll_frame(scroll);
  new ResizeObserver(frame.look).observe(scroll);
  return frame;
}

function select_field(label, options, chosen, changed, { key, hide_label = false } = {}) {
  const field = h("select", { class: "cx-field", "data-key": key, onchange: (e) => changed(e.target.value) },
    options.map((o) => h("option", { value: o.id, selected: o.id === chosen }, o.label)));
  return h("label", { class: "cx-labelled" }, h("span", { class: hide_label ? "cx-hidden" : null }, label), field);
}

function draw_facts(box, facts, texts, ask) {
  repaint(box,
    facts.note ? h("p", { class: "cx-note" }, facts.note) : null,
    h("p", { class: "cx-said" }, facts.where ? h("strong", {}, facts.where) : null, facts.where ? " · " : "", facts.shown,
      facts.masked ? h("span", { class: "cx-note" }, ` · ${facts.masked}`) : null),
    facts.facts.length > 1 ? select_field(texts.fact, facts.facts, facts.fact, (id) => ask({ do: "facts", path: facts.path, fact: id }), { key: "facts-of" }) : null,
    facts.rows.length ? plain_table(facts.head, facts.rows, facts.shown, { numeric: facts.numeric }) : h("p", { class: "cx-empty" }, texts.no_data),
    facts.rows.length ? h("p", { class: "cx-actions" }, ["csv", "xlsx"].map((f) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": `facts-${f}`,
      onclick: () => ask({ do: "export", what: "rows", format: f, path: facts.path, fact: facts.fact }) }, icon("save"), fill(texts.save_rows, { format: f.toUpperCase() })))) : null);
}

function draw_why(box, why, texts, ask, chart_tools) {
  const again = (part) => ask({ do: "why", level: why.level, measure: why.measure, from: why.from, to: why.to, ...part });
  const controls = h("div", { class: "cx-row" },
    select_field(texts.why_measure, why.measures, why.measure, (id) => again({ measure: id }), { key: "why-measure" }),
    why.levels.length > 1 ? select_field(texts.why_level, why.levels, why.level, (id) => again({ level: id, from: null, to: null }), { key: "why-level" }) : null,
    select_field(texts.why_from, why.periods, why.from, (id) => again({ from: id }), { key: "why-from" }),
    select_field(texts.why_to, why.periods, why.to, (id) => again({ to: id }), { key: "why-to" }),
    why.ways && why.ways.length > 1 ? select_field(texts.why_way, why.ways, why.way, (id) => again({ way: id }), { key: "why-way" }) : null);
  const plot = h("div", { class: "cx-chart" });
  repaint(box, controls,
    why.error ? h("p", { class: "cx-error", role: "alert" }, why.error) : [
      h("p", { class: "cx-lead" }, why.sentence),
      h("div", { class: "cx-split" }, plot, plain_table(why.head, why.rows, why.figure.title, { numeric: why.numeric })),
      why.note ? h("p", { class: "cx-note" }, why.note) : null]);
  if (!why.error && why.figure) draw_chart(plot, why.figure, texts, { ...chart_tools, ask });
}

function draw_sql(box, reply, texts) {
  const copy = h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": "copy", onclick: async () => {
    try { await navigator.clipboard.writeText(reply.sql); copy.lastChild.textContent = texts.copied; } catch { getSelection().selectAllChildren(code); }
  } }, icon("code"), h("span", {}, texts.copy));
  const code = h("code", {}, reply.sql);
  repaint(box, h("p", { class: "cx-said" }, texts.sql_said), h("pre", { class: "cx-sql", tabindex: "0", role: "region", "aria-label": "SQL" }, code), h("p", { class: "cx-actions" }, copy));
}

function draw_how(box, how, texts, close) {
  repaint(box, h("div", { class: "cx-how" },
    h("div", { class: "cx-popover-head" }, h("strong", {}, fill(texts.how_title, { what: how.label })),
      h("button", { type: "button", class: "cx-ghost", "data-key": "how-close", "aria-label": texts.close, onclick: close }, icon("close"))),
    how.said ? h("p", {}, how.said) : null,
    how.formula ? h("p", { class: "cx-formula" }, how.formula) : null,
    how.numbers ? h("p", { class: "cx-formula" }, how.numbers) : null,
    h("dl", { class: "cx-facts" }, how.facts.map(([term, said]) => [h("dt", {}, term), h("dd", {}, said)])),
    how.notes.map((note) => h("p", { class: "cx-note" }, note))));
}
