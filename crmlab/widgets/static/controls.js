// The shelves above the table: rows, columns, measures, filters. Every choice is a real button; lists open beside it.

let open_popover = null;

function close_popover(back_to_button = true) {
  if (!open_popover) return;
  const { panel, button, outside } = open_popover;
  open_popover = null;
  document.removeEventListener("pointerdown", outside, true);
  panel.remove();
  button.setAttribute("aria-expanded", "false");
  if (back_to_button && button.isConnected) button.focus({ preventScroll: true });
}

// a small dialog below a button; Escape and a click elsewhere close it
function popover(button, label, fill_panel, texts) {
  const again = open_popover && open_popover.button === button;
  close_popover(false);
  if (again) { button.focus(); return; }
  const panel = h("div", { class: "cx-popover", role: "dialog", "aria-label": label, tabindex: "-1" }); // focusable, so that a click on its words leaves focus inside
  const title = h("div", { class: "cx-popover-head" }, h("strong", {}, label),
    h("button", { type: "button", class: "cx-ghost", "aria-label": texts.close, onclick: () => close_popover() }, icon("close")));
  const body = h("div", { class: "cx-popover-body" });
  panel.append(title, body);
  const outside = (event) => { if (!panel.contains(event.target) && !button.contains(event.target)) close_popover(false); };
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close_popover(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [...panel.querySelectorAll("input, .cx-option")].filter((n) => n.offsetParent);
      const at = stops.indexOf(document.activeElement);
      const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); }
    }
  });
  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== button) close_popover(false);
  });
  const root = button.closest(".cx-explorer");
  root.append(panel);
  open_popover = { panel, button, outside };
  document.addEventListener("pointerdown", outside, true);
  button.setAttribute("aria-expanded", "true");
  fill_panel(body);
  const place = button.getBoundingClientRect(), frame = root.getBoundingClientRect();
  panel.style.top = `${place.bottom - frame.top + 6}px`;
  panel.style.left = `${Math.max(0, Math.min(place.left - frame.left, frame.width - panel.offsetWidth))}px`;
  const first = panel.querySelector("input, .cx-option") || panel.querySelector("button");
  if (first) first.focus({ preventScroll: true });
}

function searchable(body, texts, many) {
  if (!many) return null;
  const field = h("input", { type: "search", class: "cx-field", placeholder: texts.search, "aria-label": texts.search });
  body.append(field);
  return field;
}

function option_list(body, groups, texts, choose) {
  const count = groups.reduce((sum, group) => sum + group.options.length, 0);
  const field = searchable(body, texts, count > 9);
  const list = h("div", { class: "cx-options" });
  const paint = (wanted = "") => {
    list.replaceChildren();
    const word = wanted.trim().toLowerCase();
    for (const group of groups) {
      const hits = group.options.filter((o) => !word || `${group.label || ""} ${o.label}`.toLowerCase().includes(word));
      if (!hits.length) continue;
      if (group.label) list.append(h("div", { class: "cx-options-head" }, group.label));
      for (const o of hits) {
        list.append(h("button", { type: "button", class: "cx-option", disabled: o.disabled, onclick: () => { close_popover(); choose(o.id); } },
          h("span", {}, o.label), o.note ? h("small", {}, o.note) : null));
      }
    }
    if (!list.children.length) list.append(h("p", { class: "cx-note" }, texts.no_match));
  };
  if (field) field.addEventListener("input", () => paint(field.value));
  paint();
  body.append(list);
}

function chip(text, { key, label, onclick, onremove, remove_label, kind = "" }) {
  return h("span", { class: `cx-chip ${kind}` },
    onclick ? h("button", { type: "button", class: "cx-chip-name", "data-key": key, "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": label, onclick }, text)
      : h("span", { class: "cx-chip-name" }, text),
    onremove ? h("button", { type: "button", class: "cx-chip-x", "data-key": `${key}-x`, "aria-label": remove_label, onclick: onremove }, icon("close")) : null);
}

function level_groups(choices, used, { narrow = false } = {}) {
  return choices.dimensions.map((d) => ({
    label: d.label,
    options: d.levels.map((l) => ({ id: l.id, label: l.label, note: l.n, disabled: used.includes(l.id) || (narrow && l.wide) })),
  }));
}

function draw_shelves(box, page, choices, texts, ask) {
  const shelf = (name, label, items, groups, { least = 0, most = 9, last = null } = {}) => {
    const ids = items.map((i) => i.id);
    const put = (next) => ask({ do: "set", [name]: next });
    const chips = items.map((item, i) => chip(item.label, {
      key: `${name}-${item.id}`, label: fill(texts.change_chip, { what: item.label, where: label }),
      onclick: (e) => popover(e.currentTarget, label, (body) => option_list(body, groups(), texts, (id) => put(ids.map((x, k) => (k === i ? id : x)))), texts),
      onremove: ids.length > least ? () => put(ids.filter((_, k) => k !== i)) : null, remove_label: fill(texts.remove_chip, { what: item.label }),
    }));
    const add = ids.length < most ? h("button", { type: "button", class: "cx-add", "data-key": `${name}-add`, "aria-haspopup": "dialog", "aria-expanded": "false",
      "aria-label": fill(texts.add_to, { where: label }),
      onclick: (e) => popover(e.currentTarget, label, (body) => option_list(body, groups(), texts, (id) => put([...ids, id])), texts) }, icon("plus")) : null;
    return h("div", { class: `cx-shelf cx-shelf-${name}`, role: "group", "aria-label": label }, h("span", { class: "cx-shelf-name" }, label), chips, add, last);
  };
  // a level may move from rows to columns; only where it stands already can it not be chosen again
  const levels = () => level_groups(choices, page.rows.map((l) => l.id));
  const across = () => level_groups(choices, page.columns.map((l) => l.id), { narrow: true });
  const measures = () => [{ label: "", options: choices.measures.map((m) => ({ id: m.id, label: m.label, note: m.note, disabled: page.measures.some((x) => x.id === m.id) })) }];
  const filters = page.filters.map((f) => chip(f.text, {
    key: `filter-${f.level}`, kind: "cx-filter", label: fill(texts.change_chip, { what: f.text, where: texts.filters }),
    onclick: (e) => member_popover(e.currentTarget, f.level, f.label, f.members.map((m) => m.key), texts, ask),
    onremove: () => ask({ do: "slice", level: f.level, members: [] }), remove_label: fill(texts.remove_chip, { what: f.text }),
  }));
  const add_filter = h("button", { type: "button", class: "cx-add", "data-key": "filter-add", "aria-haspopup": "dialog", "aria-expanded": "false",
    "aria-label": fill(texts.add_to, { where: texts.filters }),
    onclick: (e) => {
      const button = e.currentTarget;
      popover(button, texts.filters, (body) => option_list(body, level_groups(choices, page.filters.map((f) => f.level)), texts, (id) => {
        const label = choices.dimensions.flatMap((d) => d.levels).find((l) => l.id === id).label;
        member_popover(button, id, label, [], texts, ask);
      }), texts);
    } }, icon("plus"));
  const swap = h("button", { type: "button", class: "cx-swap cx-ghost", "data-key": "swap", title: texts.swap, "aria-label": texts.swap, disabled: !page.columns.length,
      onclick: () => ask({ do: "set", rows: page.columns.map((l) => l.id), columns: page.rows.map((l) => l.id).slice(0, 2) }) }, icon("swap"));
  repaint(box,
    shelf("rows", texts.rows, page.rows, levels, { least: 1, most: 3 }),
    shelf("columns", texts.columns, page.columns, across, { most: 2, last: swap }),
    shelf("measures", texts.measures, page.measures, measures, { least: 1, most: 6 }),
    h("div", { class: "cx-shelf cx-shelf-filters", role: "group", "aria-label": texts.filters }, h("span", { class: "cx-shelf-name" }, texts.filters), filters, add_filter,
      page.filters.length > 1 ? h("button", { type: "button", class: "cx-link", "data-key": "filter-clear", onclick: () => ask({ do: "clear" }) }, texts.clear) : null));
}

// members of a level: searched by Python, since a level may have thousands
function member_popover(button, level, label, chosen, texts, ask) {
  popover(button, label, (body) => {
    const picked = new Map(chosen.map((key) => [JSON.stringify(key), key]));
    const field = h("input", { type: "search", class: "cx-field", placeholder: texts.search, "aria-label": `${texts.search} ${label}` });
    const list = h("div", { class: "cx-options", role: "group", "aria-label": label });
    const foot = h("p", { class: "cx-note", "aria-live": "polite" });
    const apply = h("button", { type: "button", class: "cx-button", onclick: () => { close_popover(); ask({ do: "slice", level, members: [...picked.values()] }); } }, texts.apply);
    body.append(field, list, h("div", { class: "cx-popover-foot" }, foot, apply));
    let latest = 0;
    const load = async () => {
      const turn = (latest += 1);
      const reply = await ask({ do: "members", level, search: field.value });
      if (turn !== latest || !reply || !reply.members) return;
      list.replaceChildren(...reply.members.map((m) => {
        const id = JSON.stringify(m.key);
        return h("label", { class: "cx-option cx-check" },
          h("input", { type: "checkbox", checked: picked.has(id), onchange: (e) => { if (e.target.checked) picked.set(id, m.key); else picked.delete(id); say(); } }),
          h("span", {}, m.label), m.n === null || m.n === undefined ? null : h("small", {}, m.n));
      }));
      if (!reply.members.length) list.append(h("p", { class: "cx-note" }, texts.no_match));
      shown = reply.shown;
      say();
    };
    let shown = "";
    const say = () => { foot.textContent = [picked.size ? fill(texts.chosen, { n: picked.size }) : "", shown].filter(Boolean).join(" · "); };
    let pause = null;
    field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(load, 140); });
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); apply.click(); } });
    load();
  }, texts);
}
