// The check-up: a form's items beside its figure; a person answers, overrules with evidence, takes back, saves, opens.

function checkup_widget({ model, el }) {
  return board_widget({ model, el }, checkup_part());
}

function checkup_part() {
  let page = null, tools = null, place = null, items = null, chosen = null, of = "", drawn = "", kept = null;
  const bar = h("div", { class: "ck-bar" }), next = h("section", { class: "ck-next" }), files = h("div", { class: "ck-files" });
  const drafts = new Map(); // item -> what was written and not taken yet
  const unsaved = () => page && page.check && page.check.unsaved && kept !== page.view;
  const leaving = (event) => { if (place.isConnected && unsaved()) event.preventDefault(); };
  const anchor = (link) => (window.crmlab ? h("a", { class: "cx-link", href: link.href }, link.label) : h("span", {}, link.label));
  const links = (list) => list.flatMap((link, k) => [k ? " · " : "", anchor(link)]);

  const send = async (event, said, item) => {
    const before = page.view, reply = await tools.ask({ key: page.check.key, item: item.id, ...event });
    if (reply && reply.error) return;
    drafts.delete(item.id);
    if (page.view !== before) tools.announce(fill(said, { item: item.name, score: event.score }));
  };

  // -- an item --------------------------------------------------------------------------------------------------------
  const tone = (item) => (item.score === null ? "open" : item.score < 2 ? "low" : item.score < 3 ? "fair" : "good");
  const badge = (item) => h("span", { class: `ck-badge ${page.check.form === "value_chain" ? `ck-${tone(item)}` : item.score === null ? "ck-open" : ""}`, "aria-hidden": "true" }, item.score === null ? "?" : String(item.score));
  const radios = (item, score, change, say) => h("fieldset", { class: "ck-scale" }, h("legend", { class: say ? null : "cx-hidden" }, say || item.name),
    h("div", { class: "ck-radios" }, page.check.scale.map((s) => h("label", { class: "ck-radio" },
      h("input", { type: "radio", name: `ck-${tools.line.view_id}-${item.id}`, value: String(s), checked: s === score, "data-key": `ck-${item.id}-${s}`, onchange: () => change(s) }), h("span", {}, String(s))))));
  const ends = () => h("p", { class: "ck-ends" }, h("span", {}, page.check.low), h("span", {}, page.check.high));

  // forms whose scores need their evidence: a row opens, and shows what was measured
  const closed = (item) => {
    const t = tools.texts, open = chosen === item.id;
    return h("li", { class: `ck-item ${open ? "ck-opened" : ""}`, "data-item": item.id },
      h("button", { type: "button", class: "ck-head", "data-key": `ck-${item.id}`, "aria-expanded": String(open), "aria-label": item.score === null ? fill(t.ck_item_open, { item: item.name }) : fill(t.ck_item, { item: item.name, score: item.score, by: item.by_said }), onclick: () => choose(item.id) },
        badge(item), h("span", { class: "ck-name" }, item.name, h("small", {}, item.by_said)),
        h("span", { class: "ck-tags" }, item.first ? h("span", { class: "ck-tag ck-first" }, t.ck_first) : null, item.blocked ? h("span", { class: "ck-tag" }, t.ck_blocked) : null)),
      open ? editor(item) : null);
  };
  const editor = (item) => {
    const t = tools.texts, draft = drafts.get(item.id) || { score: item.score, evidence: item.evidence };
    drafts.set(item.id, draft);
    const warn = h("p", { class: "ck-warn", role: "alert" });
    const why = h("textarea", { maxlength: "600", "data-key": `ck-why-${item.id}`, placeholder: t.ck_evidence_hint, oninput: (e) => { draft.evidence = e.target.value; warn.textContent = ""; } });
    why.value = draft.evidence;
    const take = () => {
      if (draft.score === null) { warn.textContent = t.ck_pick; return; }
      if (!draft.evidence.trim()) { warn.textContent = t.ck_need; why.focus(); return; }
      send({ do: "score", score: draft.score, evidence: draft.evidence }, t.ck_applied, item);
    };
    const measured = item.measured.length
      ? h("div", { class: "ck-measured" }, h("h5", {}, t.ck_measured), h("ul", {}, item.measured.map((m) => h("li", {}, m.said, m.sure ? h("em", {}, ` ${m.sure}`) : null))))
      : h("p", { class: "cx-note" }, t.ck_not_measured);
    return h("form", { class: "ck-form", onsubmit: (e) => { e.preventDefault(); take(); }, onkeydown: (e) => { if (e.key === "Escape") { e.stopPropagation(); choose(item.id); } } },
      h("p", { class: "ck-question" }, item.question), measured,
      radios(item, draft.score, (s) => { draft.score = s; warn.textContent = ""; }, t.ck_score), ends(),
      h("label", { class: "ck-why" }, t.ck_evidence, why), warn,
      h("div", { class: "cx-row" }, h("button", { type: "submit", class: "cx-button", "data-key": `ck-take-${item.id}` }, t.ck_apply),
        item.by === "person" ? h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": `ck-clear-${item.id}`, onclick: () => send({ do: "clear" }, t.ck_cleared, item) }, item.overruled ? t.ck_to_data : t.ck_clear) : null),
      item.links.length ? h("p", { class: "cx-note" }, `${t.ck_help}: `, links(item.links)) : null);
  };
  // the others: a click is an answer, and what it rests on may be noted
  const asked = (item) => {
    const t = tools.texts;
    const why = h("input", { class: "cx-field", type: "text", maxlength: "600", value: item.evidence, "data-key": `ck-why-${item.id}`, "aria-label": `${t.ck_evidence_open}: ${item.name}`, placeholder: t.ck_evidence_open,
      onchange: (e) => { if (item.score !== null) send({ do: "score", score: item.score, evidence: e.target.value }, t.ck_applied, item); } });
    return h("li", { class: "ck-item ck-asked", "data-item": item.id },
      h("div", { class: "ck-told" }, h("strong", {}, item.name), h("p", {}, item.question)),
      radios(item, item.score, (s) => send({ do: "score", score: s, evidence: item.evidence }, t.ck_applied, item)),
      item.score === null ? null : h("div", { class: "ck-noted" }, why, h("button", { type: "button", class: "cx-link", "data-key": `ck-clear-${item.id}`, "aria-label": `${t.ck_clear}: ${item.name}`, onclick: () => send({ do: "clear" }, t.ck_cleared, item) }, t.ck_clear)));
  };
  const choose = (id) => {
    chosen = chosen === id ? null : id;
    paint_items();
    const head = items.querySelector(`[data-key="ck-${id}"]`);
    if (head) { head.focus({ preventScroll: true }); if (chosen) head.scrollIntoView({ block: "nearest" }); }
  };

  // -- the whole ------------------------------------------------------------------------------------------------------
  const paint_items = () => {
    const { groups, strict } = page.check, one = strict ? closed : asked;
    repaint(items, strict ? null : ends(), groups.map((g) => h("div", { class: "ck-group" }, g.name ? h("h4", {}, g.name) : null, h("ul", {}, g.items.map(one)))),
      h("p", { class: "cx-note" }, fill(tools.texts.ck_origin, { source: page.check.origin })));
  };
  const open = (file) => tools.line.upload(file, tools.texts, (reply) => {
    if (!reply) return;
    if (reply.error) tools.say_error(reply.error);
    else if (reply.said) tools.announce(reply.said);
  });
  const paint_bar = () => {
    const t = tools.texts, view = page.view;
    const button = (name, key, icon_, onclick, more = {}) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": key, onclick, ...more }, icon(icon_), name);
    const input = h("input", { type: "file", class: "cx-hidden", accept: ".json,application/json", "data-key": "ck-file", onchange: (e) => { if (e.target.files[0]) open(e.target.files[0]); e.target.value = ""; } });
    repaint(bar, button(t.ck_undo, "ck-undo", "back", async () => { const reply = await tools.ask({ do: "undo" }); if (reply && !reply.error) tools.announce(t.ck_undone); }, { disabled: !page.check.undo }),
      button(t.ck_save, "ck-save", "save", async () => { const reply = await tools.ask({ do: "export", what: "answers", format: "json" }); if (reply && reply.file) { kept = view; paint_bar(); } }),
      h("label", { class: "cx-button cx-quiet-button ck-open-file" }, icon("file"), t.ck_open, input),
      unsaved() ? h("span", { class: "cx-note ck-unsaved" }, t.ck_unsaved) : null);
  };
  const paint_files = () => {
    const t = tools.texts, told = page.files;
    files.hidden = !told;
    if (!told) return;
    repaint(files, h("span", {}, `${t.ck_read} ${told.filter((f) => f.read).map((f) => f.label).join(", ")}. ${t.ck_add}`),
      told.filter((f) => !f.read).map((f) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": `add-${f.id}`, onclick: () => tools.ask({ do: "add", contract: f.id }) }, f.label)));
  };
  return (box, told, given) => {
    page = told;
    tools = given;
    if (!place) {
      place = box;
      items = h("section", { class: "ck-items" });
      box.append(files, bar, next);
      box.parentNode.append(items);
      window.addEventListener("beforeunload", leaving);
    }
    const form = Boolean(page.check);
    box.parentNode.classList.toggle("ck-body", form);
    for (const part of [bar, next, items]) part.hidden = !form;
    paint_files();
    if (!form) return;
    items.setAttribute("aria-label", tools.texts.ck_items);
    if (of !== page.check.key) { chosen = null; of = page.check.key; drafts.clear(); }
    repaint(next, h("h3", {}, tools.texts.ck_next), h("p", {}, page.check.next.said), page.check.next.links.length ? h("p", {}, links(page.check.next.links)) : null);
    const now = `${page.lang}|${page.view}|${page.check.key}`;
    if (drawn !== now) { drawn = now; paint_items(); }
    paint_bar();
  };
}
