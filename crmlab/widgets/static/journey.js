// The journey map: lanes side by side on a wide page, step below step on a narrow one; a form for the chosen step.

function journey_widget({ model, el }) {
  return board_widget({ model, el }, journey_part());
}

function journey_part() {
  const NARROW = 720;
  let page = null, tools = null, place = null, chosen = null, of = "", drawn = "", wide = null, kept = null;
  const bar = h("div", { class: "jm-bar" }), key = h("ul", { class: "jm-key" }), map = h("div", {}), editor = h("div", {});
  const width = () => (place.clientWidth || 1000) >= NARROW;
  const leaving = (event) => { if (place.isConnected && unsaved()) event.preventDefault(); };
  const unsaved = () => page && page.map && page.map.unsaved && kept !== page.map.edition;

  // -- one step's feeling: its half of the line to both neighbours, the interval, the point ---------------------------
  const line_of = (steps, k, get, upright) => {
    const at = (i) => (steps[i] && get(steps[i]) ? get(steps[i]).at : null), here = at(k);
    if (here === null) return null;
    const points = [[50, here]];
    if (at(k - 1) !== null) points.unshift([0, (at(k - 1) + here) / 2]);
    if (at(k + 1) !== null) points.push([100, (at(k + 1) + here) / 2]);
    return points.length > 1 ? points.map(([along, across]) => (upright ? `${100 - across},${along}` : `${along},${across}`)).join(" ") : null;
  };
  const feeling = (steps, k, upright) => {
    const step = steps[k], e = step.emotion, t = tools.texts;
    const across = (at, name) => (upright ? `<line class="${name}" x1="${100 - at}" x2="${100 - at}" y1="0" y2="100"/>` : `<line class="${name}" x1="0" x2="100" y1="${at}" y2="${at}"/>`);
    const curve = (name, get) => { const points = line_of(steps, k, get, upright); return points ? `<polyline class="${name}" points="${points}"/>` : ""; };
    const ends = e && e.ends ? (upright ? `<line class="jm-ends" x1="${100 - e.ends[0]}" x2="${100 - e.ends[1]}" y1="50" y2="50"/>` : `<line class="jm-ends" x1="50" x2="50" y1="${e.ends[0]}" y2="${e.ends[1]}"/>`) : "";
    const box = h("div", { class: `jm-feel ${e && e.at < 22 ? "jm-below" : ""}`, style: e ? `--at: ${upright ? 100 - e.at : e.at}%` : null });
    box.innerHTML = `<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${[5, 27.5, 72.5, 95].map((y) => across(y, "jm-grid")).join("")}${across(50, "jm-zero")}`
      + `${curve("jm-other", (s) => s.beside)}${curve("jm-curve", (s) => s.emotion)}${ends}</svg>`;
    if (step.beside) box.append(h("span", { class: "jm-small", "aria-hidden": "true", style: `--at: ${upright ? 100 - step.beside.at : step.beside.at}%` }));
    if (e) {
      box.append(h("span", { class: `jm-dot jm-${e.basis} jm-${e.tone}`, "aria-hidden": "true" }), h("span", { class: "jm-said", "aria-hidden": "true" }, e.said),
        h("span", { class: "cx-hidden" }, `${e.words}, ${t[`jm_${e.basis}`]}${step.beside ? `; ${fill(t.jm_beside, { name: page.map.beside })} ${step.beside.said}` : ""}${e.note ? `. ${e.note}` : ""}`));
    } else box.append(h("span", { class: "jm-none" }, t.jm_unknown));
    box.title = e ? `${e.words} · ${t[`jm_${e.basis}`]}${e.note ? ` · ${e.note}` : ""}` : "";
    return box;
  };
  const pick = (step) => h("button", { type: "button", class: "jm-pick", "data-key": `step-${step.id}`, "aria-expanded": String(chosen === step.id), "aria-label": fill(tools.texts.jm_edit, { step: step.label }), onclick: () => choose(step.id) }, step.label);
  const hand = (step) => (step.by_hand ? h("div", { class: "jm-mark jm-tag" }, tools.texts.jm_assumption) : null);
  const proofs = (step) => h("ul", { class: "jm-lines" }, step.evidence.map((e) => h("li", { class: e.assumed ? "jm-mark" : null }, e.said, e.assumed ? ` (${tools.texts.jm_assumption})` : null)));
  const chance = (step) => (step.opportunity ? [h("div", {}, step.opportunity), h("div", { class: step.owned ? "jm-owner" : "jm-ownerless" }, step.owner)] : null);

  const across = () => {
    const t = tools.texts, { stages, steps } = page.map, first = new Set();
    stages.reduce((at, stage) => { first.add(at); return at + stage.span; }, 0);
    const edge = (k) => (first.has(k) ? "jm-first" : "");
    const lane = (name, cell, more = "") => h("tr", {}, h("th", { scope: "row", class: `jm-lane ${more}` }, name), steps.map((s, k) => h("td", { class: `${edge(k)} ${more}`, onclick: more ? () => choose(s.id) : null }, cell(s, k))));
    const axis = h("div", { class: "jm-axis" }, h("span", { class: "cx-hidden" }, t.jm_feeling), [[5, t.jm_happy], [27.5, "+1"], [50, "0"], [72.5, "−1"], [95, t.jm_upset]].map(([at, said]) => h("span", { style: `top: ${at}%`, "aria-hidden": "true" }, said)));
    const table = h("table", { class: "jm-map" },
      h("thead", {}, h("tr", {}, h("th", { scope: "row", class: "jm-lane" }, t.jm_stage), stages.map((s) => h("th", { scope: "colgroup", colspan: String(s.span), class: "jm-stage jm-first" }, s.label))),
        h("tr", {}, h("th", { scope: "row", class: "jm-lane" }, t.jm_step), steps.map((s, k) => h("th", { scope: "col", class: `${edge(k)} ${s.by_hand ? "jm-hand" : ""}` }, pick(s), hand(s))))),
      h("tbody", {}, lane(t.jm_channel, (s) => s.channels || t.jm_none), lane(axis, (s, k) => feeling(steps, k, false), "jm-cell"), lane(t.jm_evidence, (s) => (s.evidence.length ? proofs(s) : t.jm_none)), lane(t.jm_opportunity, (s) => chance(s) || t.jm_none)));
    const frame = scroll_frame(h("div", { class: "cx-scroll", style: "max-height: none", tabindex: "0", role: "region", "aria-label": t.jm_map, "data-key": "jm-scroll" }, table));
    new ResizeObserver(frame.look).observe(frame.firstChild);
    return frame;
  };
  const down = () => {
    const t = tools.texts, { steps } = page.map;
    return [h("div", { class: "jm-ends-of-scale", "aria-hidden": "true" }, h("span", {}, t.jm_upset), h("span", {}, t.jm_happy)),
      h("ol", { class: "jm-down", "aria-label": t.jm_map }, steps.map((step, k) => h("li", {}, h("div", { class: "jm-told" },
        k && steps[k - 1].stage === step.stage ? null : h("div", { class: "jm-stage" }, step.stage), h("div", {}, pick(step)), hand(step), step.channels ? h("div", { class: "cx-note" }, step.channels) : null, proofs(step), chance(step)),
      h("div", { onclick: () => choose(step.id), style: "display: grid" }, feeling(steps, k, true)))))];
  };

  // -- the chosen step ------------------------------------------------------------------------------------------------
  const choose = (id) => {
    if (chosen === id) { close(); return; }
    chosen = id;
    paint_map();
    paint_editor();
    const head = editor.querySelector("h3");
    if (head) { head.focus({ preventScroll: true }); editor.scrollIntoView({ block: "nearest" }); }
  };
  const close = () => {
    const last = chosen;
    chosen = null;
    editor.replaceChildren();
    paint_map();
    const back = [...map.querySelectorAll("[data-key]")].find((n) => n.dataset.key === `step-${last}`);
    if (back) back.focus();
  };
  const paint_editor = () => {
    const step = page.map.steps.find((s) => s.id === chosen), t = tools.texts;
    if (!step) { editor.replaceChildren(); return; }
    const here = page.map.key, was = step.edit;
    let emotion = was.emotion, lang = page.lang;
    const signed = (x) => (x === null ? t.jm_unknown : `${x > 0 ? "+" : x < 0 ? "−" : ""}${number(Math.abs(x), lang, 2)}`);
    const told = h("output", { for: "jm-range", "aria-live": "off" }, signed(emotion));
    const range = h("input", { type: "range", id: "jm-range", min: "-2", max: "2", step: "0.1", "data-key": "jm-range", "aria-valuetext": signed(emotion), oninput: (e) => set(Number(e.target.value)) });
    range.value = String(emotion === null ? 0 : emotion);
    const set = (x) => { emotion = x; told.textContent = signed(x); range.setAttribute("aria-valuetext", signed(x)); };
    const note = h("input", { class: "cx-field", type: "text", maxlength: "300", value: was.note, "data-key": "jm-note" });
    const better = h("textarea", { maxlength: "300", "data-key": "jm-better" });
    better.value = was.opportunity;
    const owner = h("input", { class: "cx-field", type: "text", maxlength: "300", value: was.owner, "data-key": "jm-owner" });
    // what is chosen after the change has another name, or is gone
    const send = async (event, after = step.id, said = t.jm_applied, label = step.label) => {
      const before = page.view, last = chosen;
      chosen = after;
      const reply = await tools.ask({ map: here, step: step.id, ...event });
      if (reply && reply.error) { chosen = last; return; }
      if (page.view === before) return;
      tools.announce(fill(said, { step: label }));
      if (after === null) bar.querySelector("[data-key=jm-undo]").focus();
      else if (after !== last) { const head = editor.querySelector("h3"); if (head) head.focus({ preventScroll: true }); }
    };
    const apply = () => {
      const event = { do: "edit", note: note.value, opportunity: better.value, owner: owner.value };
      if (emotion !== was.emotion) event.emotion = emotion;
      const named = name.value.trim();
      if (named !== step.label) event.name = named;
      event.stage = stage.value;
      event.stage_name = stage_name.value;
      send(event, event.name || step.id, t.jm_applied, named);
    };
    const name = h("input", { class: "cx-field", type: "text", maxlength: "300", value: step.label, "data-key": "jm-name" });
    const stage_name = h("input", { class: "cx-field", type: "text", maxlength: "300", value: step.stage, "data-key": "jm-stage-name" });
    const stage = h("select", { class: "cx-field", "data-key": "jm-stage", onchange: () => {
      const found = page.map.stages.find((s) => s.id === stage.value);
      stage_name.value = found ? found.label : "";
      stage_name.disabled = Boolean(found) && found.id !== step.stage_id;
      if (!found) stage_name.focus();
    } }, page.map.stages.map((s) => h("option", { value: s.id, selected: s.id === step.stage_id }, s.label)), h("option", { value: "#new" }, t.jm_new_stage));
    const fresh = h("input", { class: "cx-field", type: "text", maxlength: "300", "data-key": "jm-fresh", "aria-label": t.jm_add_after, placeholder: t.jm_add_after,
      onkeydown: (e) => { if (e.key === "Enter") { e.preventDefault(); add(); } } });
    const add = () => { const called = fresh.value.trim(); send({ do: "reshape", what: "add", name: called }, called || step.id, t.jm_added, called); };
    const quiet = (label, key_, onclick, more = {}) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": key_, onclick, ...more }, label);
    const at = page.map.steps.indexOf(step), end = page.map.steps.length - 1;
    const shape = h("fieldset", { class: "jm-shape" }, h("legend", {}, t.jm_this_step),
      step.by_hand ? h("p", { class: "cx-note" }, t.jm_by_hand) : null, step.was ? h("p", { class: "cx-note" }, step.was) : null,
      h("label", {}, t.jm_name, name), h("div", { class: "jm-pair" }, h("label", {}, t.jm_in_stage, stage), h("label", {}, t.jm_stage_name, stage_name)),
      h("div", { class: "cx-row" }, quiet(t.jm_earlier, "jm-earlier", () => send({ do: "reshape", what: "earlier" }, step.id, t.jm_moved), { disabled: at === 0 }),
        quiet(t.jm_later, "jm-later", () => send({ do: "reshape", what: "later" }, step.id, t.jm_moved), { disabled: at === end }),
        quiet(t.jm_remove, "jm-remove", () => send({ do: "reshape", what: "remove" }, null, t.jm_removed), { disabled: end === 0 })),
      h("div", { class: "jm-adding" }, fresh, quiet(t.jm_add, "jm-add", add)));
    const form = h("form", { class: "jm-form", onsubmit: (e) => { e.preventDefault(); apply(); } },
      h("label", { for: "jm-range" }, t.jm_feel_here), h("div", { class: "jm-range" }, range, told),
      h("p", { class: "cx-note" }, t.jm_becomes),
      h("div", { class: "cx-row" }, h("button", { type: "button", class: "cx-link", "data-key": "jm-forget", onclick: () => set(null) }, t.jm_forget),
        was.data ? h("span", {}, was.data, " ", h("button", { type: "button", class: "cx-link", "data-key": "jm-data", onclick: () => send({ do: "data" }) }, t.jm_back_to_data)) : null),
      h("label", {}, t.jm_why, note), h("label", {}, t.jm_better, better), h("label", {}, t.jm_owner, owner), shape,
      h("div", { class: "cx-row" }, h("button", { type: "submit", class: "cx-button", "data-key": "jm-apply" }, t.jm_apply), h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": "jm-close", onclick: close }, t.close)));
    const sources = h("div", {}, h("h4", {}, t.jm_sources), step.sources.length
      ? h("dl", { class: "jm-sources" }, step.sources.map((s) => h("div", {}, h("dt", {}, s.label), h("dd", {}, h("strong", {}, s.value), h("span", {}, s.basis)))))
      : h("p", { class: "cx-note" }, t.jm_no_sources));
    repaint(editor, h("section", { class: "cx-card jm-editor", "aria-label": step.label, onkeydown: (e) => { if (e.key === "Escape") { e.stopPropagation(); close(); } } },
      h("div", { class: "jm-editor-head" }, h("h3", { tabindex: "-1" }, `${step.stage} › ${step.label}`), h("button", { type: "button", class: "cx-ghost", "aria-label": t.close, onclick: close }, icon("close"))),
      h("div", { class: "jm-two" }, form, sources)));
  };

  // -- the whole ------------------------------------------------------------------------------------------------------
  const open = (file) => tools.line.upload(file, tools.texts, (reply) => {
    if (!reply) return;
    if (reply.error) tools.say_error(reply.error);
    else if (reply.said) tools.announce(reply.said);
  });
  const paint_bar = () => {
    const t = tools.texts, button = (name, key_, icon_, onclick, more = {}) => h("button", { type: "button", class: "cx-button cx-quiet-button", "data-key": key_, onclick, ...more }, icon_ ? icon(icon_) : null, name);
    const input = h("input", { type: "file", class: "cx-hidden", accept: ".json,application/json", "data-key": "jm-file", onchange: (e) => { if (e.target.files[0]) open(e.target.files[0]); e.target.value = ""; } });
    const edition = page.map.edition;
    repaint(bar, h("h3", {}, page.map.title),
      button(t.jm_undo, "jm-undo", "back", async () => { const reply = await tools.ask({ do: "undo" }); if (reply && !reply.error) tools.announce(t.jm_undone); }, { disabled: !page.map.undo }),
      button(t.jm_save, "jm-save", "save", async () => { const reply = await tools.ask({ do: "export", what: "map", format: "json" }); if (reply && reply.file) { kept = edition; paint_bar(); } }),
      h("label", { class: "cx-button cx-quiet-button jm-open" }, icon("file"), t.jm_open, input),
      h("span", { class: "bd-save" }, t.jm_paper, " ", ["xlsx", "html"].flatMap((format) => [h("button", { type: "button", class: "cx-link", "data-key": `jm-${format}`, "aria-label": fill(t.jm_paper_as, { format: format.toUpperCase() }), onclick: () => tools.ask({ do: "export", what: "map", format }) }, format.toUpperCase()), " "])));
    repaint(key, h("li", {}, h("i", { class: "jm-full", "aria-hidden": "true" }), fill(t.jm_cited, { n: page.map.cited })), h("li", {}, h("i", { "aria-hidden": "true" }), fill(t.jm_assumed, { n: page.map.assumed })),
      page.map.beside ? h("li", {}, h("i", { class: "jm-dashed", "aria-hidden": "true" }), fill(t.jm_beside, { name: page.map.beside })) : null, unsaved() ? h("li", { class: "jm-mark" }, t.jm_unsaved) : null);
  };
  const paint_map = () => {
    const scroll = map.querySelector(".cx-scroll"), left = scroll ? scroll.scrollLeft : 0;
    wide = width();
    repaint(map, wide ? across() : down());
    const again = map.querySelector(".cx-scroll");
    if (again) again.scrollLeft = left;
  };
  return (box, told, given) => {
    page = told;
    tools = given;
    if (!place) {
      place = box;
      box.append(bar, key, map, editor);
      new ResizeObserver(() => { if (page.map && place.clientWidth && width() !== wide) paint_map(); }).observe(box);
      window.addEventListener("beforeunload", leaving);
    }
    box.hidden = !page.map;
    if (!page.map) return;
    page.map.edition = page.view;
    const now = `${page.lang}|${page.view}|${page.map.key}`;
    if (of !== page.map.key) { chosen = null; of = page.map.key; }
    if (drawn !== now) {
      drawn = now;
      paint_map();
      paint_editor();
    }
    paint_bar();
  };
}
