// The programme workbench: the ledger line by line, tables that are edited in the page, one project file.

function workbench_widget({ model, el }) {
  return board_widget({ model, el }, workbench_part());
}

function workbench_part() {
  let page = null, tools = null, place = null, drawn = "", kept = "", open = null; // open: {table, at}, at null for a new row
  const typed = new Map(), folded = new Map(), faults = new Map(); // faults: what a room said of a table's last change
  const bar = h("div", { class: "jm-bar" }), ledger = h("div", {}), lists = h("div", { class: "wb-lists" });
  const unsaved = () => page && page.wb && page.wb.unsaved && kept !== page.wb.edition;
  const leaving = (event) => { if (place.isConnected && unsaved()) event.preventDefault(); };
  const quiet = (label, key, onclick, more = {}) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": key, onclick, ...more }, label);

  // -- a change, and what the room concerned says of it ----------------------------------------------------------------
  const send = async (event, said) => {
    faults.clear();
    const reply = await tools.ask({ edition: page.wb.edition, ...event });
    if (!reply || reply.error) return false;
    if (!reply.refused) { tools.announce(said); return true; }
    faults.set(reply.table, reply.refused);
    for (const box of place.querySelectorAll("[data-refused]")) {
      repaint(box, fault(box.dataset.refused));
      if (box.firstChild) box.scrollIntoView({ block: "nearest" });
    }
    return false;
  };
  const fault = (table) => (faults.has(table) ? h("p", { class: "cx-error", role: "alert" }, `${faults.get(table)}\n${tools.texts.wb_kept}`) : null);
  const refused = (table) => h("div", { "data-refused": table }, fault(table));

  // -- one row as a form ------------------------------------------------------------------------------------------------
  const field = (column, value, key, changed) => {
    const t = tools.texts, common = { class: "cx-field", "data-key": `${key}-${column.id}` };
    let input;
    if (column.kind === "choice" || column.kind === "flag") {
      const options = column.kind === "flag" ? [{ id: "yes", label: t.wb_yes }] : column.options;
      input = h("select", { ...common, onchange: () => changed(column, input.value) }, h("option", { value: "" }, column.kind === "flag" ? "—" : t.wb_none), options.map((o) => h("option", { value: o.id }, o.label)));
      input.value = column.kind === "flag" ? (value === true ? "yes" : "") : value === null || value === undefined ? "" : String(value);
    } else if (column.kind === "text") {
      input = column.wide ? h("textarea", { ...common, rows: "2", maxlength: "1000", oninput: () => changed(column, input.value) }) : h("input", { ...common, type: "text", maxlength: "1000", oninput: () => changed(column, input.value) });
      input.value = value === null || value === undefined ? "" : String(value);
    } else {
      input = h("input", { ...common, type: "number", step: "any", inputmode: "decimal", oninput: () => changed(column, input.value) });
      input.value = value === null || value === undefined ? "" : String(Number(Number(value).toPrecision(12)));
    }
    return h("label", { class: column.wide ? "wb-wide" : null }, h("span", {}, column.label), input, column.hint ? h("small", {}, column.hint) : null);
  };
  const told = (column, value) => {
    if (column.kind === "flag") return value === true || value === "yes";
    if (value === "" || value === null || value === undefined) return null;
    return ["number", "money", "share", "count"].includes(column.kind) ? Number(value) : value;
  };
  const key_of = (table, at) => `${table}-${at === null ? "new" : at}`;
  const form = (table, columns, at, values, title, more) => {
    const t = tools.texts, key = key_of(table, at), now = typed.get(key) || { ...values };
    typed.set(key, now);
    const changed = (column, value) => { now[column.id] = value; };
    const done = async (event, said) => {
      const left = open;
      open = null; // the page that comes with a change that was taken shows no form
      if (await send({ do: "row", table, at, ...event }, said)) { typed.delete(key); if (!place.querySelector(":focus")) focus_on(`edit-${table}-${at === null ? "new" : at}`); }
      else open = left;
    };
    const apply = () => done({ values: Object.fromEntries(columns.map((c) => [c.id, told(c, now[c.id])])) }, at === null ? t.wb_added : t.wb_applied);
    return h("form", { class: "wb-form", "aria-label": title, "data-form": key, onsubmit: (e) => { e.preventDefault(); apply(); }, onkeydown: (e) => { if (e.key === "Escape") { e.stopPropagation(); close(); } } },
      h("h4", { tabindex: "-1" }, title), more ? more(now, changed) : null,
      h("div", { class: "wb-fields" }, columns.map((c) => field(c, now[c.id], key, changed))),
      h("div", { class: "cx-row" }, h("button", { type: "submit", class: "cx-button", "data-key": `${key}-apply` }, t.wb_apply),
        at === null ? null : quiet(t.wb_delete, `${key}-delete`, () => done({ values: null }, t.wb_deleted)),
        quiet(t.wb_cancel, `${key}-cancel`, close)));
  };
  const focus_on = (key) => { const found = [...place.querySelectorAll("[data-key]")].find((n) => n.dataset.key === key); if (found) found.focus(); };
  const edit = (table, at) => {
    typed.delete(key_of(table, at));
    faults.clear();
    open = open && open.table === table && open.at === at ? null : { table, at };
    paint();
    const head = place.querySelector(".wb-form h4");
    if (head) { head.focus({ preventScroll: true }); head.parentNode.scrollIntoView({ block: "nearest" }); }
  };
  const close = () => {
    const was = open;
    open = null;
    faults.clear();
    if (was) typed.delete(key_of(was.table, was.at));
    paint();
    if (was) focus_on(`edit-${was.table}-${was.at === null ? "new" : was.at}`);
  };
  const is_open = (table, at) => open && open.table === table && open.at === at;
  const opener = (table, at, what) => h("button", { type: "button", class: "cx-link", "data-key": `edit-${table}-${at}`, "aria-expanded": String(Boolean(is_open(table, at))), "aria-label": fill(tools.texts.wb_edit, { what }), onclick: () => edit(table, at) }, tools.texts.wb_change);
  const adder = (table, label, what) => quiet([icon("plus"), label], `edit-${table}-new`, () => edit(table, null), { "aria-expanded": String(Boolean(is_open(table, null))), "aria-label": fill(tools.texts.wb_add_to, { what }) });

  // -- a table ----------------------------------------------------------------------------------------------------------
  const framed = (label, table) => {
    const frame = scroll_frame(h("div", { class: "cx-scroll cx-plain-scroll", tabindex: "0", role: "region", "aria-label": label }, table));
    new ResizeObserver(frame.look).observe(frame.firstChild);
    return frame;
  };
  const list = (table) => {
    const t = tools.texts, numeric = table.columns.map((c) => ["number", "money", "share", "count"].includes(c.kind));
    const row = (r, at) => [h("tr", { class: is_open(table.id, at) ? "wb-open" : null },
      r.cells.map((cell, i) => h(i ? "td" : "th", { scope: i ? null : "row", class: numeric[i] ? "cx-num" : table.columns[i].wide ? "wb-long" : null }, cell)),
      h("td", {}, opener(table.id, at, r.cells[0])))];
    const body = table.rows.length ? framed(table.label, h("table", { class: "cx-plain wb-table" },
      h("thead", {}, h("tr", {}, table.columns.map((c, i) => h("th", { scope: "col", class: numeric[i] ? "cx-num" : null }, c.label)), h("td", {}))),
      h("tbody", {}, table.rows.map(row)))) : h("p", { class: "cx-note" }, t.wb_empty);
    const at = open && open.table === table.id ? open.at : undefined;
    const editor = at === undefined ? null : form(table.id, table.columns, at, at === null ? {} : (table.rows[at] || { values: {} }).values, at === null ? fill(t.wb_add_to, { what: table.label }) : fill(t.wb_edit, { what: (table.rows[at] || { cells: [""] }).cells[0] }));
    const inside = [table.about ? h("p", { class: "cx-note" }, table.about) : null, body, refused(table.id), editor, h("p", { class: "cx-actions" }, adder(table.id, t.wb_add, table.label))];
    const seen = folded.has(table.id) ? folded.get(table.id) : table.open;
    return h("details", { class: "cx-card wb-list", "data-table": table.id, open: seen || at !== undefined, ontoggle: (e) => { folded.set(table.id, e.target.open); } },
      h("summary", {}, h("h3", {}, table.label), h("span", { class: "cx-note" }, fill(t.wb_rows, { n: table.rows.length }))), inside);
  };

  // -- the ledger -------------------------------------------------------------------------------------------------------
  const way = (names) => h("ol", { class: "wb-way" }, names.map((n) => h("li", {}, n)));
  const slider = (row) => (now, changed) => {
    const { low, value, high } = row.values;
    if (row.how === "computed" || low === null || high === null || low === high) return null;
    const t = tools.texts, key = `slide-${row.id}`;
    const range = h("input", { type: "range", min: String(low), max: String(high), step: String((high - low) / 100), "data-key": key, "aria-label": fill(t.wb_slider, { what: row.label }),
      oninput: () => { now.value = Number(Number(range.value).toPrecision(6)); changed({ id: "value" }, now.value); const box = place.querySelector(`[data-key="${key_of("entries", open.at)}-value"]`); if (box) box.value = String(now.value); },
      // what the slider leaves is at once the ledger's: the form stays open, so that it can be moved again
      onchange: async () => { if (await send({ do: "row", table: "entries", at: open.at, values: { value: now.value } }, t.wb_applied)) typed.delete(key_of("entries", open ? open.at : null)); } });
    range.value = String(value);
    return h("div", { class: "wb-slide" }, h("span", {}, row.ends.split(/ sampai | to /)[0]), range, h("span", {}, row.ends.split(/ sampai | to /)[1] || ""));
  };
  const line = (row, at) => {
    const t = tools.texts, moved = row.was.length > 0;
    const basis = h("td", { class: "wb-basis" }, h("span", { class: row.lacks ? "jm-ownerless" : null }, row.basis), row.way.length ? h("div", { class: "wb-by" }, h("span", { class: "cx-hidden" }, t.wb_way), way(row.way)) : null);
    return h("tr", { class: `${moved ? "wb-moved" : ""} ${row.outcome ? "wb-outcome" : ""} ${is_open("entries", at) ? "wb-open" : ""}`, "data-entry": row.id },
      h("th", { scope: "row" }, h("span", { class: `wb-how wb-${row.how}`, title: row.how_said }, h("span", { class: "cx-hidden" }, row.how_said)), h("span", {}, row.label)),
      h("td", { class: "cx-num" }, row.figures.map((f) => h("div", {}, f)), row.ends ? h("div", { class: "cx-note" }, row.ends) : null,
        moved ? h("div", { class: "wb-was" }, `${row.changed ? t.wb_changed : t.wb_moved}: ${fill(t.wb_was, { was: row.was.join("; ") })}`) : null),
      basis, h("td", {}, opener("entries", at, row.label)));
  };
  const paint_ledger = () => {
    const told_ = page.wb.ledger, t = tools.texts;
    if (!told_) { ledger.replaceChildren(); return; }
    const at = open && open.table === "entries" ? open.at : undefined, row = at === undefined || at === null ? null : told_.rows[at];
    let editor = null;
    if (at === null) editor = form("entries", told_.columns, null, { how: "assumed", unit: "number" }, t.wb_add_figure);
    else if (row) {
      const names = row.how === "computed" ? ["unit", "formula"] : row.fixed ? (row.figures.length > 1 ? ["says"] : []) : ["low", "value", "high", "unit", "says"];
      const columns = names.map((name) => told_.columns.find((c) => c.id === name));
      const note = row.figures.length > 1 && row.how !== "computed" ? t.wb_in_segments : row.fixed ? t.wb_in_register : "";
      editor = form("entries", columns, at, row.values, row.label, (now, changed) => [note ? h("p", { class: "cx-note" }, note) : null, row.fixed ? null : slider(row)(now, changed)]);
    }
    const banner = told_.moved ? h("div", { class: "wb-banner", role: "status" }, h("p", {}, told_.moved), told_.way.length > 1 ? way(told_.way) : null) : null;
    repaint(ledger, h("section", { class: "cx-card wb-ledger", "aria-label": t.wb_ledger, "data-table": "entries" }, h("h3", {}, t.wb_ledger), h("p", { class: "cx-note" }, t.wb_ledger_about), banner,
      h("div", { class: at === undefined ? null : "wb-two" }, framed(t.wb_ledger, h("table", { class: "cx-plain wb-table" }, h("thead", {}, h("tr", {}, [t.wb_figure, t.wb_now, t.wb_rests].map((n, i) => h("th", { scope: "col", class: i === 1 ? "cx-num" : null }, n)), h("td", {}))), h("tbody", {}, told_.rows.map(line)))),
        h("div", { class: "wb-side" }, refused("entries"), editor)), h("p", { class: "cx-actions" }, adder("entries", t.wb_add_figure, t.wb_ledger))));
  };

  // -- what is asked once, and the paper ----------------------------------------------------------------------------------
  const answers = () => {
    const t = tools.texts, columns = page.wb.fields;
    if (!columns.length) return null;
    const now = Object.fromEntries(columns.map((c) => [c.id, c.value]));
    return h("section", { class: "cx-card wb-list", "aria-label": t.wb_answers, "data-table": "fields" }, h("form", { class: "wb-form wb-plain", onsubmit: async (e) => {
      e.preventDefault();
      await send({ do: "fields", values: Object.fromEntries(columns.map((c) => [c.id, told(c, now[c.id])])) }, t.wb_applied);
    } }, h("div", { class: "wb-fields" }, columns.map((c) => field(c, c.value, "fields", (column, value) => { now[column.id] = value; }))), refused("fields"), h("div", { class: "cx-row" }, h("button", { type: "submit", class: "cx-button", "data-key": "fields-apply" }, t.wb_store))));
  };
  const paper = () => {
    const told_ = page.wb.paper, t = tools.texts;
    if (!told_) return null;
    const ready = !told_.missing.length && !told_.refused;
    return h("section", { class: "cx-card wb-list", "aria-label": t.wb_paper, "data-table": "paper" }, h("h3", {}, t.wb_outline),
      told_.refused ? h("p", { class: "bd-refused" }, told_.refused) : null, told_.missing.length ? h("p", { class: "bd-refused" }, fill(t.wb_missing, { what: told_.missing.join(", ") })) : null,
      h("ol", { class: "wb-outline" }, told_.outline.map((said) => h("li", {}, said))),
      h("p", { class: "cx-actions" }, h("span", {}, t.wb_take), ["html", "docx", "pptx", "xlsx"].map((format) => quiet([icon("save"), format.toUpperCase()], `paper-${format}`, () => tools.ask({ do: "export", what: "paper", format }), { disabled: !ready, "aria-label": fill(t.wb_paper_as, { format: format.toUpperCase() }) }))));
  };

  // -- the whole ----------------------------------------------------------------------------------------------------------
  const upload = (file) => tools.line.upload(file, tools.texts, (reply) => {
    if (!reply) return;
    if (reply.refused || (reply.error && !reply.busy)) tools.say_error(reply.refused || reply.error);
    else if (reply.said) { open = null; typed.clear(); tools.announce(reply.said); }
  });
  const paint_bar = () => {
    const t = tools.texts;
    const input = h("input", { type: "file", class: "cx-hidden", accept: ".json,application/json", "data-key": "wb-file", onchange: (e) => { if (e.target.files[0]) upload(e.target.files[0]); e.target.value = ""; } });
    repaint(bar, h("h3", {}, page.wb.title, page.wb.example ? h("span", { class: "wb-tag" }, t.wb_example) : unsaved() ? h("span", { class: "wb-tag" }, t.wb_unsaved) : null),
      quiet([icon("back"), t.wb_undo], "wb-undo", async () => { open = null; typed.clear(); const reply = await tools.ask({ do: "undo" }); if (reply && !reply.error) tools.announce(t.wb_undone); }, { disabled: !page.wb.undo }),
      quiet([icon("save"), t.wb_save], "wb-save", async () => { const edition = page.wb.edition, reply = await tools.ask({ do: "export", what: "project" }); if (reply && reply.file) { kept = edition; paint_bar(); } }),
      h("label", { class: "cx-button cx-quiet-button jm-open" }, icon("file"), t.wb_open, input),
      quiet([icon("plus"), t.wb_new], "wb-new", async () => { open = null; typed.clear(); const reply = await tools.ask({ do: "new" }); if (reply && !reply.error) tools.announce(t.wb_new_done); }));
  };
  const paint = () => {
    paint_ledger();
    repaint(lists, answers(), page.wb.tables.map(list), paper());
  };
  return (box, told_, given) => {
    const part = page && page.part;
    page = told_;
    tools = given;
    if (!place) {
      place = box;
      box.append(bar, ledger, lists);
      window.addEventListener("beforeunload", leaving);
    }
    if (part !== page.part) { open = null; typed.clear(); faults.clear(); }
    paint_bar();
    const now = `${page.lang}|${page.part}|${page.wb.edition}`;
    if (drawn !== now) { drawn = now; paint(); }
  };
}
