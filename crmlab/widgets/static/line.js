// The line between a widget and its kernel: small numbered events up, replies and whole pages down.
// An event that gets no answer is sent again under the same number: Python answers a number once.

const UPLOAD_PART = 4_000_000;

function open_line(model, root) {
  const view_id = Math.random().toString(36).slice(2, 10);
  const waiting = new Map();
  let seq = 0;

  const mark_busy = () => {
    root.setAttribute("aria-busy", "true");
    setTimeout(() => root.classList.toggle("cx-waits", waiting.size > 0), 180);
  };
  const send = (event, buffers) => new Promise((answer) => {
    seq += 1;
    const numbered = { ...event, seq, view: view_id };
    const entry = { answer, sent: 1, timer: null };
    waiting.set(seq, entry);
    const later = () => {
      // a busy kernel is not a lost message: ask again only a few times, ever more patiently
      if (!waiting.has(numbered.seq) || entry.sent >= 4) return;
      entry.sent += 1;
      model.send(numbered, undefined, buffers);
      entry.timer = setTimeout(later, 2500 * entry.sent);
    };
    // a file takes its time, and would be made once more for every repetition
    if (!buffers && event.do !== "export" && event.do !== "plotly") entry.timer = setTimeout(later, 2500);
    model.send(numbered, undefined, buffers);
    mark_busy();
  });
  const settle = (number, reply) => {
    const entry = waiting.get(number);
    if (!entry) return;
    clearTimeout(entry.timer);
    waiting.delete(number);
    entry.answer(reply);
    if (!waiting.size) { root.removeAttribute("aria-busy"); root.classList.remove("cx-waits"); }
  };
  const on_reply = (message, buffers) => { if (message.for === view_id) settle(message.seq, { ...message, buffers: buffers || [] }); };
  model.on("msg:custom", on_reply);

  return {
    send, view_id,
    // a page carries the numbers of the events that it answers
    answered: (page) => (page.seqs && page.seqs[view_id] || []).forEach((n) => settle(n, {})),
    close: () => model.off("msg:custom", on_reply),
    upload: async (file, texts, show, more = {}) => {
      if (file.size > model.get("upload_limit")) {
        show({ name: file.name, error: fill(texts.too_large, { size: Math.ceil(file.size / 1e6), limit: Math.floor(model.get("upload_limit") / 1e6) }) });
        return;
      }
      show({ name: file.name, busy: fill(texts.reading, { name: file.name }) });
      // in parts: a server's websocket refuses messages beyond 10 MB, and would take the kernel's line with it
      const parts = Math.max(1, Math.ceil(file.size / UPLOAD_PART));
      let reply = null;
      for (let part = 0; part < parts; part += 1) {
        const piece = await file.slice(part * UPLOAD_PART, (part + 1) * UPLOAD_PART).arrayBuffer();
        reply = await send({ do: "upload", name: file.name, part, parts, ...more }, [piece]);
      }
      show(reply);
    },
    save: (reply) => {
      const link = h("a", { href: URL.createObjectURL(new Blob([reply.buffers[0]], { type: reply.mime })), download: reply.file });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 4000);
      return reply.file;
    },
  };
}
