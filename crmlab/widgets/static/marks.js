// A graded class: a table of questions that sorts, what was answered to each, likenesses to look at.

function marks_widget({ model, el }) {
  return board_widget({ model, el }, marks_part());
}

function marks_part() {
  let page = null, tools = null, place = null, detail = null, table = null, looks = null, chosen = null, of = "", drawn = "";
  let by = "discrimination", down = false;

  const chip = (word) => h("span", { class: `mk-chip ${word.tone ? `mk-${word.tone}` : ""}` }, word.said);
  const figure = (f) => [h("b", {}, f.said), f.ends ? h("small", {}, f.ends) : null];
  const key_of = (row) => `${row.set}|${row.question}`;

  // -- questions ------------------------------------------------------------------------------------------------------
  const value = (row) => (by === "name" ? row.name : by === "set" ? row.set : by === "belief" ? row.believed.sort : row[by].sort);
  const sorted = () => [...page.marks.rows].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return (a === null) - (b === null); // what could not be computed stands last
    return (down ? -1 : 1) * (typeof a === "string" ? a.localeCompare(b, page.lang) : a - b);
  });
  const head = (id, label, numeric) => h("th", { scope: "col", class: `mk-col-${id} ${numeric ? "cx-num" : ""}`, "aria-sort": by === id ? (down ? "descending" : "ascending") : "none" },
    h("button", { type: "button", class: "mk-sort", "data-key": `sort-${id}`, "aria-label": fill(tools.texts.mk_sort, { what: label }), onclick: () => {
      [by, down] = by === id ? [by, !down] : [id, id === "belief"];
      paint_table();
      tools.announce(fill(tools.texts.mk_sorted, { what: label }));
    } }, label, h("span", { class: "mk-arrow", "aria-hidden": "true" }, by === id ? (down ? "▼" : "▲") : "")));
  const paint_table = () => {
    const t = tools.texts, sets = page.marks.sets;
    const rows = sorted().map((row) => h("tr", { class: chosen === key_of(row) ? "mk-chosen" : null },
      h("th", { scope: "row" }, h("button", { type: "button", class: "cx-link mk-name", "data-key": `question-${key_of(row)}`, "aria-expanded": String(chosen === key_of(row)), "aria-controls": detail.id, onclick: () => choose(row) }, row.name),
        sets ? h("small", {}, row.set) : null),
      h("td", { class: "cx-num", "data-label": t.mk_discrimination }, figure(row.discrimination), chip(row.apart)),
      h("td", { class: "cx-num", "data-label": t.mk_difficulty }, figure(row.difficulty), chip(row.hard)),
      h("td", { class: "mk-belief" }, row.belief ? [row.belief, h("small", {}, `${row.believed.said} (${row.believed.ends})`)] : "—")));
    repaint(table, page.marks.refused ? h("p", { class: "bd-refused" }, page.marks.refused) : null,
      h("div", { class: "mk-scroll", tabindex: "0", role: "region", "aria-label": t.mk_questions }, h("table", { class: "mk-table" }, h("caption", { class: "cx-hidden" }, t.mk_questions),
        h("thead", {}, h("tr", {}, head("name", t.mk_question), head("discrimination", t.mk_discrimination, true), head("difficulty", t.mk_difficulty, true), head("belief", t.mk_belief))), h("tbody", {}, rows))));
  };
  const choose = async (row) => {
    chosen = chosen === key_of(row) ? null : key_of(row);
    paint_table();
    if (!chosen) { detail.hidden = true; return; }
    await load(row, true);
  };
  const load = async (row, go) => {
    const reply = await tools.ask({ do: "question", set: row.set, question: row.question });
    if (!reply || reply.error || chosen !== key_of(row)) return;
    paint_detail(reply);
    if (go) { detail.querySelector("h3").focus({ preventScroll: true }); detail.scrollIntoView({ block: "nearest", behavior: "smooth" }); }
  };
  const close = () => {
    const back = table.querySelector(`[data-key="question-${CSS.escape(chosen)}"]`);
    chosen = null;
    detail.hidden = true;
    paint_table();
    const again = back && [...table.querySelectorAll("[data-key]")].find((n) => n.dataset.key === back.dataset.key);
    if (again) again.focus();
  };
  const paint_detail = (d) => {
    const t = tools.texts;
    detail.hidden = false;
    detail.setAttribute("aria-label", fill(t.mk_answers, { question: d.name }));
    repaint(detail, h("div", { class: "mk-top" }, h("h3", { tabindex: "-1" }, d.name), h("button", { type: "button", class: "cx-ghost", "data-key": "close-question", "aria-label": t.mk_close, onclick: close }, icon("close"))),
      h("p", { class: "bd-said" }, d.said), d.notes.map((n) => h("p", { class: d.doubtful ? "mk-doubt" : "cx-note" }, n)),
      h("ul", { class: "mk-answers" }, d.rows.map((r) => h("li", { class: r.right ? "mk-right" : null },
        h("div", { class: "mk-line" }, h("strong", {}, r.name), chip(r.verdict)),
        h("div", { class: "mk-bar", "aria-hidden": "true" }, h("i", { style: `width: ${r.width}%` })),
        h("p", { class: "cx-note" }, `${r.share.said} (${r.share.ends}) · ${r.students}${r.ends ? ` · ${r.ends}` : ""}`)))),
      h("details", { class: "bd-more" }, h("summary", {}, t.mk_how), h("p", {}, d.method)));
  };

  // -- likenesses -----------------------------------------------------------------------------------------------------
  const paint_looks = () => {
    const t = tools.texts, { rows, asked, bare } = page.likenesses;
    if (!rows.length) { repaint(looks, h("p", { class: "cx-note" }, asked ? t.mk_none : t.mk_not_asked)); return; }
    repaint(looks, h("p", { class: "cx-row" }, h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": "numbers", "aria-pressed": String(bare), onclick: async () => {
      const reply = await tools.ask({ do: "numbers", show: !bare });
      if (reply && !reply.error) tools.announce(bare ? t.mk_hidden : t.mk_shown);
    } }, bare ? t.mk_hide : t.mk_show)),
    h("ul", { class: "mk-looks", "aria-label": t.mk_looks }, rows.map((r) => h("li", {},
      h("div", { class: "mk-pair" }, h("span", {}, h("small", {}, t.mk_student), h("b", {}, r.student)), h("span", {}, h("small", {}, t.mk_other), h("b", {}, r.other))),
      h("p", {}, r.evidence), r.questions ? h("p", { class: "cx-note" }, `${t.mk_where}: ${r.questions} (${r.n}) · ${r.set}`) : h("p", { class: "cx-note" }, r.set)))));
  };

  return (box, told, given) => {
    page = told;
    tools = given;
    if (!place) {
      place = box;
      table = h("section", { class: "cx-card mk-questions" });
      detail = h("section", { class: "cx-card mk-detail", id: `mk-${tools.line.view_id}`, hidden: true });
      looks = h("section", { class: "cx-card mk-likenesses" });
      box.append(table, detail, looks);
    }
    table.hidden = !page.marks;
    looks.hidden = !page.likenesses;
    if (page.likenesses) { looks.setAttribute("aria-label", tools.texts.mk_looks); paint_looks(); }
    if (!page.marks) { detail.hidden = true; return; }
    table.setAttribute("aria-label", tools.texts.mk_questions);
    const now = `${page.lang}|${page.view}`;
    if (of !== page.view) { of = page.view; if (!page.marks.rows.some((r) => key_of(r) === chosen)) chosen = null; }
    if (drawn === now && !table.hidden && table.firstChild) { detail.hidden = !chosen; return; }
    drawn = now;
    paint_table();
    const row = page.marks.rows.find((r) => key_of(r) === chosen);
    detail.hidden = !row;
    if (row) load(row, false); // in the other language
  };
}
