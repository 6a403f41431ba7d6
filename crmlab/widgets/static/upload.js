// One's own sales file: choose it, map its columns, answer what a guess would get wrong, read what was refused.

function draw_upload(box, page, reply, texts, ask, send_file) {
  const pick = h("input", { type: "file", id: `${box.id || "crm"}-file`, class: "cx-hidden", "data-key": "file", accept: ".csv,.tsv,.txt,.xlsx,.parquet",
    onchange: (e) => { if (e.target.files[0]) send_file(e.target.files[0]); } });
  const drop = h("label", { class: "cx-drop", for: pick.id }, icon("file"),
    h("strong", {}, reply.name || texts.choose_file), h("span", { class: "cx-note" }, reply.name ? texts.choose_other : texts.drop_here), pick);
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("cx-over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("cx-over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files[0]) send_file(event.dataTransfer.files[0]); });
  const parts = [h("h3", {}, texts.own_title), h("p", { class: "cx-said" }, texts.own_said), drop];
  if (reply.busy) parts.push(h("p", { class: "cx-note", role: "status" }, reply.busy));
  if (reply.error) parts.push(h("p", { class: "cx-error", role: "alert" }, reply.error));
  if (reply.columns || reply.asks_first) parts.push(mapping_form(reply, texts, ask));
  if (reply.report) parts.push(report_part(reply.report, texts, ask));
  repaint(box, h("div", { class: "cx-own" }, parts));
}

function mapping_form(reply, texts, ask) {
  const chosen = { ...reply.mapping };
  const answers = { ...reply.answers };
  let currency = reply.currency || "";
  const look_again = () => ask({ do: "mapping", mapping: chosen, answers, currency });
  const row = (target) => h("div", { class: "cx-map" },
    h("div", { class: "cx-map-name" }, h("strong", {}, target.label, target.required && !target.computed ? h("span", { class: "cx-needed" }, ` ${texts.required}`) : null),
      target.said ? h("small", {}, target.said) : null),
    h("select", { class: "cx-field", "data-key": `map-${target.id}`, "aria-label": target.label, onchange: (e) => {
      if (e.target.value) chosen[target.id] = e.target.value; else delete chosen[target.id];
      look_again();
    } },
    h("option", { value: "" }, target.computed ? texts.multiplied : texts.not_there),
    (reply.columns || []).filter((c) => !c.only || c.only === target.id).map((c) => h("option", { value: c.id, selected: chosen[target.id] === c.id }, c.label))),
    h("small", { class: "cx-sample" }, chosen[target.id] ? (reply.columns.find((c) => c.id === chosen[target.id]) || {}).sample : ""));
  const first = reply.targets.filter((t) => t.required || chosen[t.id]);
  const rest = reply.targets.filter((t) => !first.includes(t));
  const questions = reply.questions.map((q) => h("fieldset", { class: "cx-ask" }, h("legend", {}, q.question),
    q.choices.map((c, i) => h("label", { class: "cx-radio" }, h("input", { type: "radio", name: `ask-${q.id}`, "data-key": `ask-${q.id}-${i}`, checked: answers[q.id] === c.id,
      onchange: () => { answers[q.id] = c.id; look_again(); } }), ` ${c.label}`))));
  return h("form", { class: "cx-mapping", onsubmit: (event) => { event.preventDefault(); ask({ do: "load" }); } },
    reply.asks_first ? null : h("h4", {}, texts.map_title), reply.guessed.length ? h("ul", { class: "cx-guesses" }, reply.guessed.map((g) => h("li", {}, g))) : null,
    h("div", { class: "cx-maps" }, first.map(row)),
    rest.length ? h("details", {}, h("summary", {}, fill(texts.more_columns, { n: rest.length })), h("div", { class: "cx-maps" }, rest.map(row))) : null,
    reply.asks_first || !reply.currencies.length ? null : select_field(texts.currency, reply.currencies, currency, (id) => { currency = id; look_again(); }, { key: "currency" }),
    questions.length ? [h("h4", {}, texts.ask_title), questions] : null,
    reply.asks_first ? null : h("p", { class: "cx-actions" }, h("button", { type: "submit", class: "cx-button", "data-key": "load", disabled: !reply.ready }, texts.load_file),
      reply.missing ? h("span", { class: "cx-note", role: "status" }, reply.missing) : null));
}

function report_part(report, texts, ask) {
  return h("section", { class: "cx-report", "aria-label": texts.report_title }, h("h4", {}, texts.report_title),
    h("p", { class: "cx-lead" }, report.said),
    report.reasons.length ? [plain_table([texts.reason, texts.how_many, texts.where_in_file], report.reasons, texts.report_title, { numeric: [false, true, false] }),
      h("p", { class: "cx-actions" }, ["csv", "xlsx"].map((f) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": `refused-${f}`,
        onclick: () => ask({ do: "export", what: "refused", format: f }) }, icon("save"), fill(texts.save_refused, { format: f.toUpperCase() }))))] : null,
    report.notes.map((note) => h("p", { class: "cx-note" }, note)),
    report.ready ? h("p", { class: "cx-actions" }, h("button", { type: "button", class: "cx-button", "data-key": "explore-own", onclick: () => ask({ do: "explore" }) }, texts.explore_own)) : null);
}
